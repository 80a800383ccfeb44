import { expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import type { TaskStatus } from "../src/contract/contract.js";
import { defineScenario } from "../src/scenario/define.js";
import { createSimulator, type SimulatorOptions } from "../src/simulator/simulator.js";
import { createClock } from "./clock.js";
import { CAT, IMPORT } from "./doors.js";

const scenarios = await readScenarios();
const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };

function simulated(options: Partial<SimulatorOptions> = {}) {
  const clock = createClock();
  const simulator = createSimulator({ scenarios, now: clock.now, ...options });
  const call = (path: string, init: RequestInit = {}) =>
    simulator.handle(
      new Request(`https://api.hubapi.com${path}`, { ...init, headers: { ...headers, ...init.headers } }),
    );
  return {
    clock,
    simulator,
    call,
    poll: (id: string, more = {}) => call(`${IMPORT}/tasks/${id}/status`, { headers: more }),
    look: async (id: string) => (await (await call(`${IMPORT}/tasks/${id}/status`)).json()) as TaskStatus,
    start: async () => (await (await call(IMPORT, { method: "POST", body: JSON.stringify(CAT) })).json()) as Locator,
  };
}

interface Locator {
  readonly id: string;
  readonly links: { readonly status: string };
}

test("of two scenarios with one name the later is the one, at first and after a reload", async () => {
  const mine = (state: "COMPLETE" | "CANCELED") => defineScenario("happy", { summary: "s", steps: [{ state }] });
  const { simulator, look } = simulated({ scenarios: [...scenarios, mine("CANCELED")] });
  const happy = () => simulator.scenarios().filter(({ name }) => name === "happy");
  expect([happy().length, (await look("happy")).status]).toEqual([1, "CANCELED"]);
  simulator.reload([...scenarios, mine("CANCELED"), mine("COMPLETE")]);
  expect([happy().length, (await look("happy~2")).status]).toEqual([1, "COMPLETE"]);
  const { met, missed } = simulator.coverage().scenarios;
  expect([met, missed.includes("happy")]).toEqual([["happy"], false]);
});

test.each<[object, string]>([
  [{ pace: "bogus" }, 'pace must be one of time, polls, manual, immediate; got "bogus".'],
  [{ speed: -1 }, "speed must be a number greater than 0; got -1."],
  [{ inFlightStatus: 203 }, "inFlightStatus must be one of 200, 202; got 203."],
  [{ failure: "x" }, 'failure must be one of canceled, complete, silent; got "x".'],
  [
    { limits: { daily: 0 } },
    'limits must be whole numbers of at least 1 for secondly, tenSecondly, daily; got {"daily":0}.',
  ],
  [
    { limits: { tenSecondli: 1 } },
    'limits must be whole numbers of at least 1 for secondly, tenSecondly, daily; got {"tenSecondli":1}.',
  ],
  [{ seed: 0.5 }, "seed must be a whole number from 0 to 4294967295; got 0.5."],
])("a session that is to be configured with %j stays as it is", (changes, message) => {
  const { simulator } = simulated();
  const session = simulator.session("mine");
  const before = session.settings();
  expect(() => session.configure({ scenario: "canceled", failure: "silent", ...changes })).toThrow(message);
  expect(session.settings()).toEqual(before);
});

test.each(["/hubspot", "/hubspot/"])("behind the base path %s the API is there, and nowhere else", async (basePath) => {
  const { call, simulator } = simulated({ basePath });
  const answer = await call(`/hubspot${IMPORT}`, { method: "POST", body: JSON.stringify(CAT) });
  const { id, links } = (await answer.json()) as Locator;
  expect(links.status).toBe(`https://api.hubapi.com/hubspot${IMPORT}/tasks/${id}/status`);
  expect((await call(new URL(links.status).pathname)).status).toBe(200);
  expect((await call(`/hubspots${IMPORT}/tasks/${id}/status`)).status).toBe(404);
  expect(simulator.journal().entries().at(-1)?.request.path).toMatch(/^\/hubspots\/files\//);
});

test("a budget begins anew where the clock is set back", async () => {
  const { simulator, poll } = simulated({ limits: { tenSecondly: 1 } });
  expect([(await poll("happy")).status, (await poll("happy")).status]).toEqual([200, 429]);
  simulator.clock.advance(-3_600_000);
  expect([(await poll("happy")).status, (await poll("happy")).status]).toEqual([200, 429]);
});

test("a task that is moved on while the clock is set back does not end before it started", async () => {
  const { simulator, look } = simulated({ pace: "manual" });
  await look("happy");
  simulator.clock.advance(5000);
  simulator.next();
  const { startedAt } = (await look("happy")) as { startedAt: string };
  simulator.clock.advance(-60_000);
  simulator.next();
  expect(await look("happy")).toMatchObject({ status: "COMPLETE", startedAt, completedAt: startedAt });
});

test("a reload changes future ends, and not one that was shown", async () => {
  const ending = (state: "COMPLETE" | "CANCELED") => [defineScenario("mine", { summary: "s", steps: [{ state }] })];
  const { simulator, look } = simulated({ scenarios: ending("COMPLETE"), scenario: "mine" });
  expect((await look("mine")).status).toBe("COMPLETE");
  simulator.reload(ending("CANCELED"));
  expect([(await look("mine")).status, (await look("mine~2")).status]).toEqual(["COMPLETE", "CANCELED"]);
  const [stage] = simulator.task("mine").stages;
  expect([simulator.tasks()[0]?.status, stage?.state]).toEqual(["COMPLETE", "COMPLETE"]);
  expect(() => simulator.cancel("mine")).toThrow("task mine has ended as COMPLETE");
});

test("a waiting response is not used up by a request over its scenario's limits", async () => {
  const { clock, simulator, poll } = simulated();
  const id = "rate-budget;calls=1";
  expect((await poll(id)).status).toBe(200);
  simulator.inject(id, { error: "locked" });
  expect((await poll(id)).status).toBe(429);
  clock.advance(10_000);
  expect((await poll(id)).status).toBe(423);
});

test("a token of a HEAD only is not the first token that a fault applied to", async () => {
  const mine = defineScenario("mine", {
    summary: "s",
    steps: [{ state: "PENDING" }],
    faults: [{ until: "new-token", error: "expired-token" }],
  });
  const { call, poll } = simulated({ scenarios: [mine], scenario: "mine" });
  await call(`${IMPORT}/tasks/mine/status`, { method: "HEAD", headers: { Authorization: "Bearer of-the-head" } });
  const statuses = [];
  for (const token of ["old", "old", "new"]) {
    statuses.push((await poll("mine", { Authorization: `Bearer ${token}` })).status);
  }
  expect(statuses).toEqual([401, 401, 200]);
});

test("a clock that runs past the last date stops there, and tasks continue", async () => {
  const { clock, simulator, look, start } = simulated();
  simulator.clock.set(Date.UTC(9998, 11, 31, 23, 59, 59));
  clock.advance(86_400_000);
  expect(new Date(simulator.clock.now()).toISOString()).toBe("9998-12-31T23:59:59.999Z");
  const { id } = await start();
  expect(await look(id)).toMatchObject({ status: "PENDING", requestedAt: "9998-12-31T23:59:59.999Z" });
});

const LONG = "x".repeat(100_000);
const LONG_CALL = { method: "POST", body: LONG, headers: { "Content-Type": "text/plain" } };

test("a journal of long bodies keeps twenty-four million characters, and counts anew once it is cleared", async () => {
  const { simulator, call } = simulated();
  const journal = simulator.journal();
  for (let calls = 0; calls < 330; calls += 1) await call(IMPORT, LONG_CALL);
  const characters = journal.entries().map(({ sent, response }) => (sent.body?.length ?? 0) + response.body.length);
  const sum = characters.reduce((total, one) => total + one, 0);
  expect(journal.forgotten()).toBeGreaterThan(0);
  expect(sum).toBeLessThanOrEqual(24_000_000);
  expect(sum).toBeGreaterThan(23_000_000);
  journal.clear();
  for (let calls = 0; calls < 10; calls += 1) await call(IMPORT, LONG_CALL);
  expect([journal.entries().length, journal.forgotten()]).toEqual([10, 0]);
});

test("of more than a thousand tokens the oldest is forgotten: a client that makes up tokens fills no memory", async () => {
  const { simulator, poll } = simulated();
  const pollWith = (token: string) => poll("happy", { Authorization: `Bearer ${token}` });
  const tokenId = async (token: string) => {
    await pollWith(token);
    return simulator.journal().entries().at(-1)?.sent.tokenId;
  };
  expect([await tokenId("first"), await tokenId("second"), await tokenId("first")]).toEqual([
    "token-1",
    "token-2",
    "token-1",
  ]);
  for (let other = 0; other < 999; other += 1) await pollWith(`other-${other}`);
  expect([await tokenId("second"), await tokenId("first")]).toEqual(["token-2", "token-1002"]);
});

test("after a restart the time in between has passed, and a machine's clock that was set back sets nothing back", () => {
  const { clock, simulator } = simulated();
  const anna = simulator.session("anna");
  anna.clock.advance(60_000);
  const kept = JSON.parse(JSON.stringify(simulator.snapshots()));
  const shownAt = (movedMs: number, isRestart: boolean) => {
    const after = simulated({ now: () => clock.now() + movedMs }).simulator;
    after.restoreAll(kept, { isRestart });
    return [after.clock.now(), after.session("anna").clock.now()].map((at) => at - clock.now());
  };
  expect(shownAt(5000, true)).toEqual([5000, 65_000]);
  expect(shownAt(-3_600_000, true)).toEqual([0, 60_000]);
  expect(shownAt(5000, false)).toEqual([0, 60_000]);
});
