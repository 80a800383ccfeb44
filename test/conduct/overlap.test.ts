import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judgeConduct } from "../../src/judge/conduct.js";
import { START } from "../clock.js";
import { poll, submit } from "./timeline.js";

function resultOf(rule: string, exchanges: readonly RecordedExchange[], atMs?: number): string | undefined {
  const options = atMs === undefined ? {} : { watchedUntil: START + atMs };
  return judgeConduct(exchanges, options).checks.find(({ id }) => id === rule)?.result;
}

const lasting = (durationMs: number) => ({ durationMs });
const UNKNOWN = lasting(-1);

test("of errors that come side by side the last is the one that is waited after", () => {
  // Two pollers, and one of them tries on: with 300, 600 and 1200 ms.
  const errors = [0, 300, 900].flatMap((atMs) => [poll(atMs, 503, lasting(50)), poll(atMs + 20, 503, lasting(60))]);
  expect(resultOf("backs-off", [...errors, poll(2100, "PENDING")])).toBe("pass");
  const alike = [0, 300, 600].flatMap((atMs) => [poll(atMs, 503, lasting(50)), poll(atMs + 20, 503, lasting(60))]);
  expect(resultOf("backs-off", [...alike, poll(900, "PENDING")])).toBe("fail");
});

test("a search that was under way when the last one failed is none too many", () => {
  const search = [0, 1000, 2000, 3000, 4000].map((atMs) => poll(atMs, 404, lasting(100)));
  expect(resultOf("no-retry-of-refusals", [...search, poll(4050, 404)])).not.toBe("fail");
  expect(resultOf("no-retry-of-refusals", [...search, poll(4100, 404)])).toBe("fail");
});

test("a poll that finds the task begins the search anew, also if it was sent before one that did not find it", () => {
  const found = [poll(0, "PENDING", lasting(300)), poll(100, 404, lasting(100))];
  const search = [1000, 2000, 3000, 4000, 5000].map((atMs) => poll(atMs, 404, lasting(100)));
  expect(resultOf("no-retry-of-refusals", [...found, ...search])).not.toBe("fail");
  expect(resultOf("no-retry-of-refusals", [...found, ...search, poll(6000, 404)])).toBe("fail");
});

test("a client that still waits for a response has not given up, whatever other responses it got meanwhile", () => {
  const polls = [poll(0, "PENDING"), poll(1000, "PENDING", lasting(9000)), poll(2000, "PENDING", lasting(10))];
  expect(resultOf("bounded-polling", polls, 12_000)).toBe("not-exercised");
  expect(resultOf("bounded-polling", polls, 13_000)).toBe("pass");
});

test("an import that is sent again while the first is under way is a button that was pressed twice", () => {
  expect(resultOf("one-submit", [submit(0, "a", lasting(300)), submit(100, "b", lasting(300))])).toBe("fail");
});

test.each(["COMPLETE", "CANCELED"] as const)(
  "a poll after %s that may have been sent before it is not judged",
  (end) => {
    const rule = end === "COMPLETE" ? "stops-at-end" : "reads-canceled";
    expect(resultOf(rule, [poll(0, end, UNKNOWN)])).toBe("pass");
    expect(resultOf(rule, [poll(0, end, UNKNOWN), poll(1000, end, UNKNOWN)])).toBe("not-exercised");
    // Whenever the first came: the second was answered, and the third sent after that.
    expect(resultOf(rule, [poll(0, end, UNKNOWN), poll(1000, end), poll(2000, end)])).toBe("fail");
  },
);

test("if it is unknown how long requests took, a retry or a second import cannot be distinguished from an overlapping one", () => {
  const refused = [poll(0, 403, UNKNOWN), poll(1000, 403, UNKNOWN), poll(2000, "PENDING")];
  expect(resultOf("no-retry-of-refusals", refused)).toBe("not-exercised");
  const again = [submit(0, "task-1"), poll(100, "CANCELED", UNKNOWN), submit(5000, "task-2")];
  expect(resultOf("one-submit", again)).toBe("pass");
});

test("polls after an end whose time of reading is unknown are not polls of a running task", () => {
  const polls = Array.from({ length: 400 }, (_, index) => poll(index * 1000, "COMPLETE", UNKNOWN));
  const { checks } = judgeConduct(polls);
  expect(checks.filter(({ result }) => result === "fail")).toEqual([]);
});
