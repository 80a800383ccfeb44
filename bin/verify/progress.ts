import { printable, withoutCommands } from "../../src/report/printable.js";
import type { Progress } from "../../src/verify/journey/options.js";
import { printAside } from "../print.js";
import { withoutToken } from "../without-token.js";

/** What a person sees of a run: on a terminal one line that changes, in a log a line for each change. On standard error. */
export function createProgress({ isQuiet }: { readonly isQuiet: boolean }): {
  readonly tell: (progress: Progress) => void;
  readonly end: () => void;
} {
  if (isQuiet) return { tell: () => {}, end: () => {} };
  const { stderr } = process;
  const hasMovingLine = stderr.isTTY && process.env["TERM"] !== "dumb";
  const latest = new Map<Progress["journey"], string>();

  function draw(line: string): void {
    stderr.cursorTo(0);
    // Cut to one row: a line that wraps could not be taken back.
    stderr.write([...withoutCommands(line)].slice(0, (stderr.columns || 80) - 1).join(""));
    stderr.clearLine(1);
  }

  return {
    tell({ journey, message, requests }) {
      const text = printable(withoutToken(message));
      const isNews = latest.get(journey) !== text;
      latest.set(journey, text);
      const cleanup = latest.get("cleanup");
      const all = [...latest].map(([name, last]) => `${name}: ${last}`).join(" · ");
      // Once it cleans up, nothing else matters, and the row is short.
      if (hasMovingLine) draw(cleanup === undefined ? `${all} · ${requests} requests` : `cleanup: ${cleanup}`);
      else if (isNews) printAside(`verify: ${journey}: ${text}\n`);
    },
    end() {
      if (hasMovingLine) draw("");
    },
  };
}
