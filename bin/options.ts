import { InvalidArgumentError, Option } from "commander";
import { instantOf, isInstant, isLength, milliseconds } from "../src/time.js";

/** An option as spec/options.schema.json has it, with its flags and the name of its variable. */
export interface OptionEntry {
  readonly name: string;
  readonly flags: string;
  readonly description: string;
  readonly default?: unknown;
  /** What the help shows in place of the default. */
  readonly defaultText?: string;
  readonly choices?: readonly string[];
  readonly env?: string;
  /** Absent for a text and for a switch. */
  readonly type?: "integer" | "number" | "array";
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly pattern?: RegExp;
  /** What to write in place of a wrong value. */
  readonly hint?: string;
}

/** Reads a value of the command line, with what was read of the same option before. @throws InvalidArgumentError */
type Parser = (text: string, before: never) => unknown;

/**
 * Makes a command's options from their entries.
 *
 * @param parsers for what no schema can say, by the options' names
 */
export function optionsFrom(
  entries: readonly OptionEntry[],
  parsers: Readonly<Record<string, Parser>>,
): readonly Option[] {
  return entries.map((entry) => {
    const option = new Option(entry.flags, entry.description);
    if (entry.default !== undefined) option.default(entry.default, entry.defaultText);
    if (entry.choices) option.choices(entry.choices);
    if (entry.env !== undefined) option.env(entry.env);
    const parser = parsers[entry.name] ?? parserOf(entry);
    // Commander hands a parser what that very parser returned before.
    return parser && !option.isBoolean() ? option.argParser(parser as (text: string) => unknown) : option;
  });
}

function parserOf(entry: OptionEntry): Parser | undefined {
  if (entry.type === "integer" || entry.type === "number") return (text) => parseNumber(text, entry);
  const { pattern } = entry;
  if (pattern === undefined) return undefined;
  return (text, before: readonly string[] = []) => {
    if (!pattern.test(text)) throw new InvalidArgumentError(entry.hint ?? "");
    return entry.type === "array" ? [...before, text] : text;
  };
}

function parseNumber(
  text: string,
  { type, minimum, maximum, exclusiveMinimum, hint }: Omit<OptionEntry, "name" | "flags" | "description">,
): number {
  const form = type === "integer" ? /^\d+$/ : /\S/;
  const number = form.test(text) ? Number(text) : Number.NaN;
  const isAbove = exclusiveMinimum === undefined ? number >= (minimum ?? 0) : number > exclusiveMinimum;
  if (isAbove && number <= (maximum ?? Number.POSITIVE_INFINITY)) return number;
  throw new InvalidArgumentError(hint ?? `Write a whole number from ${minimum} to ${maximum}.`);
}

/** A whole number that seeds a task. */
export function parseSeed(text: string): number {
  return parseNumber(text, { type: "integer", minimum: 0, maximum: 4294967295 });
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
