import picocolors from "picocolors";
import type { Eviction } from "../../mocks/server.js";

export type Paint = ReturnType<typeof picocolors.createColors>;

/** Colours for the mock's log; none unless a person looks at it who sees them. */
export function createPaint(hasColors: boolean): Paint {
  return picocolors.createColors(hasColors);
}

/** A line of the log as a person reads it, with the time of day; a pipe or a CI's log gets the line alone. */
export function stamped(line: string, paint: Paint, now: Date): string {
  return paint.isColorSupported ? `${paint.dim(now.toTimeString().slice(0, 8))} ${line}` : line;
}

/**
 * One line for what was evicted.
 *
 * @example evictionLine({ kind: "task", evicted: 10 }); // "memory: evicted the 10 oldest tasks so far. …"
 */
export function evictionLine({ kind, evicted }: Eviction): string {
  const what = evicted === 1 ? `oldest ${kind}` : `${evicted} oldest ${kind}s`;
  return `memory: evicted the ${what} so far. What is kept stands in docs/control.md, Memory.`;
}
