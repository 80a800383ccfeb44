import fc from "fast-check";
import { expect, test } from "vitest";
import { scenarioDetails } from "../bin/scenario-details.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { defineScenario } from "../src/scenario/define.js";
import type { Scenario } from "../src/scenario/scenario.js";
import { createSimulator, type SimulatorOptions } from "../src/simulator/simulator.js";
import { type Door, openDoor } from "./doors.js";

/** How a polite client waits: at one interval, or longer and longer. In milliseconds. */
const waits = fc
  .record({ interval: fc.integer({ min: 500, max: 30_000 }), growth: fc.constantFrom(1, 1.5, 2) })
  .map(({ interval, growth }) =>
    Array.from({ length: 40 }, (_, index) => Math.min(interval * growth ** index, 60_000)),
  );

type Body = { readonly status: string; readonly result?: { readonly id: string }; readonly startedAt?: string };

/** What a client is told that polls until the task was over for a while, repetitions left out. */
async function told(door: Door, scenario: string, pauses: readonly number[]) {
  const bodies: Body[] = [];
  for (const pause of pauses) {
    door.clock.advance(pause);
    bodies.push((await door.look(scenario)) as never);
  }
  const texts = bodies.map(({ status, result }) => `${status}${result ? ` ${result.id}` : ""}`);
  return texts.filter((text, index) => text !== texts[index - 1]);
}

const paces: readonly Partial<SimulatorOptions>[] = [{ pace: "time" }, { pace: "polls" }, { pace: "immediate" }];

test.each(paces)("under $pace an end goes back, its file changes, a state goes back: at any interval", async (pace) => {
  await fc.assert(
    fc.asyncProperty(waits, async (pauses) => {
      const door = await openDoor("simulator", pace);
      const back = await told(door, "end-goes-back", pauses);
      expect(back.slice(-3)).toEqual([expect.stringMatching(/^COMPLETE/), "PROCESSING", back.at(-3)]);
      const changed = await told(door, "end-changes", pauses);
      expect(changed.slice(-2)).toEqual([expect.stringMatching(/^COMPLETE \d+/), "COMPLETE 100000000001"]);
      const earlier = (await told(door, "state-goes-back", pauses)).map((text) => text.slice(0, 10));
      expect(earlier.slice(earlier.indexOf("PROCESSING"))[1]).toBe("PENDING");
      expect(earlier.at(-1)).toMatch(/^COMPLETE/);
    }),
    { numRuns: 40 },
  );
});

test("a poll that a limit rejects shows no state, so that it does not count", async () => {
  const scenario = defineScenario("counted", {
    summary: "Is COMPLETE, then PROCESSING.",
    steps: [{ state: "COMPLETE" }],
    faults: [{ polls: 2, during: ["COMPLETE"], alter: [{ set: "/status", to: "PROCESSING" }] }],
    limits: { secondly: 1 },
  });
  const { clock, poll } = await openDoor("simulator", { scenarios: [scenario], scenario: "counted" });
  const statuses: unknown[] = [];
  for (const pause of [0, 0, 0, 1000]) {
    clock.advance(pause);
    statuses.push(((await (await poll("counted")).json()) as Body).status);
  }
  expect(statuses).toEqual(["COMPLETE", "error", "error", "PROCESSING"]);
});

test("a fault with during counts the polls of these states together, and no others", async () => {
  const scenario = defineScenario("counted", {
    summary: "Is locked at the second poll that is PROCESSING or COMPLETE.",
    steps: [{ state: "PENDING", for: "1s", polls: 3 }, { state: "PROCESSING", for: "1s" }, { state: "COMPLETE" }],
    faults: [{ polls: 2, during: ["PROCESSING", "COMPLETE"], error: "locked" }],
  });
  const { poll } = await openDoor("simulator", { pace: "polls", scenarios: [scenario], scenario: "counted" });
  const statuses: number[] = [];
  for (let polls = 0; polls < 6; polls += 1) statuses.push((await poll("counted")).status);
  expect(statuses).toEqual([200, 200, 200, 200, 423, 200]);
});

test("how often a state was found survives a snapshot and a reload of the page", async () => {
  const items = new Map<string, string>();
  const storage = {
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
  const options = {
    scenarios: await readScenarios(),
    scenario: "end-goes-back",
    pace: "immediate",
    now: () => 0,
    storage,
  } as const;
  const tasks = "https://api.hubapi.com/files/v3/files/import-from-url/async";
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
  const before = createSimulator(options);
  const body = JSON.stringify({ url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/" });
  const { id } = (await (await before.handle(new Request(tasks, { method: "POST", headers, body }))).json()) as {
    id: string;
  };
  const look = async (simulator: typeof before) =>
    ((await (await simulator.handle(new Request(`${tasks}/tasks/${id}/status`, { headers }))).json()) as Body).status;
  expect(await look(before)).toBe("COMPLETE");
  const snapshot = JSON.parse(JSON.stringify(before.snapshot()));
  expect(await look(createSimulator(options))).toBe("PROCESSING");
  items.clear();
  const restored = createSimulator(options);
  restored.restore("default", snapshot);
  expect(await look(restored)).toBe("PROCESSING");
});

test("the command says which polls are counted", async () => {
  const text = async (name: string) =>
    scenarioDetails((await readScenarios()).find((one) => one.name === name) as Scenario);
  expect(await text("end-goes-back")).toContain("Fault: polls 2 to 3 of those while COMPLETE: set /status");
  expect(await text("state-goes-back")).toContain("Fault: poll 2 of those while PROCESSING or COMPLETE: set /status");
});

test.each([
  ["end-goes-back", ["PENDING", "PROCESSING", "COMPLETE", "PROCESSING", "COMPLETE"]],
  ["state-goes-back", ["PENDING", "PROCESSING", "PENDING", "PROCESSING", "COMPLETE"]],
])("under pace manual, too, what is shown goes back: %s", async (name, states) => {
  const simulator = createSimulator({ scenarios: await readScenarios(), pace: "manual", now: () => 0 });
  const url = `https://api.hubapi.com/files/v3/files/import-from-url/async/tasks/${name}/status`;
  const seen: string[] = [];
  for (let move = 0; move < 3; move += 1) {
    for (let polls = 0; polls < 4; polls += 1) {
      const answer = await simulator.handle(new Request(url, { headers: { Authorization: "Bearer any" } }));
      seen.push(((await answer.json()) as Body).status);
    }
    simulator.next();
  }
  expect(seen.filter((state, index) => state !== seen[index - 1])).toEqual(states);
});
