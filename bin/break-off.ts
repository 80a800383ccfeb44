/** By which a process is asked to end: Ctrl-C, a stop from outside, a closed terminal. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What a shell says of a command that Ctrl-C ended. */
const BROKEN_OFF = 130;

/** What each signal does, in turn; and how many came. */
let steps: readonly (() => void)[] = [];
let taken = 0;

/**
 * Says what Ctrl-C does, a closed terminal and a stop from outside: each time the next of some steps, and after the last the
 * process ends at once.
 *
 * @returns what ends that
 * @example const stop = onBreakOff(() => interruption.abort()); // …; stop();
 */
export function onBreakOff(...ofThis: readonly (() => void)[]): () => void {
  // They stay: a signal that comes just before its last listener goes is lost, and one after it ends the process.
  for (const signal of SIGNALS) if (!process.listeners(signal).includes(takeStep)) process.on(signal, takeStep);
  [steps, taken] = [ofThis, 0];
  return () => {
    [steps, taken] = [[], 0];
  };
}

function takeStep(): void {
  const step = steps[taken] ?? (() => process.exit(BROKEN_OFF));
  taken += 1;
  step();
}
