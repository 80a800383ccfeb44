import type { LeftOut } from "../src/exchange/har.js";
import { grouped } from "../src/grouped.js";
import { printable, shortened, withoutCommands } from "../src/text.js";

/** Writes to standard output, where a CI's runner may read along. */
export function print(text: string): void {
  writeWaiting();
  process.stdout.write(withoutCommands(text));
}

/** What is written together with all that comes within the next milliseconds. */
let waiting = "";
const WAIT_MS = 10;

/** The same, a moment later: a line for each request would be a system call for each (npm run bench). */
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

/** Writes to standard error: what is said beside the result. */
export function printAside(text: string): void {
  process.stderr.write(withoutCommands(text));
}

/** Whether a person looks at it who sees colours: no NO_COLOR, and a terminal that has some. */
export function hasColors(stream: NodeJS.WriteStream): boolean {
  return Boolean(stream.isTTY) && stream.hasColors();
}

/** More of one kind say nothing more; the JSON report has them all. */
const MAX_PLACES = 5;

/**
 * What of a recording is not used, as lines for a terminal: one for each reason.
 *
 * @example leftOutLines([{ place: "log.entries[3]", why: "a browser's preflight" }], "judged"); // ["log.entries[3] is not judged: a browser's preflight"]
 */
export function leftOutLines(leftOut: readonly LeftOut[], done: "judged" | "replayed as it stands"): readonly string[] {
  return [...grouped(leftOut, ({ why }) => why)].map(([why, all]) => {
    const named = all
      .slice(0, MAX_PLACES)
      .map(({ place }) => place)
      .join(", ");
    const rest = all.length > MAX_PLACES ? ` and ${all.length - MAX_PLACES} more` : "";
    return `${named}${rest} ${all.length === 1 ? "is" : "are"} not ${done}: ${shortened(printable(why))}`;
  });
}
