import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judge } from "../../src/judge/judge.js";
import type { Report } from "../../src/judge/report.js";
import { answer } from "./interleaving/bodies.js";
import { faults } from "./interleaving/faults.js";
import { type Chance, createChance, recordConforming } from "./interleaving/record.js";

function failed({ checks }: Report): readonly string[] {
  return checks.filter(({ findings }) => findings.length > 0).map(({ id }) => id);
}

/** The checks that compare what several requests were answered. */
const COMPARING = [
  ...["task-known", "task-id", "state-order", "terminal-state", "requested-at", "date-order", "no-future", "end-fixed"],
  ...["ends-in-time", "availability", "result-as-asked"],
];

/** These are many clients, not a run: without a limit, a task may take any time. */
const LIMIT = { timeoutMs: 60_000 };

test("of ten thousand servers that keep the contract none is accused, however requests overlap or get lost", {
  timeout: 180_000,
}, () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const chance = createChance(seed);
    const exchanges = recordConforming(chance, { tasks: 20, timeless: chance.pick([0, 0.1]) });
    // The others look at one response each: a few recordings show that these keep the contract there, too.
    const report = judge(exchanges, seed % 20 === 0 ? LIMIT : { ...LIMIT, only: COMPARING });
    expect({ seed, failed: failed(report) }).toEqual({ seed, failed: [] });
  }
});

test("a task's states are accused where no order of its polls explains them, and nowhere else", () => {
  const seen = { explained: 0, accused: 0 };
  for (let seed = 1; seed <= 1000; seed += 1) {
    const polls = randomPolls(createChance(seed));
    const isExplained = permutations(polls).some((order) => isPossible(order) && isLawful(order));
    const found = failed(judge(polls, { only: ["state-order", "terminal-state"] }));
    expect({ seed, isExplained: found.length === 0 }).toEqual({ seed, isExplained });
    seen[isExplained ? "explained" : "accused"] += 1;
  }
  expect(Math.min(seen.explained, seen.accused)).toBeGreaterThan(100);
});

test.each(faults)("a server that $does is caught by $breaks alone, whatever overlaps", ({ breaks, put }) => {
  const found = until(40, (chance) => {
    const broken = put(recordConforming(chance, { tasks: 2 }), chance, () => true);
    return broken && { ...broken, report: judge(broken.recording, LIMIT) };
  });
  for (const { seed, report, proof } of found) {
    expect({ seed, failed: failed(report) }).toEqual({ seed, failed: [breaks] });
    const named = report.checks.flatMap(({ findings }) => findings.flatMap(({ exchanges }) => exchanges));
    expect(named, `seed ${seed}`).toEqual(expect.arrayContaining([...proof].slice(-1)));
  }
});

test("of two faults at once each is caught by its own check, and nothing else is", () => {
  const found = until(250, (chance) => {
    // What is put behind everything comes last.
    const [one, other] = [chance.pick(faults), chance.pick(faults)].sort(
      (a, b) => faults.indexOf(a) - faults.indexOf(b),
    );
    if (!one || !other) return undefined;
    const first = one.put(recordConforming(chance, { tasks: 2 }), chance, () => true);
    const both = first && other.put(first.recording, chance, (index) => !first.proof.includes(index));
    return both && { faults: [one, other], report: judge(both.recording, LIMIT) };
  });
  for (const { seed, faults, report } of found) {
    const expected = [...new Set(faults.map(({ breaks }) => breaks))].sort();
    expect({ seed, does: faults.map(({ does }) => does), failed: [...failed(report)].sort() }).toEqual({
      seed,
      does: faults.map(({ does }) => does),
      failed: expected,
    });
  }
});

/** As many values as are wanted, each with the seed of its chance. */
function until<Value extends object>(wanted: number, make: (chance: Chance) => Value | undefined) {
  const found: (Value & { readonly seed: number })[] = [];
  for (let seed = 1; found.length < wanted; seed += 1) {
    const value = make(createChance(seed));
    if (value) found.push({ ...value, seed });
  }
  return found;
}

/** Up to five polls of one task, each with any state. */
function randomPolls(chance: Chance): readonly RecordedExchange[] {
  const states = chance.pick([["PENDING", "PROCESSING", "COMPLETE"], ["PROCESSING", "COMPLETE"], Object.keys(RANKS)]);
  const url = "https://api.hubapi.com/files/v3/files/import-from-url/async/tasks/a/status";
  const polls = Array.from({ length: chance.integer(2, 5) }, () => ({
    startedAt: chance.integer(0, 12),
    durationMs: chance.integer(1, 8),
    request: { method: "GET", url, headers: {} },
    response: answer(200, { taskId: "a", status: chance.pick(states) }),
  }));
  return polls.sort((a, b) => a.startedAt - b.startedAt);
}

function permutations<Value>(values: readonly Value[]): readonly (readonly Value[])[] {
  if (values.length === 0) return [[]];
  return values.flatMap((value) => permutations(values.filter((one) => one !== value)).map((rest) => [value, ...rest]));
}

/** Whether nothing stands before what was answered before it was sent. */
function isPossible(order: readonly RecordedExchange[]): boolean {
  return order.every((one, position) =>
    order.slice(position + 1).every((next) => next.startedAt + next.durationMs > one.startedAt),
  );
}

const RANKS: Readonly<Record<string, number>> = { PENDING: 0, PROCESSING: 1, COMPLETE: 2, CANCELED: 2 };

/** Whether a task may go through its states so. */
function isLawful(order: readonly RecordedExchange[]): boolean {
  const states = order.map(({ response }) => JSON.parse(response?.body ?? "").status as string);
  const isOneEnd = !(states.includes("COMPLETE") && states.includes("CANCELED"));
  return isOneEnd && states.every((state, index) => (RANKS[state] ?? 0) >= (RANKS[states[index - 1] ?? ""] ?? 0));
}
