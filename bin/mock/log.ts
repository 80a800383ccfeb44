import picocolors from "picocolors";
import type { Eviction } from "../../mocks/server.js";
import { timeOfDay } from "../../src/instant.js";

export type Paint = ReturnType<typeof picocolors.createColors>;

/** Colours for the mock's log; none unless a person looks at it who sees them. */
export function createPaint(hasColors: boolean): Paint {
  return picocolors.createColors(hasColors);
}

/**
 * A line of the log with the time of day, in a file and a CI's log, too: there it is read hours later, beside other logs.
 *
 * @example stamped("GET /x 200", createPaint(false), Date.now()); // "14:03:22 GET /x 200"
 */
export function stamped(line: string, paint: Paint, now: number): string {
  const at = Math.floor(now / 1000);
  if (at !== second) time = timeOfDay(now);
  second = at;
  return `${paint.dim(time)} ${line}`;
}

/** Many lines are written within a second, and to format each one's time took 0.7 µs (npm run bench, with a line of log). */
let second = Number.NaN;
let time = "";

/**
 * One line for what was evicted.
 *
 * @example evictionLine({ kind: "task", evicted: 10 }); // "memory: evicted the 10 oldest tasks so far. …"
 */
export function evictionLine({ kind, evicted }: Eviction): string {
  const what = evicted === 1 ? `oldest ${kind}` : `${evicted} oldest ${kind}s`;
  return `memory: evicted the ${what} so far. What is kept stands in docs/control.md, Memory.`;
}
