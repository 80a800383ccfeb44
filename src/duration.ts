import ms from "ms";

/** As in spec/scenario.schema.json. A minus sign is for what moves dates; see `isLength`. */
const DURATION = /^-?(0|[1-9]\d{0,8})(\.\d{1,3})?(ms|s|m|h|d)$/;

/** Whether a text is a duration such as `2s`, or `-1h`. */
export function isDuration(text: string): boolean {
  return DURATION.test(text);
}

/** Whether a text is a duration that something can last. */
export function isLength(text: string): boolean {
  return isDuration(text) && !text.startsWith("-");
}

/**
 * A duration as a person writes it, with its unit: a bare number means seconds.
 *
 * @example withUnit(5); // "5s"
 */
export function withUnit(given: string | number): string {
  return /^[+-]?\d+(\.\d+)?$/.test(`${given}`) ? `${given}s` : `${given}`;
}

/**
 * The duration that somebody can have meant who wrote a bare number or a unit in words.
 *
 * @example lengthMeant("7 seconds"); // "7s"
 */
export function lengthMeant(given: unknown): string | undefined {
  const text = withUnit(String(given)).trim();
  if (isLength(text)) return text;
  const ofMs = /^\d{1,9}(\.\d{1,3})? ?[a-z]+$/i.test(text) ? milliseconds(text) : undefined;
  return Number.isInteger(ofMs) ? durationText(ofMs as number) : undefined;
}

/** A duration's milliseconds. @param duration a text that is one */
export function milliseconds(duration: string): number {
  return ms(duration as ms.StringValue);
}

/**
 * The shortest text of a duration that anyone can read.
 *
 * @example durationText(7_200_000); // "2h"
 */
export function durationText(ofMs: number): string {
  const [unit, size] = UNITS.find((one) => ofMs % one[1] === 0) ?? ["ms", 1];
  if (ofMs === 0) return "0s";
  return `${ofMs / size}${unit}`;
}

/**
 * About how long something is, for a column that people read.
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
