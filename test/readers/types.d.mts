import type { Generator } from "./generators.mjs";

type Group = Readonly<Record<string, unknown>>;

export function compile(
  typescript: object,
  written: Readonly<Record<string, Generator>>,
  answers: { readonly right: Group; readonly wrong: Group },
): Readonly<
  Record<
    string,
    {
      readonly compiles: boolean;
      readonly problems: readonly string[];
      readonly narrows: boolean;
      readonly accepted: number;
      readonly rejected: number;
    }
  >
>;
