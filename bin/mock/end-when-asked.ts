import { SIGNALS } from "../break-off.js";

/**
 * Ends the process once it is asked to, or nobody reads on.
 *
 * @param finish does what is left to do @returns the exit code
 */
export function endWhenAsked(finish: () => Promise<number>): void {
  let isEnding = false;
  const end = () => {
    if (!isEnding) void finish().then((exitCode) => process.exit(exitCode));
    isEnding = true;
  };
  // `mock | head` closes the pipe, or somebody the terminal: nobody reads on, so there is nothing left to serve.
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) =>
    code === "EPIPE" || code === "EIO" ? end() : process.exit(),
  );
  for (const signal of SIGNALS) process.once(signal, end);
}
