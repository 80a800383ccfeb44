import { isObject, type JsonObject } from "../json.js";

/**
 * Parses a HAR date to epoch milliseconds, with a fraction if it is more precise; undefined if it is not a date. HAR
 * requires ISO 8601 with a zone; tools also write `+0000`, no zone, or a number.
 *
 * @example harInstant("2026-09-14T12:00:00.123456+00:00"); // 1789387200123.456
 */
export function harInstant(text: string): number | undefined {
  const number = /^\d{10,13}(\.\d+)?$/.test(text) ? Number(text) : undefined;
  // Seconds have ten digits until the year 2286.
  const instant = number === undefined ? parsed(text) : number < 1e11 ? number * 1000 : number;
  return instant >= 0 && instant < Date.UTC(10_000, 0) ? instant : undefined;
}

/** Whether a HAR date has no fraction of a second. @example isToTheSecond("2026-09-14T12:00:00Z"); // true */
export function isToTheSecond(text: string): boolean {
  return /^\d{10}$/.test(text) || (text.includes(":") && !/:\d\d[.,]\d/.test(text));
}

/** Requires four digits, as `Date.parse` accepts even "5". */
function parsed(text: string): number {
  if (!/\d{4}/.test(text)) return Number.NaN;
  const finer = /:\d\d[.,]\d{3}(\d+)/.exec(text)?.[1];
  // ISO 8601 also has a comma before the fraction.
  return Date.parse(text.replace(/(:\d\d),(?=\d)/, "$1.")) + (finer === undefined ? 0 : Number(`0.${finer}`));
}

/** No request of this API takes a day. */
const MAX_MS = 86_400_000;

/** The phases whose sum is a request's duration; `ssl` is part of `connect`. */
const PHASES = ["blocked", "dns", "connect", "send", "wait", "receive"] as const;

/** Returns the duration of an entry's request in milliseconds; undefined if the entry has none. */
export function harDuration({ time, timings }: JsonObject): number | undefined {
  const all = milliseconds(time);
  if (all !== undefined) return all;
  const known = isObject(timings) ? PHASES.flatMap((phase) => milliseconds(timings[phase]) ?? []) : [];
  return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0);
}

function milliseconds(value: unknown): number | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && number >= 0 && number <= MAX_MS ? number : undefined;
}

/** The formats of spec/har-entry.schema.json, for `validate.gen.ts`. */
export const formats = {
  "a date": (text: string) => harInstant(text) !== undefined,
  "an http address": (text: string) => URL.canParse(text) && /^https?:/i.test(new URL(text).protocol),
  "a status of HTTP": { type: "number", validate: (status: number) => status <= 0 || status >= 100 },
};
