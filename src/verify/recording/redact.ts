import { isObject, type JsonObject } from "../../json.js";
import { createTextRedactors } from "./redaction/redact-text.js";

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
  ...["purpose", "method", "kind", "flaw"],
]);

function split(line: string, separator: string): readonly [string, string] {
  const at = line.indexOf(separator);
  return [line.slice(0, at), line.slice(at + separator.length)];
}
