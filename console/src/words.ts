import type { Schemas, State, TaskSummary } from "./api.js";

/** @example age(65_000); // "1 min" */
export function age(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86_400)} d`;
}

/** @example seconds(1250); // "1.25 s" */
export function seconds(ms: number): string {
  return `${Math.round(ms / 10) / 100} s`;
}

/** The time of day in this machine's time zone. */
export function timeOfDay(at: number | string, withMillis = false): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return withMillis ? `${time}.${String(date.getMilliseconds()).padStart(3, "0")}` : time;
}

/** Whether a status asks for patience. */
export function isWait(status: number): boolean {
  return status === 429 || status === 477;
}

/** A task's number before its scenario: `rate-limited#3` is shown as #3 rate-limited. */
export function splitName(name: string): { readonly number: string; readonly scenario: string } {
  const at = name.lastIndexOf("#");
  return at < 0 ? { number: "", scenario: name } : { number: name.slice(at), scenario: name.slice(0, at) };
}

/** @example count(10_000, "task"); // "10,000 tasks" */
export function count(number: number, word: string): string {
  // Number's own toLocaleString loads the languages' data: 20 ms before the page is shown.
  return `${String(number).replace(/\B(?=(\d{3})+$)/g, ",")} ${word}${number === 1 ? "" : "s"}`;
}

/** JSON with indentation; any other text as it is. */
export function indented(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/**
 * Direction marks and control characters of a text as visible code points: a hostile file name must not reorder the page.
 *
 * @example visible("a\u202eb"); // "a<U+202E>b"
 */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, (one) =>
    one === "\n" || one === "\t"
      ? one
      : `<U+${(one.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, "0")}>`,
  );
}

/**
 * The line of indented JSON that a pointer leads to, from 0; the first line for a property that is missing.
 *
 * @example lineOf("/access", '{\n  "access": 1\n}'); // 1
 */
export function lineOf(pointer: string, text: string): number {
  const names = pointer.split("/").slice(1);
  const lines = text.split("\n");
  let line = 0;
  for (const [depth, name] of names.entries()) {
    const start = `${"  ".repeat(depth + 1)}${JSON.stringify(name)}:`;
    const found = lines.findIndex((one, index) => index >= line && one.startsWith(start));
    if (found < 0) return line;
    line = found;
  }
  return line;
}

/** The state of a task at a moment of its session's clock. */
export function stateAt({ status, timeline = [] }: TaskSummary, moment: number): State {
  const reached = timeline.filter(({ at, isReached }) => isReached || (at !== undefined && Date.parse(at) <= moment));
  return reached.at(-1)?.state ?? status;
}

/** What a rule's result is called, with a sign. */
export const RESULTS: Readonly<Record<Schemas["ConductResult"], string>> = {
  fail: "✕ broken",
  pass: "✓ kept",
  "not-exercised": "– not tried",
};
