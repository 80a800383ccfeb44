import { effectWords } from "../../spec/scenario.gen.js";
import { namedError } from "../contract/hubspot-error.js";
import { nearestNames } from "../text.js";
import { lengthMeant } from "../time.js";
import { EFFECT_KINDS, type EffectSetting, SETTING_NAMES, takesSetting } from "./effect.js";
import type { EffectSource } from "./source.js";

type Words = typeof effectWords;

/** The words for effects. */
interface Vocabulary {
  /**
   * Every effect that a single word describes: under the word, under kind and word as in the journal, and errors under
   * their status.
   */
  readonly named: ReadonlyMap<string, EffectSource>;
  /** The words with letters alone. */
  readonly spelt: readonly string[];
  /** These are correct words, not misspelt names of effects. */
  readonly names: readonly string[];
}

let known: Vocabulary | undefined;

/** Created at the first mistake: most scenarios have none. */
function vocabulary(): Vocabulary {
  known ??= createVocabulary();
  return known;
}

function createVocabulary(): Vocabulary {
  const named = new Map<string, EffectSource>();
  for (const [kind, words] of Object.entries(effectWords) as [keyof Words, Words[keyof Words]][]) {
    for (const word of words) named.set(`${word}`, { [kind]: word }).set(`${kind} ${word}`, { [kind]: word });
  }
  // Of two errors with the same status, the first in the schema is used.
  for (const error of effectWords.error.toReversed()) {
    named.set(`${namedError(error, { operation: "checkImportStatus", now: 0 }).status}`, { error });
  }
  return {
    named,
    spelt: [...named.keys()].filter((word) => !/[ \d]/.test(word)),
    names: [...EFFECT_KINDS, ...SETTING_NAMES, "times"].map((name) => name.toLowerCase()),
  };
}

/**
 * Returns the effect that was probably meant.
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

/** How each setting of an effect, and each number beside one, is read. */
const SETTINGS = {
  retryAfter: lengthMeant,
  chunks: countMeant,
  pause: lengthMeant,
  times: countMeant,
  after: countMeant,
} as const satisfies { readonly [Name in EffectSetting | "times" | "after"]?: (value: unknown) => unknown };

/** Adds an effect's settings, so that the suggested effect keeps them. @returns undefined if one of them is invalid */
function withSettings(
  effect: EffectSource,
  entries: readonly (readonly [string, unknown])[],
): EffectSource | undefined {
  const names = (Object.keys(SETTINGS) as readonly (keyof typeof SETTINGS)[]).filter(
    (name) => name === "times" || name === "after" || takesSetting(effect, name),
  );
  const settings: Record<string, string | number> = {};
  for (const [key, value] of entries) {
    const name = names.find((one) => one.toLowerCase() === key.replace(/[-_]/g, "").toLowerCase());
    if (name === undefined) continue;
    const meant = SETTINGS[name](value);
    if (meant === undefined) return undefined;
    settings[name] = meant;
  }
  return { ...effect, ...settings };
}

function countMeant(value: unknown): number | undefined {
  return /^[1-9]\d{0,3}$/.test(String(value)) ? Number(value) : undefined;
}

function effectOf(text: string): EffectSource | undefined {
  const { named, spelt, names } = vocabulary();
  const exact = named.get(text);
  if (exact || text.length < 3 || /[ \d]/.test(text) || names.includes(text)) return exact;
  const word =
    spelt.find((one) => one.startsWith(text)) ??
    nearestNames(text, spelt)[0] ??
    spelt.find((one) => one.length > 3 && (text.includes(one) || one.includes(text)));
  return word === undefined ? undefined : named.get(word);
}
