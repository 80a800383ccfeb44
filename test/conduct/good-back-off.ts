import fc from "fast-check";
import { createRandom } from "../random.js";

/** How a good client waits after errors. */
export interface BackOff {
  readonly kind: (typeof KINDS)[number];
  readonly firstMs: number;
  /** What the pause, or its limit, is multiplied by after each error. */
  readonly growth: number;
  readonly longestMs: number;
  /** What its jitter is drawn from. */
  readonly seed: number;
}

/**
 * `growing`: each pause longer than the one before, but for a part that chance adds. Of the others, chance is the whole: full
 * jitter waits anything up to a limit that doubles, equal jitter at least half of that, and decorrelated jitter anything up to
 * three times the pause before. @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
 */
const KINDS = ["growing", "full", "equal", "decorrelated"] as const;

/** Chance has to be chance: fast-check is fond of the least and the most that it can draw. */
const seeds = fc.noBias(fc.integer({ min: 0, max: 2 ** 31 - 1 }));

const longest = fc.integer({ min: 5000, max: 30_000 });

export const backOffs: fc.Arbitrary<BackOff> = fc.oneof(
  fc.record({
    kind: fc.constant("growing" as const),
    firstMs: fc.integer({ min: 500, max: 6000 }),
    growth: fc.double({ min: 1.6, max: 3, noNaN: true }),
    longestMs: longest,
    seed: seeds,
  }),
  fc.record({
    kind: fc.constantFrom(...KINDS.slice(1)),
    firstMs: fc.integer({ min: 500, max: 2000 }),
    growth: fc.constant(2),
    longestMs: longest,
    seed: seeds,
  }),
);

/** @param chance adds to a growing pause @returns how long to wait after so many errors in a row, in milliseconds */
export function createBackOff(
  { kind, firstMs, growth, longestMs, seed }: BackOff,
  chance: (ms: number) => number,
): (errors: number) => number {
  const random = createRandom(seed);
  let before = firstMs;
  return (errors) => {
    const limit = Math.min(longestMs, firstMs * growth ** (errors - 1));
    if (errors === 1) before = firstMs;
    switch (kind) {
      case "growing":
        return chance(limit);
      case "full":
        return Math.round(random() * limit);
      case "equal":
        return Math.round(limit / 2 + (random() * limit) / 2);
      case "decorrelated":
        before = Math.min(longestMs, firstMs + random() * (3 * before - firstMs));
        return Math.round(before);
    }
  };
}
