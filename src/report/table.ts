import { shortened } from "../shortened.js";
import { printable } from "./printable.js";

/** A cell longer than this would push all others off the screen. */
const MAX_CELL = 48;

/**
 * Rows as lines of aligned columns, the first one with their names. Whatever a client wrote is made printable; the last column
 * has all the room that there is.
 *
 * @example renderTable([["task", "state"], ["happy#1", "PENDING"]]); // "task     state\nhappy#1  PENDING\n"
 */
export function renderTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) =>
    row.map((text, column) => (column === row.length - 1 ? printable(text) : shortened(printable(text), MAX_CELL))),
  );
  const widthOf = (column: number) => cells.reduce((most, row) => Math.max(most, [...(row[column] ?? "")].length), 0);
  const widths = (cells[0] ?? []).map((_, column, row) => (column === row.length - 1 ? 0 : widthOf(column)));
  const padded = (text: string, column: number) =>
    text + " ".repeat(Math.max(0, (widths[column] ?? 0) - [...text].length));
  return cells.map((row) => `${row.map(padded).join("  ").trimEnd()}\n`).join("");
}
