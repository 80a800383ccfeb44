import { mersenne } from "pure-rand/generator/mersenne";

/** Values that follow from a seed: the same in every process and browser. */
export interface Random {
  /** A whole number from one bound to the other, both included. */
  readonly int: (bounds: { readonly min?: number; readonly max: number }) => number;
  readonly oneOf: <Value>(values: readonly Value[]) => Value;
  /** As many characters, each one of `alphabet`. */
  readonly text: (length: number, alphabet: string) => string;
}

/** @param seed 0 to 2³²−1 @example createRandom(7).oneOf(["a", "b"]); // "a" */
export function createRandom(seed: number): Random {
  const generator = mersenne(seed);
  // 53 bits, as many as a number from 0 to 1 can have: genrand_res53 of those who made the generator.
  const real = () => ((generator.next() >>> 5) * 2 ** 26 + (generator.next() >>> 6)) / 2 ** 53;
  const int: Random["int"] = ({ min = 0, max }) => (min === max ? min : Math.floor(real() * (max - min + 1) + min));
  const oneOf: Random["oneOf"] = (values) => values[int({ max: values.length - 1 })] as never;
  return {
    int,
    oneOf,
    text(length, alphabet) {
      const characters = alphabet.split("");
      return Array.from({ length }, () => oneOf(characters)).join("");
    },
  };
}
