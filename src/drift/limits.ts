import type { JsonObject } from "../json.js";
import { type RawDifference, REASONS, type Reason } from "./difference.js";

/** The keywords by which a schema limits its values, such as `maxLength`, with their values. */
export type Limits = ReadonlyMap<string, Limit>;

type Limit = number | string;

/**
 * For each keyword, whether a smaller number is stricter. For keywords that are not here, any other value is stricter.
 */
const SMALLER_IS_STRICTER: Readonly<Record<string, boolean>> = {
  ...{ maxLength: true, maxItems: true, maxProperties: true, maximum: true },
  ...{ minLength: false, minItems: false, minProperties: false, minimum: false },
};

/** The greatest length in Java: generators of documents write it if there is no limit. */
const NO_LENGTH_LIMIT = 2 ** 31 - 1;

function isLimit(key: string, value: number): boolean {
  if (/^min(Length|Items|Properties)$/.test(key)) return value > 0;
  if (/^max(Length|Items|Properties)$/.test(key)) return value < NO_LENGTH_LIMIT;
  return true;
}

/**
 * Reads a schema's own limits. Lengths from 0 or up to the greatest one are no limit; a constant number is both of its
 * bounds.
 */
export function limitsOf(declared: JsonObject): Limits {
  const only = declared["const"];
  const schema = typeof only === "number" ? { ...declared, minimum: only, maximum: only } : declared;
  const numbers = Object.keys(SMALLER_IS_STRICTER).flatMap((key) => {
    const value = schema[key];
    return typeof value === "number" && isLimit(key, value) ? [[key, value] as const] : [];
  });
  const { pattern } = schema;
  return new Map<string, Limit>([...numbers, ...(typeof pattern === "string" ? [["pattern", pattern] as const] : [])]);
}

/** Merges limits: the strictest of each (`allOf`), or the loosest of those that every alternative has (`anyOf`). */
export function mergeLimits(all: readonly Limits[], how: "allOf" | "anyOf"): Limits {
  const keys = [...new Set(all.flatMap((one) => [...one.keys()]))];
  return new Map(
    keys.flatMap((key) => {
      const values = all.flatMap((one) => one.get(key) ?? []);
      if (how === "anyOf" && (values.length < all.length || (key === "pattern" && new Set(values).size > 1))) return [];
      const isSmallest = SMALLER_IS_STRICTER[key] === (how === "allOf");
      const numbers = values.filter((value) => typeof value === "number");
      const value = numbers.length === 0 ? values[0] : isSmallest ? Math.min(...numbers) : Math.max(...numbers);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/**
 * Returns the limits that a published schema states and ours does not. A limit that only ours states comes from our
 * reading of a text, since the published documents state almost none.
 */
export function compareLimits(
  theirs: Limits,
  own: Limits,
  { where, sender }: { readonly where: string; readonly sender: "client" | "server" },
): readonly RawDifference[] {
  return [...theirs].flatMap(([key, value]) => {
    const ours = own.get(key);
    if (value === ours) return [];
    const reason = reasonOf(key, value, ours, sender);
    return [{ kind: "limit", where, published: `${key} ${value}`, ours: `${key} ${ours ?? "none"}`, reason } as const];
  });
}

function reasonOf(key: string, value: Limit, ours: Limit | undefined, sender: "client" | "server"): Reason {
  if (key.endsWith("Length")) return REASONS.otherLength;
  const isNarrower = ours === undefined || Number(value) < Number(ours) === SMALLER_IS_STRICTER[key];
  if (sender === "server") return isNarrower ? REASONS.kept.server : REASONS.unlistedValue;
  // Which of two patterns is stricter is not known.
  if (!isNarrower && key !== "pattern") return REASONS.kept.client;
  return SMALLER_IS_STRICTER[key] ? REASONS.lowerLimit : REASONS.stricter;
}
