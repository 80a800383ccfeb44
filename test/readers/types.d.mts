import type { Generator } from "./generators.mjs";

export function compile(
  compiler: string,
  written: Readonly<Record<string, Generator>>,
  answers: Readonly<Record<string, unknown>>,
): Readonly<
  Record<
    string,
    {
      readonly compiles: boolean;
      readonly problems: readonly string[];
      readonly narrows: boolean;
      readonly accepted: readonly string[];
    }
  >
>;
