import ms from "ms";
import { evictOldest } from "./lru.js";

/** The last instant at which a task can start, in epoch milliseconds. */
export const LAST_INSTANT = Date.UTC(9999, 0) - 1;

/**
 * Whether a task can start at this instant: ISO texts have four digits for the year, from 1970 to 9998.
 *
 * @example isInstant(Date.UTC(2026, 0)); // true
 */
export function isInstant(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= LAST_INSTANT;
}

/**
 * Renders an instant as the API does. @param instant epoch milliseconds @example isoDate(0); //
 * "1970-01-01T00:00:00.000Z"
 */
export function isoDate(instant: number): string {
  return new Date(instant).toISOString();
}

/** Renders the time of day in this machine's time zone. @example timeOfDay(Date.now()); // "14:03:22" */
export function timeOfDay(instant: number): string {
  return new Date(instant).toTimeString().slice(0, 8);
}

/** RFC 3339, as in the format `date-time`: with a zone that contains a colon. */
const DATE_TIME = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/i;

const LEAP_SECOND = /:59:60/;

/**
 * Parses a date-time to epoch milliseconds; undefined for anything else. Parsers differ in what else they accept: a
 * space for the T, `+0000`, the 30th of February.
 *
 * @example instantOf("2026-09-14T14:00:00+02:00"); // 1789387200000
 */
export function instantOf(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  // The form in which HubSpot's servers write nearly all dates: recognizing it saves a judge of thousands a tenth of
  // their cost.
  const plain = value.length === 24 ? plainInstantOf(value) : undefined;
  if (plain !== undefined) return plain;
  // A leap second does not have a separate instant.
  const text = value.toUpperCase().replace(LEAP_SECOND, ":59:59");
  const day = DATE_TIME.exec(text)?.[1];
  if (day === undefined) return undefined;
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const isDay = !Number.isNaN(midnight) && isoDate(midnight).startsWith(day);
  const instant = Date.parse(text);
  // Leap seconds occur only at the end of a day of UTC.
  if (!isDay || (LEAP_SECOND.test(value) && !isoDate(instant).includes("T23:59:59"))) return undefined;
  return instant;
}

/** Parses a date-time as `isoDate` renders it; undefined for any other text. */
function plainInstantOf(text: string): number | undefined {
  const known = instants.get(text);
  if (known !== undefined) return known;
  const instant = Date.parse(text);
  if (Number.isNaN(instant) || isoDate(instant) !== text) return undefined;
  instants.set(text, instant);
  evictOldest(instants, MAX_INSTANTS);
  return instant;
}

/** The polls of a task repeat its dates, and several rules read each: parsing them was a tenth of a judge's cost. */
const instants = new Map<string, number>();
const MAX_INSTANTS = 1000;

/** As in spec/scenario.schema.json. A minus sign is for offsets of dates; see `isLength`. */
const DURATION = /^-?(0|[1-9]\d{0,8})(\.\d{1,3})?(ms|s|m|h|d)$/;

/** Whether a text is a duration such as `2s`, or `-1h`. */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/** Whether a text is a duration that is not negative. */
export function isLength(text: string): boolean {
  return isDuration(text) && !text.startsWith("-");
}

/**
 * Renders a duration with its unit, as users write it: a bare number means seconds.
 *
 * @example withUnit(5); // "5s"
 */
export function withUnit(given: string | number): string {
  return /^[+-]?\d+(\.\d+)?$/.test(`${given}`) ? `${given}s` : `${given}`;
}

/**
 * Returns the duration that was probably meant by a bare number or by a unit in words.
 *
 * @example lengthMeant("7 seconds"); // "7s"
 */
export function lengthMeant(given: unknown): string | undefined {
  const text = withUnit(String(given)).trim();
  if (isLength(text)) return text;
  const ofMs = /^\d{1,9}(\.\d{1,3})? ?[a-z]+$/i.test(text) ? milliseconds(text) : undefined;
  return Number.isInteger(ofMs) ? durationText(ofMs as number) : undefined;
}

/** Returns a duration in milliseconds. @param duration a valid duration */
export function milliseconds(duration: string): number {
  return ms(duration as ms.StringValue);
}

/**
 * Renders a duration as the shortest readable text.
 *
 * @example durationText(7_200_000); // "2h"
 */
export function durationText(ofMs: number): string {
  const [unit, size] = UNITS.find((one) => ofMs % one[1] === 0) ?? ["ms", 1];
  if (ofMs === 0) return "0s";
  return `${ofMs / size}${unit}`;
}

/**
 * Renders an approximate duration, for a column of a table.
 *
 * @example ageText(93_400); // "2m"
 */
export function ageText(ofMs: number): string {
  return Math.abs(ofMs) < 1000 ? "0s" : ms(ofMs);
}

const UNITS = [
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
] as const;

/** Renders a duration to a tenth of a second. @example secondsText(1240); // "1.2 s" */
export function secondsText(ofMs: number): string {
  return `${(ofMs / 1000).toFixed(1)} s`;
}

/** Waits some milliseconds, or until `signal` aborts. */
export function waitFor(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener("abort", end);
  });
}
