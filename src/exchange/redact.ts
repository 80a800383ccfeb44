import CRC32 from "crc-32";
import { isObject, type JsonObject } from "../json.js";
import { evictOldest } from "../lru.js";
import { createFinder } from "./find-secrets.js";
import { type Kind, NAMED, type Pattern, PLAIN, PORTAL, PORTAL_SIGN } from "./secret-patterns.js";
import { type Layer, type Layers, layersOf } from "./text-layers.js";

/** Redacts every text within a value. */
export type Redact = <Value>(value: Value) => Value;

/**
 * Redacts exchanges, reports and texts: tokens, cookies, passwords, the signatures of signed URLs, portal ids and e-mail
 * addresses.
 *
 * Use one redactor per run. It replaces each value by a pseudonym, always the same for the same value: equal values stay
 * equal, different ones stay different, and valid ones stay valid.
 *
 * @param secrets texts that are redacted wherever they occur and in whatever form; those of fewer than 8 characters are not
 *   searched for
 * @example createRedactor([])("/hubfs/4711815/cat.png?token=abc"); // "/hubfs/0/cat.png?token=REDACTED"
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const text = textRedactorFactory(secrets)();

  /** Values without a secret, which are most of a recording, are not copied. */
  function deep(value: unknown): unknown {
    if (typeof value === "string") return text(value);
    if (typeof value !== "object" || value === null) return value;
    if (Array.isArray(value)) {
      let items: unknown[] | undefined;
      for (let index = 0; index < value.length; index += 1) {
        const left = deep(value[index]);
        if (left === value[index]) continue;
        items ??= [...value];
        items[index] = left;
      }
      return items ?? value;
    }
    const properties = value as JsonObject;
    let copy: Record<string, unknown> | undefined;
    for (const key of Object.keys(properties)) {
      const left = property(key, properties[key], properties);
      if (left === properties[key]) continue;
      copy ??= { ...properties };
      copy[key] = left;
    }
    return copy ?? value;
  }

  function property(key: string, value: unknown, { pointer, sentence }: JsonObject): unknown {
    // What to do next is a rule's own text where the rule has a sentence.
    if (OWN_WORDS.has(key) || (key === "next" && sentence !== undefined)) return value;
    if (typeof value !== "string") return key === "headers" && isObject(value) ? headers(value) : deep(value);
    const isOfPointer = (key === "expected" || key === "actual") && typeof pointer === "string";
    return isOfPointer ? member(pointer, value) : text(value);
  }

  /** Redacts headers as lines: the name shows whether the value is a secret. */
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

  /** Redacts a value of a body that a finding quotes, together with its property name as in the body. */
  function member(pointer: string, shown: string): string {
    const name = pointer.split("/").findLast((part) => /^[a-z_-][\w-]*$/i.test(part));
    return name === undefined ? text(shown) : split(text(`"${name}":${shown}`), '":')[1];
  }

  // Only texts change, so the type stays.
  return <Value>(value: Value) => deep(value) as Value;
}

/** Redacts texts such as messages independently: pseudonyms are not the same across texts. */
export function createMessageRedactor(secrets: readonly string[]): (text: string) => string {
  const create = textRedactorFactory(secrets);
  return (text) => create()(text);
}

/** Keys whose values are words of this kit. They are not redacted, even if such a word is also a client's token. */
const OWN_WORDS = new Set([
  ...["conclusion", "severity", "evidence", "result", "reason", "journey", "state", "rule"],
  ...["step", "method", "kind", "flaw"],
  // Of rules, questions and the contract: two thirds of a report's texts.
  ...["sentence", "question", "assumed", "coverage"],
]);

function split(line: string, separator: string): readonly [string, string] {
  const at = line.indexOf(separator);
  return [line.slice(0, at), line.slice(at + separator.length)];
}

/** Redacts texts, with the same pseudonyms across texts. */
type TextRedactor = (text: string) => string;

/**
 * Returns a factory of text redactors, each with its own pseudonyms. They share one finder of the secrets: creating it took
 * 88 of 138 µs for a line of a log. Redacting takes time in proportion to a text's length, whatever its content.
 *
 * @param secrets as for `createRedactor`
 */
function textRedactorFactory(secrets: readonly string[]): () => TextRedactor {
  // The finder skips white space. A short secret would be found within ordinary words.
  const long = secrets.map((secret) => secret.replace(/\s/g, "")).filter(({ length }) => length >= 8);
  let find: ReturnType<typeof createFinder> | undefined;
  return () => {
    // Only now: most redactors of messages are created for none.
    find ??= createFinder(long);
    return createTextRedactor(find);
  };
}

function createTextRedactor(find: ReturnType<typeof createFinder>): TextRedactor {
  const pseudonyms: Readonly<Record<Kind, Pseudonym>> = {
    token: createPseudonyms(/^REDACTED(?:-\d{1,9})?$/, (number) =>
      number === 0 ? "REDACTED" : `REDACTED-${number + 1}`,
    ),
    address: createPseudonyms(
      /^someone-\d{1,9}@redacted\.invalid$/,
      (number) => `someone-${number + 1}@redacted.invalid`,
    ),
    // Portal ids of customers have more digits.
    portal: createPseudonyms(/^\d{1,3}$/, String),
  };

  function replaced(text: string, matches: readonly Match[]): string {
    if (matches.length === 0) return text;
    const parts: string[] = [];
    let end = 0;
    for (const { from, to, kind, value, sign } of mergeOverlapping(matches)) {
      // The @ of an address keeps its form, such as %40, so that the text around it is read the same.
      const name = pseudonyms[kind](value);
      const shown = sign === "@" ? name : name.replace("@", () => sign);
      // A pseudonym stays, so that a redacted page of 3 MB is not copied.
      if (text.slice(from, to) === shown) continue;
      parts.push(text.slice(end, from), shown);
      end = to;
    }
    return parts.length === 0 ? text : parts.join("") + text.slice(end);
  }

  function withoutMatches(text: string, layers: Layers): string {
    // In each layer separately: an escaped `&` ends a value only if its name is escaped, too.
    const left = replaced(
      text,
      layers.flatMap((layer) => matchesIn(layer, NAMED, text)),
    );
    const innermost = (left === text ? layers : layersOf(left)).at(-1) ?? layers[0];
    const portals = PORTAL_SIGN.test(innermost.text) ? matchesIn(innermost, PORTAL, left) : [];
    return replaced(left, [...matchesIn(innermost, PLAIN, left), ...portals]);
  }

  function redacted(text: string): string {
    let layers = layersOf(text);
    const known = find(layers);
    let left = replaced(
      text,
      known.map(({ from, to, secret }) => ({ from, to, kind: "token", value: secret, sign: "@" })),
    );
    // A replaced part may have contained an escape that changes how the rest is read. Usually two rounds are enough.
    for (let round = 0, before = text; round < MAX_ROUNDS; round += 1) {
      // The layers of an unchanged text are already known.
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

/** Texts that occur repeatedly in a run are short: addresses, headers, the states of a task. Long texts are not cached. */
const SHORT = 1000;
const MAX_KNOWN = 1000;

/** A part of the text to replace. */
interface Match {
  readonly from: number;
  readonly to: number;
  readonly kind: Kind;
  /** With its escapes resolved. */
  readonly value: string;
  /** The @ of an address as it is in the text, such as `%40`. */
  readonly sign: string;
}

function matchesIn({ text: read, at }: Layer, patterns: readonly Pattern[], text: string): Match[] {
  const matches: Match[] = [];
  for (const [kind, expression, sign = ""] of patterns) {
    if (!read.includes(sign)) continue;
    // Without matchAll, which copies the expression each time: most texts are short and have no match.
    expression.lastIndex = 0;
    for (let match = expression.exec(read); match !== null; match = expression.exec(read)) {
      const { 0: all, 1: value = "", index } = match;
      if (value === "") continue;
      const end = index + all.length;
      const start = end - value.length;
      const place = kind === "address" ? start + value.indexOf("@") : start;
      matches.push({ from: at(start), to: at(end), kind, value, sign: text.slice(at(place), at(place + 1)) });
    }
  }
  return matches;
}

/** Sorts matches and merges overlapping ones; the first and longest gives the merged match its kind and value. */
function mergeOverlapping(matches: readonly Match[]): readonly Match[] {
  const all: Match[] = [];
  for (const match of matches.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = all.at(-1);
    if (last === undefined || last.to <= match.from) all.push(match);
    else if (last.to < match.to) all[all.length - 1] = { ...last, to: match.to };
  }
  return all;
}

/** Returns the pseudonym of a value: the same for the same value, and different ones for different values. */
type Pseudonym = (value: string) => string;

/** A limit, since a mock may run for days. */
const MAX_PSEUDONYMS = 10_000;

/**
 * Numbers pseudonyms in the order in which their values first occur. A value that is already a pseudonym stays as it is, so
 * redacted texts do not change. The oldest of many thousand values are evicted, and get a new pseudonym if they occur again.
 *
 * @param form matches every pseudonym
 * @param nameOf returns the pseudonym for a number, from 0
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

/** Stored in place of a value, which may be long and would keep the text that it is a part of in memory. */
function fingerprint(value: string): string {
  const middle = value.length >> 1;
  return `${value.length} ${CRC32.str(value.slice(0, middle))} ${CRC32.str(value.slice(middle))}`;
}
