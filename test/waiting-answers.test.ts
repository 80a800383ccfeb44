import { expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { effectSource } from "../src/scenario/effect.js";
import { readEffect } from "../src/scenario/read-effect.js";
import { createSimulator } from "../src/simulator/simulator.js";

const scenarios = await readScenarios();
const ofCatalogue = scenarios.flatMap(({ faults }) => faults.map(({ effect }) => effect));

test.each([
  ...ofCatalogue.map((effect) => ({ ...effect, accepted: undefined })),
  { error: "rate-limited", retryAfterMs: 1004.9999999999999 },
  { page: 503, retryAfterMs: 0.5 },
  { wire: "drip", chunks: 3, pauseMs: 0 },
  { alter: [{ shift: "/completedAt", byMs: -90_000 }] },
  { answer: { status: 204, headers: {}, body: "" } },
  { answer: { status: 418, headers: { "Content-Type": "application/json;charset=utf-8" }, body: '{"a":1}' } },
])("the effect %j is written so that it is read as the same", (effect) => {
  const plain = JSON.parse(JSON.stringify(effect));
  const read = readEffect(JSON.parse(JSON.stringify(effectSource(plain))));
  const rounded = JSON.parse(JSON.stringify(read), (_, value) =>
    typeof value === "number" ? Math.round(value * 1000) / 1000 : value,
  );
  const expected = JSON.parse(JSON.stringify({ effect: plain }), (_, value) =>
    typeof value === "number" ? Math.round(value * 1000) / 1000 : value,
  );
  expect(rounded).toEqual(expected);
});

test("waiting responses are part of a snapshot, each with its remaining count", async () => {
  const create = () => createSimulator({ scenarios, pace: "polls", now: () => Date.UTC(2026, 8, 14) });
  const [before, after] = [create(), create()];
  const poll = async (simulator: typeof before) => {
    const url = "http://localhost/files/v3/files/import-from-url/async/tasks/happy/status";
    return (await simulator.handle(new Request(url, { headers: { Authorization: "Bearer any" } }))).status;
  };
  await poll(before);
  before.inject("happy", { error: "locked" }, 1002);
  before.inject("happy", { error: "rate-limited", retryAfterMs: 5000 });
  before.inject("happy", { answer: { status: 418, headers: {}, body: "tea" } });
  for (let polls = 0; polls < 1000; polls += 1) await poll(before);
  const kept = JSON.parse(JSON.stringify(before.snapshot()));
  expect(kept.tasks[0].injected).toEqual([
    { error: "locked", times: 2 },
    { error: "rate-limited", retryAfter: "5s", times: 1 },
    { answer: { status: 418, headers: {}, body: "tea" }, times: 1 },
  ]);
  after.restore("default", kept);
  const statuses = [];
  for (let polls = 0; polls < 5; polls += 1) statuses.push(await poll(after));
  expect(statuses).toEqual([423, 423, 429, 418, 200]);
});
