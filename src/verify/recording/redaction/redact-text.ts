import { forgetOldest } from "../../../forget-oldest.js";
import { createFinder } from "./find-secrets.js";
import { type Layer, type Layers, layersOf } from "./layers.js";
import { type Kind, NAMED, type Pattern, PLAIN } from "./patterns.js";
import { createPseudonyms, type Pseudonym } from "./pseudonyms.js";

/** Takes secrets out of texts, and gives each a pseudonym that it keeps in the texts that follow. */
type TextRedactor = (text: string) => string;

/**
 * Creates what makes redactors of texts, each with pseudonyms of its own. The search for the secrets is made once: of 138 µs
 * for a line of a log, that took 88. The time for a text grows with its length, whatever stands in it.
 *
 * @param secrets as for `createRedactor`
 */
export function createTextRedactors(secrets: readonly string[]): () => TextRedactor {
  // White space between characters is skipped. A word of a few letters is no secret, and would be found in others.
  const long = secrets.map((secret) => secret.replace(/\s/g, "")).filter(({ length }) => length >= 8);
  const find = createFinder(long);
  return () => redactorOf(find);
}

function redactorOf(find: ReturnType<typeof createFinder>): TextRedactor {
  const pseudonyms: Readonly<Record<Kind, Pseudonym>> = {
    token: createPseudonyms(/^REDACTED(?:-\d{1,9})?$/, (number) =>
      number === 0 ? "REDACTED" : `REDACTED-${number + 1}`,
    ),
    address: createPseudonyms(
      /^someone-\d{1,9}@redacted\.invalid$/,
      (number) => `someone-${number + 1}@redacted.invalid`,
    ),
    // The account of a customer has more digits.
    portal: createPseudonyms(/^\d{1,3}$/, String),
  };

  function replaced(text: string, matches: readonly Match[]): string {
    if (matches.length === 0) return text;
    const parts: string[] = [];
    let end = 0;
    for (const { from, to, kind, value, sign } of apart(matches)) {
      // An address stays the same to whoever reads it: its @ is spelled as it was.
      const name = pseudonyms[kind](value);
      parts.push(text.slice(end, from), sign === "@" ? name : name.replace("@", () => sign));
      end = to;
    }
    return parts.join("") + text.slice(end);
  }

  function withoutMatches(text: string, layers: Layers): string {
    // In each layer: an escaped `&` ends a value only where its name is escaped, too.
    const left = replaced(
      text,
      layers.flatMap((layer) => matchesIn(layer, NAMED, text)),
    );
    const innermost = (left === text ? layers : layersOf(left)).at(-1) ?? layers[0];
    return replaced(left, matchesIn(innermost, PLAIN, left));
  }

  function redacted(text: string): string {
    let layers = layersOf(text);
    const known = find(layers);
    let left = replaced(
      text,
      known.map(({ from, to, secret }) => ({ from, to, kind: "token", value: secret, sign: "@" })),
    );
    // What is gone may have held an escape, without which the rest is read otherwise: two rounds are the rule.
    for (let round = 0, before = text; round < MAX_ROUNDS; round += 1) {
      // Of a text that stayed as it was, the layers are known.
      if (left !== before) layers = layersOf(left);
      else if (round > 0) break;
      before = left;
      left = withoutMatches(left, layers);
    }
    return left;
  }

  const before = new Map<string, string>();
  return (text) => {
    const known = before.get(text);
    if (known !== undefined) return known;
    const left = redacted(text);
    if (text.length > SHORT) return left;
    before.set(text, left);
    forgetOldest(before, MAX_KNOWN);
    return left;
  };
}

const MAX_ROUNDS = 10;

/** What comes again in a run is short: addresses, headers, the states of a task. They are kept, and long texts are not. */
const SHORT = 1000;
const MAX_KNOWN = 1000;

/** What is to be replaced, where it stands in the text. */
interface Match {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
  /** As it is read. */
  readonly value: string;
  /** How an address spells its @. */
  readonly sign: string;
}

function matchesIn({ text: read, at }: Layer, patterns: readonly Pattern[], text: string): Match[] {
  const matches: Match[] = [];
  for (const [kind, expression] of patterns) {
    // Not by matchAll, which copies the expression each time: most texts are short, and have no match.
    expression.lastIndex = 0;
    for (let match = expression.exec(read); match !== null; match = expression.exec(read)) {
      const { 0: all, 1: value = "", index } = match;
      if (value === "") continue;
      const end = index + all.length;
      const start = end - value.length;
      const sign = kind === "address" ? start + value.indexOf("@") : start;
      matches.push({ from: at(start), to: at(end), kind, value, sign: text.slice(at(sign), at(sign + 1)) });
    }
  }
  return matches;
}

/** In the text's order; what overlaps as one, called by what begins first and is longest. */
function apart(matches: readonly Match[]): readonly Match[] {
  const all: Match[] = [];
  for (const match of matches.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = all.at(-1);
    if (last === undefined || last.to <= match.from) all.push(match);
    else if (last.to < match.to) all[all.length - 1] = { ...last, to: match.to };
  }
  return all;
}
