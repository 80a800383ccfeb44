import { signal } from "@preact/signals";

/** What is said to people who do not see the page change. */
export const announcement = signal("");

let latest = "";
const say = throttled(() => {
  announcement.value = latest;
}, 1000);

/** Says something to people who do not see the page; of what comes within a second, the last. */
export function announce(text: string): void {
  latest = text;
  say();
}

/** Runs an action at once, and again after the pause if more was asked for. One that takes long is never run twice at a time. */
export function throttled(action: () => unknown, ms: number): () => void {
  let isBusy = false;
  let isAgain = false;
  return function run(): void {
    isAgain = isBusy;
    if (isBusy) return;
    isBusy = true;
    const done = () =>
      window.setTimeout(() => {
        isBusy = false;
        if (isAgain) run();
      }, ms);
    const running = action();
    if (running instanceof Promise) void running.then(done, done);
    else done();
  };
}
