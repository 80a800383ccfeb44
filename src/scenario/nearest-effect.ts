import { type ErrorName, namedError } from "../contract/hubspot-error.js";
import { nearestNames } from "../text.js";
import { lengthMeant } from "../time.js";
import type { BodyFlaw, EffectSource, WireFault } from "./source.js";

/** Every word of an effect, by its kind; of two errors with one status the first is meant by that. */
const WORDS = {
  error: [
    "expired-token",
    "missing-scopes",
    "gated",
    "banned",
    "not-found",
    "locked",
    "rate-limited",
    "secondly-limit",
    "daily-limit",
    "migration",
    "internal-error",
    "bad-gateway",
    "service-unavailable",
    "gateway-timeout",
  ],
  body: ["truncated", "malformed", "empty", "byte-order-mark", "wrong-type", "too-long-length", "too-short-length"],
  wire: ["reset", "reset-mid-body", "drip", "black-hole"],
  page: [404, 405, 502, 503, 504, 521, 523, 524],
} as const satisfies {
  readonly error: readonly ErrorName[];
  readonly body: readonly BodyFlaw[];
  readonly wire: readonly WireFault[];
  readonly page: readonly number[];
};

type Kind = keyof typeof WORDS;

/** Every effect that one word says: by the word, by its kind and the word as the journal has them, and errors by their status. */
const NAMED = new Map<string, EffectSource>();
for (const [kind, words] of Object.entries(WORDS) as [Kind, readonly (string | number)[]][]) {
  for (const word of words) NAMED.set(`${word}`, { [kind]: word }).set(`${kind} ${word}`, { [kind]: word });
}
for (const error of WORDS.error.toReversed()) {
  NAMED.set(`${namedError(error, { operation: "checkImportStatus", now: 0 }).status}`, { error });
}

const SPELT = [...NAMED.keys()].filter((word) => !/[ \d]/.test(word));

/** These are words of their own, and no misspelt ones. */
const NAMES: readonly string[] = [
  ...Object.keys(WORDS),
  "alter",
  "answer",
  "accepted",
  "retryAfter",
  "chunks",
  "pause",
  "times",
].map((name) => name.toLowerCase());

/**
 * The effect that somebody can have meant who wrote other words.
 *
 * @param json what should be an effect
 * @example nearestEffect({ fault: "reset" }); // { wire: "reset" }
 * @example nearestEffect({ error: 429 }); // { error: "rate-limited" }
 */
export function nearestEffect(json: unknown): EffectSource | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const entries = Object.entries(json);
  const values = entries.filter(([, value]) => typeof value === "string" || typeof value === "number");
  const texts = [...values.flatMap(([key, value]) => [`${key} ${value}`, `${value}`]), ...entries.map(([key]) => key)];
  for (const text of texts) {
    const found = effectOf(text.slice(0, 60).toLowerCase());
    if (found) return withSettings(found, entries);
  }
  return undefined;
}

/** What else of an answer is kept, and how it is read. */
const SETTINGS = {
  retryAfter: lengthMeant,
  chunks: countMeant,
  pause: lengthMeant,
  times: countMeant,
  after: countMeant,
} as const;

/** With the settings that go with an effect: whoever writes what they read loses none. @returns undefined where one of them has no meaning */
function withSettings(
  effect: EffectSource,
  entries: readonly (readonly [string, unknown])[],
): EffectSource | undefined {
  const settings: Record<string, string | number> = {};
  for (const [key, value] of entries) {
    const name = settingNames(effect).find((one) => one.toLowerCase() === key.replace(/[-_]/g, "").toLowerCase());
    if (name === undefined) continue;
    const meant = SETTINGS[name](value);
    if (meant === undefined) return undefined;
    settings[name] = meant;
  }
  return { ...effect, ...settings };
}

function settingNames({ error, page, wire }: EffectSource): readonly (keyof typeof SETTINGS)[] {
  if (error !== undefined || page !== undefined) return ["retryAfter", "times", "after"];
  return wire === "drip" ? ["chunks", "pause", "times", "after"] : ["times", "after"];
}

function countMeant(value: unknown): number | undefined {
  return /^[1-9]\d{0,3}$/.test(String(value)) ? Number(value) : undefined;
}

function effectOf(text: string): EffectSource | undefined {
  const exact = NAMED.get(text);
  if (exact || text.length < 3 || /[ \d]/.test(text) || NAMES.includes(text)) return exact;
  const word =
    SPELT.find((one) => one.startsWith(text)) ??
    nearestNames(text, SPELT)[0] ??
    SPELT.find((one) => one.length > 3 && (text.includes(one) || one.includes(text)));
  return word === undefined ? undefined : NAMED.get(word);
}
