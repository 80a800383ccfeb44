import { InvalidArgumentError, Option } from "commander";
import { instantOf, isInstant, isLength, milliseconds } from "../src/time.js";

/** An option as in spec/options.schema.json, with its flags and the name of its variable. */
export interface OptionEntry {
  readonly name: string;
  readonly flags: string;
  readonly description: string;
  readonly default?: unknown;
  /** The help's text in place of the default. */
  readonly defaultText?: string;
  readonly choices?: readonly string[];
  readonly env?: string;
  /** Absent for a text and for a switch. */
  readonly type?: "integer" | "number" | "array";
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly pattern?: RegExp;
  /** The hint for an invalid value. */
  readonly hint?: string;
}

/**
 * Parses a value of the command line; `previous` is the result of the same option before. @throws InvalidArgumentError
 */
type Parser = (text: string, before: never) => unknown;

/**
 * Creates a command's options from their entries.
 *
 * @param parsers by option name, for rules that no schema can express
 */
export function optionsFrom(
  entries: readonly OptionEntry[],
  parsers: Readonly<Record<string, Parser>>,
): readonly Option[] {
  return entries.map((entry) => {
    const option = new Option(entry.flags, entry.description);
    if (entry.default !== undefined) option.default(entry.default, entry.defaultText);
    if (entry.choices) option.choices(entry.choices);
    // A CI sets a variable without a value to the empty text. Of a switch, it is false.
    if (entry.env !== undefined && (!option.required || process.env[entry.env] !== "")) option.env(entry.env);
    const parser = parsers[entry.name] ?? parserOf(entry);
    // Commander passes a parser its own previous result.
    return parser && option.required ? option.argParser(parser as (text: string) => unknown) : option;
  });
}

function parserOf(entry: OptionEntry): Parser | undefined {
  if (entry.type === "integer" || entry.type === "number") return (text) => parseNumber(text, entry);
  const { pattern } = entry;
  if (entry.choices) return undefined;
  if (pattern === undefined) return requireText;
  return (text, before: readonly string[] = []) => {
    if (!pattern.test(text)) throw new InvalidArgumentError(entry.hint ?? "");
    return entry.type === "array" ? [...before, text] : text;
  };
}

/** Rejects an empty value, such as that of a shell's variable that is not set. */
export function requireText(text: string): string {
  if (text.trim() === "") throw new InvalidArgumentError("Write a value that is not empty, or leave the option out.");
  return text;
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

/** Parses a whole number that seeds a task. */
export function parseSeed(text: string): number {
  return parseNumber(text, { type: "integer", minimum: 0, maximum: 4294967295 });
}

/** Parses an instant, written as an ISO date with its zone or in epoch milliseconds, to epoch milliseconds. */
export function parseInstant(text: string): number {
  const instant = /^\d{12,}$/.test(text) ? Number(text) : instantOf(text);
  if (isInstant(instant)) return instant;
  throw new InvalidArgumentError("Write a date with its zone, such as 2026-09-14T09:30:00Z, or epoch milliseconds.");
}

/** Parses a duration such as `1s` or `500ms` to milliseconds. */
export function parseDuration(text: string): number {
  const duration = isLength(text) ? milliseconds(text) : Number.NaN;
  if (duration >= 1 && duration <= 24 * 3_600_000) return duration;
  throw new InvalidArgumentError("Write a duration with its unit, such as 500ms, 1s or 2m, up to 24h.");
}
