import CRC32 from "crc-32";
import { isObject, type JsonObject } from "../json.js";
import { evictOldest } from "../lru.js";
import { createFinder } from "./find-secrets.js";
import { type Kind, NAMED, type Pattern, PLAIN } from "./secret-patterns.js";
import { type Layer, type Layers, layersOf } from "./text-layers.js";

/** Takes secrets out of every text of a value. */
export type Redact = <Value>(value: Value) => Value;

/**
 * Takes out of an exchange, a report or a text what must not be written anywhere: tokens, cookies, passwords, the signature
 * of signed urls, portal ids and e-mail addresses.
 *
 * One redactor is for one run. It gives each of them a pseudonym, the same wherever it stands: what was equal stays equal,
 * what was different stays different, and what was valid stays valid.
 *
 * @param secrets what is taken out wherever it stands and however it is spelled; of fewer than 8 characters it is not
 *   searched for
 * @example createRedactor([])("/hubfs/4711815/cat.png?token=abc"); // "/hubfs/0/cat.png?token=REDACTED"
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const text = createTextRedactors(secrets)();

  function deep(value: unknown): unknown {
    if (typeof value === "string") return text(value);
    if (Array.isArray(value)) {
      const items = value.map(deep);
      return items.every((item, index) => item === value[index]) ? value : items;
    }
    if (!isObject(value)) return value;
    const { pointer } = value;
    const entries = Object.entries(value);
    let isSame = true;
    for (const entry of entries) {
      const left = property(entry[0], entry[1], pointer);
      isSame &&= left === entry[1];
      entry[1] = left;
    }
    return isSame ? value : Object.fromEntries(entries);
  }

  function property(key: string, value: unknown, pointer: unknown): unknown {
    if (OWN_WORDS.has(key)) return value;
    if (key === "headers" && isObject(value)) return headers(value);
    const isOfPointer = (key === "expected" || key === "actual") && typeof pointer === "string";
    return isOfPointer && typeof value === "string" ? member(pointer, value) : deep(value);
  }

  /** As lines, in which the name says what the value is. */
  function headers(values: JsonObject): JsonObject {
    const entries = Object.entries(values);
    const kept = entries.filter(([name]) => name !== "cookie" && name !== "set-cookie");
    let isSame = kept.length === entries.length;
    const left = kept.map((entry) => {
      const line = `${entry[0]}: ${entry[1]}`;
      const redacted = text(line);
      if (redacted === line && line.indexOf(": ") === entry[0].length) return entry;
      isSame = false;
      return split(redacted, ": ");
    });
    return isSame ? values : Object.fromEntries(left);
  }

  /** What a finding shows of a body, as it stands there: behind its name. */
  function member(pointer: string, shown: string): string {
    const name = pointer.split("/").findLast((part) => /^[a-z_-][\w-]*$/i.test(part));
    return name === undefined ? text(shown) : split(text(`"${name}":${shown}`), '":')[1];
  }

  // Only texts change: it is still what it was. What has no secret is not copied, and is most of a recording.
  return <Value>(value: Value) => deep(value) as Value;
}

/** Takes secrets out of texts such as messages, each by itself: a pseudonym means nothing beyond its text. */
export function createMessageRedactor(secrets: readonly string[]): (text: string) => string {
  const create = createTextRedactors(secrets);
  return (text) => create()(text);
}

/** Whose values are words of the kit's own, any of which may be somebody's token. */
const OWN_WORDS = new Set([
  ...["conclusion", "severity", "evidence", "result", "reason", "journey", "state", "rule"],
  ...["step", "method", "kind", "flaw"],
]);

function split(line: string, separator: string): readonly [string, string] {
  const at = line.indexOf(separator);
  return [line.slice(0, at), line.slice(at + separator.length)];
}

/** Takes secrets out of texts, and gives each a pseudonym that it keeps in the texts that follow. */
type TextRedactor = (text: string) => string;

/**
 * Creates what makes redactors of texts, each with pseudonyms of its own. The search for the secrets is made once: of 138 µs
 * for a line of a log, that took 88. The time for a text grows with its length, whatever stands in it.
 *
 * @param secrets as for `createRedactor`
 */
function createTextRedactors(secrets: readonly string[]): () => TextRedactor {
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
    evictOldest(before, MAX_KNOWN);
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

/** Gives each value another in its place: the same one for the same value, and different ones for different values. */
type Pseudonym = (value: string) => string;

/** A journal is looked at for days. */
const MAX_PSEUDONYMS = 10_000;

/**
 * Pseudonyms numbered in the order in which their values are met. A value that is a pseudonym already keeps it: what was
 * redacted before stays as it is. Of many thousand values, the oldest are forgotten, and get another when they are met again.
 *
 * @param form what a pseudonym looks like
 * @param nameOf the pseudonym of a number, from 0
 * @example const name = createPseudonyms(/^\d{1,3}$/, String); [name("4711815"), name("62515"), name("4711815")]; // ["0", "1", "0"]
 */
function createPseudonyms(form: RegExp, nameOf: (number: number) => string): Pseudonym {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  let next = 0;

  function nextFree(): string {
    while (taken.has(fingerprint(nameOf(next)))) next += 1;
    return nameOf(next++);
  }

  function take(name: string): string {
    taken.add(fingerprint(name));
    evictOldest(taken, MAX_PSEUDONYMS);
    return name;
  }

  return (value) => {
    const key = fingerprint(value);
    const known = names.get(key);
    if (known !== undefined) return known;
    if (taken.has(key) || form.test(value)) return take(value);
    const name = take(nextFree());
    names.set(key, name);
    evictOldest(names, MAX_PSEUDONYMS);
    return name;
  };
}

/** In place of a value, which may be long, and would keep in memory the text that it was cut from. */
function fingerprint(value: string): string {
  const middle = value.length >> 1;
  return `${value.length} ${CRC32.str(value.slice(0, middle))} ${CRC32.str(value.slice(middle))}`;
}
