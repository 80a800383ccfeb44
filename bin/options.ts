import { InvalidArgumentError } from "commander";
import { isSeed } from "../src/task/task-id.js";
import { instantOf, isInstant, isLength, milliseconds } from "../src/time.js";

/** A whole number that seeds a task. */
export function parseSeed(text: string): number {
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!isSeed(seed)) throw new InvalidArgumentError("Write a whole number from 0 to 4294967295.");
  return seed;
}

/** An instant, written as an ISO date with its zone or in epoch milliseconds; in epoch milliseconds. */
export function parseInstant(text: string): number {
  const instant = /^\d{12,}$/.test(text) ? Number(text) : instantOf(text);
  if (isInstant(instant)) return instant;
  throw new InvalidArgumentError("Write a date with its zone, such as 2026-09-14T09:30:00Z, or epoch milliseconds.");
}

/** A duration such as `1s` or `500ms`, in milliseconds. */
export function parseDuration(text: string): number {
  const duration = isLength(text) ? milliseconds(text) : Number.NaN;
  if (duration >= 1 && duration <= 24 * 3_600_000) return duration;
  throw new InvalidArgumentError("Write a duration with its unit, such as 500ms, 1s or 2m, up to 24h.");
}
