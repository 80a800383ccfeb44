import type { LeftOut } from "../src/exchange/har.js";
import { grouped } from "../src/grouped.js";
import { printable, shortened, withoutCommands } from "../src/text.js";

/** Writes to standard output, without sequences that a CI runner would take for commands. */
export function print(text: string): void {
  writeWaiting();
  process.stdout.write(withoutCommands(text));
}

/** Text that will be written together with all that is added within the next milliseconds. */
let waiting = "";
const WAIT_MS = 10;

/** Prints a moment later, as otherwise each request's line would be a system call (npm run bench). */
export function printSoon(text: string): void {
  if (waiting === "") setTimeout(writeWaiting, WAIT_MS);
  waiting += text;
}

function writeWaiting(): void {
  const text = waiting;
  waiting = "";
  if (text !== "") process.stdout.write(withoutCommands(text));
}

process.once("exit", writeWaiting);

/** Writes to standard error: messages that are not the result. */
export function printAside(text: string): void {
  process.stderr.write(withoutCommands(text));
}

/** Whether to print colours: the stream is a terminal that supports them, and NO_COLOR is not set. */
export function hasColors(stream: NodeJS.WriteStream): boolean {
  return Boolean(stream.isTTY) && stream.hasColors();
}

/** Further places of the same kind add nothing; the JSON report has them all. */
const MAX_PLACES = 5;

/**
 * Renders the unused parts of a recording as lines for a terminal, one for each reason.
 *
 * @example leftOutLines([{ place: "log.entries[3]", why: "a browser's preflight" }], "judged"); // ["log.entries[3] is not judged: a browser's preflight"]
 */
export function leftOutLines(leftOut: readonly LeftOut[], done: "judged" | "replayed unchanged"): readonly string[] {
  return [...grouped(leftOut, ({ why }) => why)].map(([why, all]) => {
    const named = all
      .slice(0, MAX_PLACES)
      .map(({ place }) => place)
      .join(", ");
    const rest = all.length > MAX_PLACES ? ` and ${all.length - MAX_PLACES} more` : "";
    return `${named}${rest} ${all.length === 1 ? "is" : "are"} not ${done}: ${shortened(printable(why))}`;
  });
}
