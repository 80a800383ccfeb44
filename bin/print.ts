import { withoutCommands } from "../src/report/printable.js";

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
