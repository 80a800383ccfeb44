/** The signals that ask a process to end: Ctrl-C, a stop from outside, a closed terminal. */
export const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A shell's exit code for a command that Ctrl-C ended. */
const INTERRUPTED = 130;

/** The actions for the first signal, the second and so on, and how many signals came. */
let steps: readonly (() => void)[] = [];
let signalCount = 0;

/**
 * Handles Ctrl-C, a stop from outside and a closed terminal: each signal runs the next step, and after the last step the
 * process exits at once.
 *
 * @returns a function that removes the steps
 * @example const stop = onBreakOff(() => interruption.abort()); // …; stop();
 */
export function onBreakOff(...newSteps: readonly (() => void)[]): () => void {
  // The listeners stay: a signal just before the last one is removed would be lost, and one after that ends the process.
  for (const signal of SIGNALS) if (!process.listeners(signal).includes(takeStep)) process.on(signal, takeStep);
  [steps, signalCount] = [newSteps, 0];
  return () => {
    [steps, signalCount] = [[], 0];
  };
}

function takeStep(): void {
  const step = steps[signalCount] ?? (() => process.exit(INTERRUPTED));
  signalCount += 1;
  step();
}
