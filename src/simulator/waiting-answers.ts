import type { Effect } from "../task/fault/effect.js";
import type { Entry, Waiting } from "./entry.js";
import { Kept, type Memory } from "./memory.js";

/**
 * An answer for a task's queue, where it stands once for each of its polls.
 *
 * @param when how many polls meet it, and after how many others, counted from when it is the first in the queue
 */
export function waitingAnswers(
  entry: Entry,
  effect: Effect,
  { times, after }: { readonly times: number; readonly after: number },
): readonly Waiting[] {
  const evict = () => {
    entry.injected = entry.injected.filter((one) => one !== waiting);
  };
  const bytes = 200 + 8 * times + 2 * JSON.stringify(effect).length;
  const waiting: Waiting = { effect, after, bytes, place: new Kept(evict) };
  return Array.from({ length: times }, () => waiting);
}

/** Charges the answers that wait in a task's queue, the newest as what goes last. */
export function chargeAnswers({ answers }: Memory, entry: Entry): void {
  for (const { place, bytes } of new Set(entry.injected)) answers.keep(place, bytes);
}

/** Takes the first answer out of a task's queue, or one poll off those that pass before it. */
export function useAnswer({ answers }: Memory, entry: Entry): void {
  const [first, next] = entry.injected;
  if (first && first.after > 0) {
    first.after -= 1;
    return;
  }
  entry.injected = entry.injected.slice(1);
  if (first && first !== next) answers.release(first.place);
}

export function releaseAnswers({ answers }: Memory, { injected }: Entry): void {
  for (const { place } of injected) answers.release(place);
}
