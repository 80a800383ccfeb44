import { type Layer, type Layers, layersOf } from "./escapes.js";
import { type Kind, NAMED, type Pattern, PLAIN } from "./patterns.js";
import { createPseudonyms, type Pseudonym } from "./pseudonyms.js";
import { createFinder } from "./spellings.js";

/** The pseudonyms of one run. */
type Pseudonyms = Readonly<Record<Kind, Pseudonym>>;

/**
 * Takes secrets out of texts, and gives each a pseudonym that it keeps in the texts that follow.
 *
 * @param secrets as for `createRedactor`
 */
export function createTextRedactor(secrets: readonly string[]): (text: string) => string {
  // A word of a few letters is no secret, and would be found in words that are none of its business.
  const long = secrets.filter(({ length }) => length >= 8);
  const searched = long.map((secret) => ({ secret, find: createFinder(secret) }));
  const pseudonyms: Pseudonyms = {
    token: createPseudonyms(/^REDACTED(-\d+)?$/, (number) => (number === 0 ? "REDACTED" : `REDACTED-${number + 1}`)),
    address: createPseudonyms(/^someone-\d+@redacted\.invalid$/, (number) => `someone-${number + 1}@redacted.invalid`),
    // The account of a customer has more digits.
    portal: createPseudonyms(/^\d{1,3}$/, String),
  };

  function withoutSecrets(text: string): string {
    let left = text;
    for (const { secret, find } of searched) {
      left = replaced(
        left,
        find(left).map(([from, to]) => ({ from, to, by: pseudonyms.token(secret) })),
      );
    }
    return left;
  }

  return (text) => {
    let left = layersOf(withoutSecrets(text));
    // What was replaced may have held an escape, without which the rest is read otherwise.
    for (let round = 0, before = ""; before !== left[0].text && round < MAX_ROUNDS; round += 1) {
      before = left[0].text;
      left = withoutPatterns(withoutNamed(left, pseudonyms), PLAIN, pseudonyms, (layers) => layers.at(-1));
    }
    return left[0].text;
  };
}

/** Two are the rule. */
const MAX_ROUNDS = 10;

/** From the outermost layer inwards: an escaped `&` ends a value only where its name is escaped, too. */
function withoutNamed(layers: Layers, pseudonyms: Pseudonyms): Layers {
  let left = layers;
  for (let depth = 0; depth < left.length; depth += 1) {
    left = withoutPatterns(left, NAMED, pseudonyms, (all) => all[depth]);
  }
  return left;
}

function withoutPatterns(
  layers: Layers,
  patterns: readonly Pattern[],
  pseudonyms: Pseudonyms,
  choose: (layers: Layers) => Layer | undefined,
): Layers {
  let left = layers;
  for (const [kind, expression] of patterns) {
    const [{ text }] = left;
    const layer = choose(left);
    const rest = layer ? replaced(text, matchesIn(text, layer, expression, pseudonyms[kind])) : text;
    if (rest !== text) left = layersOf(rest);
  }
  return left;
}

interface Replacement {
  readonly from: number;
  readonly to: number;
  readonly by: string;
}

/** What a pattern finds in one layer of a text, where it stands in the text. */
function matchesIn(
  text: string,
  { text: read, at }: Layer,
  expression: RegExp,
  pseudonym: Pseudonym,
): readonly Replacement[] {
  return [...read.matchAll(expression)].flatMap(({ 1: kept = "", 2: found = "", index }) => {
    if (found === "") return [];
    const start = index + kept.length;
    // An address stays the same to whoever reads it: its @ is spelled as it was.
    const sign = start + found.indexOf("@");
    const by = pseudonym(found).replace("@", () => text.slice(at(sign), at(sign + 1)));
    return [{ from: at(start), to: at(start + found.length), by }];
  });
}

function replaced(text: string, replacements: readonly Replacement[]): string {
  if (replacements.length === 0) return text;
  const parts: string[] = [];
  let end = 0;
  for (const { from, to, by } of replacements) {
    parts.push(text.slice(end, from), by);
    end = to;
  }
  return parts.join("") + text.slice(end);
}
