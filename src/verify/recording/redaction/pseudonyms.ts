/** Gives each value another in its place: the same one for the same value, and different ones for different values. */
export type Pseudonym = (value: string) => string;

/**
 * Pseudonyms numbered in the order in which their values are met. A value that is a pseudonym already keeps it: what was
 * redacted before stays as it is.
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
    while (taken.has(nameOf(next))) next += 1;
    return nameOf(next);
  }

  return (value) => {
    const name = names.get(value) ?? (taken.has(value) || form.test(value) ? value : nextFree());
    names.set(value, name);
    taken.add(name);
    return name;
  };
}
