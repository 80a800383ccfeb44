import fc from "fast-check";
import { anyCharacter } from "../any-character.js";

/** How often each parser is tried; more with `FUZZ_RUNS=20000`. */
export const RUNS = Number(process.env["FUZZ_RUNS"] ?? 40);

/** What a JSON value may become: of another type, too large, too deep, or named as the language names things. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.constantFrom(null, -1, 0.5, 1e308, 2 ** 53, "", "__proto__", "constructor", "$url", "9".repeat(400), {}, []),
);

const names = fc.oneof(
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.constantFrom("", "__proto__", "constructor", "toString"),
);

/** A JSON value with a few of its parts replaced, removed or added. */
export function mutated(original: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(original);
  const change = fc.record({ place: fc.constantFrom(...places), value: odd, name: names, kind: fc.nat(3) });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const copy = { root: structuredClone(original) };
    for (const { place, value: original, name, kind } of changes) {
      const value = structuredClone(original);
      const parent = place.slice(0, -1).reduce<unknown>((node, key) => getOwn(node, key), copy);
      const key = place.at(-1) as string;
      if (typeof parent !== "object" || parent === null) continue;
      if (kind === 0) Reflect.deleteProperty(parent, key);
      else
        Object.defineProperty(parent, kind === 1 ? name : key, {
          value,
          enumerable: true,
          configurable: true,
          writable: true,
        });
    }
    // A document that is gone is no JSON.
    return copy.root ?? null;
  });
}

/** A text with a few pieces replaced, repeated or cut. */
export function mutatedText(original: string, pieces: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: anyCharacter, maxLength: 8 }));
  const change = fc.record({
    at: fc.nat(original.length),
    length: fc.nat(12),
    piece,
    times: fc.constantFrom(1, 1, 1, 200),
  });
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) =>
    changes.reduce((text, { at, length, piece: one, times }) => {
      return text.slice(0, at) + one.repeat(times) + text.slice(at + length);
    }, original),
  );
}

function placesIn(value: unknown, place: readonly string[] = ["root"]): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...place, key]))];
}

function getOwn(node: unknown, key: string): unknown {
  return typeof node === "object" && node !== null ? Object.getOwnPropertyDescriptor(node, key)?.value : undefined;
}
