import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judgeConduct } from "../../src/judge/conduct.js";
import { createBackOff } from "./good-back-off.js";
import { poll } from "./timeline.js";

const MOST_ERRORS = 8;

/** A client that meets some errors, waits after each by its own way, and then sees the end. */
function meetsErrors(errors: number, pauseMs: (errors: number) => number): readonly RecordedExchange[] {
  let atMs = 0;
  const refused = Array.from({ length: errors }, (_, index) => {
    const error = poll(atMs, 503);
    atMs += pauseMs(index + 1);
    return error;
  });
  return [...refused, poll(atMs, "COMPLETE")];
}

function resultOf(exchanges: readonly RecordedExchange[]): string | undefined {
  return judgeConduct(exchanges).checks.find(({ id }) => id === "backs-off")?.result;
}

test.each(["full", "equal", "decorrelated"] as const)(
  "two thousand clients that back off with %s jitter raise no alarm",
  (kind) => {
    const results = Array.from({ length: 2000 }, (_, seed) => {
      const backOff = { kind, firstMs: 500 + (seed % 1501), growth: 2, longestMs: 16_000, seed };
      return resultOf(meetsErrors(1 + (seed % MOST_ERRORS), createBackOff(backOff, Math.round)));
    });
    expect(results.filter((result) => result === "fail")).toEqual([]);
    expect(results.filter((result) => result === "pass").length).toBeGreaterThan(1700);
  },
);

const ways = {
  "at once": () => 2,
  "after 100 ms": () => 100,
  "after 50 to 150 ms": (errors: number) => 50 + ((errors * 37) % 101),
  "each second": () => 1000,
  "ever sooner": (errors: number) => 200 / errors,
};

test.each(Object.entries(ways))("a client that tries again %s through an outage fails", (_, pauseMs) => {
  for (const errors of [MOST_ERRORS, 20, 100]) expect(resultOf(meetsErrors(errors, pauseMs)), `${errors}`).toBe("fail");
});
