import { distance } from "fastest-levenshtein";

/**
 * Up to three names that differ little from a mistyped one, whatever its case, the nearest first.
 *
 * @example nearestNames("hapy", ["canceled", "happy", "slow"]); // ["happy"]
 */
export function nearestNames(name: string, names: readonly string[]): readonly string[] {
  const typed = name.slice(0, 100).toLowerCase();
  const ranked = names
    .map((known) => ({ known, apart: distance(typed, known.toLowerCase()) }))
    .sort((a, b) => a.apart - b.apart || a.known.localeCompare(b.known));
  const near = ranked.filter(({ known, apart }) => apart <= known.length / 2);
  return near.slice(0, 3).map(({ known }) => known);
}
