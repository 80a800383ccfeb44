import CRC32 from "crc-32";
import { forgetOldest } from "../../../forget-oldest.js";

/** Gives each value another in its place: the same one for the same value, and different ones for different values. */
export type Pseudonym = (value: string) => string;

/** A journal is looked at for days. */
const MAX_KNOWN = 10_000;

/**
 * Pseudonyms numbered in the order in which their values are met. A value that is a pseudonym already keeps it: what was
 * redacted before stays as it is. Of many thousand values, the oldest are forgotten, and get another when they are met again.
 *
 * @param form what a pseudonym looks like
 * @param nameOf the pseudonym of a number, from 0
 * @example const name = createPseudonyms(/^\d{1,3}$/, String); [name("4711815"), name("62515"), name("4711815")]; // ["0", "1", "0"]
 */
export function createPseudonyms(form: RegExp, nameOf: (number: number) => string): Pseudonym {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  let next = 0;

  function nextFree(): string {
    while (taken.has(fingerprint(nameOf(next)))) next += 1;
    return nameOf(next++);
  }

  function take(name: string): string {
    taken.add(fingerprint(name));
    forgetOldest(taken, MAX_KNOWN);
    return name;
  }

  return (value) => {
    const key = fingerprint(value);
    const known = names.get(key);
    if (known !== undefined) return known;
    if (taken.has(key) || form.test(value)) return take(value);
    const name = take(nextFree());
    names.set(key, name);
    forgetOldest(names, MAX_KNOWN);
    return name;
  };
}

/** In place of a value, which may be long, and would keep in memory the text that it was cut from. */
function fingerprint(value: string): string {
  const middle = value.length >> 1;
  return `${value.length} ${CRC32.str(value.slice(0, middle))} ${CRC32.str(value.slice(middle))}`;
}
