const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** What a shell says of a command that Ctrl-C ended. */
const BROKEN_OFF = 130;

/**
 * Says what Ctrl-C does, a closed terminal and a stop from outside: each time the next of some steps, and after the last the
 * process ends at once.
 *
 * @returns what ends that
 * @example const stop = onBreakOff(() => interruption.abort()); // …; stop();
 */
export function onBreakOff(...steps: readonly (() => void)[]): () => void {
  let taken = 0;
  const next = () => {
    const step = steps[taken] ?? (() => process.exit(BROKEN_OFF));
    taken += 1;
    step();
  };
  for (const signal of SIGNALS) process.on(signal, next);
  return () => {
    for (const signal of SIGNALS) process.off(signal, next);
  };
}
