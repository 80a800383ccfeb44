import { withoutCommands } from "../src/report/printable.js";

/** Writes to standard output, where a CI's runner may read along. */
export function print(text: string): void {
  process.stdout.write(withoutCommands(text));
}

/** Writes to standard error: what is said beside the result. */
export function printAside(text: string): void {
  process.stderr.write(withoutCommands(text));
}

/** Whether a person looks at it who sees colours: no NO_COLOR, and a terminal that has some. */
export function hasColors(stream: NodeJS.WriteStream): boolean {
  return Boolean(stream.isTTY) && stream.hasColors();
}
