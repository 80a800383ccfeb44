import spinner from "yocto-spinner";
import type { Progress } from "../src/verify/journey/options.js";

/** What a person sees of a run: on a terminal one line that moves, in a log a line for each change. On standard error. */
export function createProgress(options: { readonly isQuiet: boolean; readonly redact: (text: string) => string }): {
  readonly tell: (progress: Progress) => void;
  readonly end: () => void;
} {
  const { isQuiet, redact } = options;
  if (isQuiet) return { tell: () => {}, end: () => {} };
  const latest = new Map<Progress["journey"], string>();
  const line = process.stderr.isTTY ? spinner({ stream: process.stderr, text: "starting" }).start() : undefined;
  return {
    tell({ journey, message, requests }) {
      const text = printable(redact(message));
      const isNews = latest.get(journey) !== text;
      latest.set(journey, text);
      if (line)
        line.text = `${[...latest].map(([name, last]) => `${name}: ${last}`).join(" · ")} · ${requests} requests`;
      else if (isNews) process.stderr.write(`verify: ${journey}: ${text}\n`);
    },
    end: () => line?.stop(),
  };
}

/** A server's text must not move the cursor. */
function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, "\uFFFD");
}
