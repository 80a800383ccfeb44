import { expect, test } from "vitest";
import { createControl } from "../mocks/control/api.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import { NO_BODY } from "../src/exchange/request.js";
import { defineScenario } from "../src/scenario/define.js";
import { createSimulator, type Simulator } from "../src/simulator/simulator.js";
import { waitFor } from "../src/time.js";
import { createClock } from "./clock.js";
import { IMPORT } from "./doors.js";

/** Every exchange under it counts eight million bytes, of which twelve have room; one session's may be six. */
const LONG_ANSWER = "x".repeat(3_990_000);
const scenarios = [
  ...(await readScenarios()),
  defineScenario("long-answer", {
    summary: "Each poll gets four million characters.",
    steps: [{ state: "COMPLETE" }],
    faults: [{ answer: { status: 418, body: LONG_ANSWER } }],
  }),
];

function simulated() {
  return withPolls(createSimulator({ scenarios, now: createClock().now }));
}

function withPolls(simulator: Simulator) {
  const poll = (session: string, task = "long-answer") => {
    const headers = { Authorization: "Bearer any", "X-Mock-Session": session };
    const request = new Request(`http://localhost${IMPORT}/tasks/${task}/status`, { headers });
    return simulator.exchange(request, NO_BODY).response;
  };
  /** Numbers of the exchanges that a session's journal has. */
  const journal = (session: string) =>
    simulator
      .session(session)
      .journal()
      .entries()
      .map(({ id }) => id);
  return { simulator, poll, journal, evicted: () => evictedBy(simulator) };
}

function evictedBy({ memory }: Simulator): Readonly<Record<string, number>> {
  return Object.fromEntries(memory.accounts.flatMap(({ kind, evicted }) => (evicted > 0 ? [[kind, evicted]] : [])));
}

test("of all sessions' exchanges together the oldest is evicted first, whichever session it is of", () => {
  const { simulator, poll, journal, evicted } = simulated();
  for (let round = 0; round < 6; round += 1) for (const session of ["anna", "ben", "cleo"]) poll(session);
  expect([journal("anna"), journal("ben"), journal("cleo")]).toEqual([
    [3, 4, 5, 6],
    [3, 4, 5, 6],
    [3, 4, 5, 6],
  ]);
  expect(simulator.session("cleo").journal().forgotten()).toBe(2);
  expect(evicted()).toEqual({ exchange: 6 });
});

test("one session fills half of the memory and leaves the rest to the others", () => {
  const { poll, journal } = simulated();
  poll("anna");
  for (let polls = 0; polls < 50; polls += 1) poll("busy");
  expect([journal("anna"), journal("busy")]).toEqual([[1], [45, 46, 47, 48, 49, 50]]);
});

test("what a person steers is evicted after what only requests created, and these keep their newest quarter", () => {
  const { simulator, poll, journal } = simulated();
  simulator.session("person").use("happy");
  simulator.session("colleague").clock.freeze();
  for (let polls = 0; polls < 4; polls += 1) for (const session of ["person", "colleague"]) poll(session);
  for (let visit = 0; visit < 100; visit += 1) poll(`page-${visit}`);
  expect([journal("person"), journal("colleague")]).toEqual([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
  ]);
  const remembered = simulator.sessions().filter((name) => name.startsWith("page") && journal(name).length > 0);
  expect(remembered).toEqual(["page-96", "page-97", "page-98", "page-99"]);
});

test("where everything was steered the oldest goes, and who steers nothing keeps a journal all the same", () => {
  const { simulator, poll, journal } = simulated();
  for (let n = 0; n < 20; n += 1) {
    simulator.session(`steered-${n}`).use("happy");
    poll(`steered-${n}`);
  }
  for (let polls = 0; polls < 3; polls += 1) poll("app");
  expect(journal("app")).toEqual([1, 2, 3]);
  expect(simulator.sessions().filter((name) => name.startsWith("steered") && journal(name).length > 0)).toEqual(
    Array.from({ length: 9 }, (_, index) => `steered-${index + 11}`),
  );
});

test("a page that makes up sessions evicts its own, not those that a person made", () => {
  const { simulator, poll, evicted } = simulated();
  for (const person of ["anna", "ben"]) simulator.session(person).configure({ scenario: "slow" });
  poll("app", "happy");
  for (let visit = 0; visit < 1500; visit += 1) poll(`page-${visit}`, "happy");
  expect(simulator.sessions()).toHaveLength(1000);
  expect(simulator.sessions()).toEqual(expect.arrayContaining(["default", "anna", "ben", "page-1499"]));
  expect(simulator.hasSession("app")).toBe(false);
  expect(simulator.session("anna").settings().scenario).toBe("slow");
  expect(evicted()).toEqual({ session: 504 });
  // What they kept is given back: a thousand sessions have a task and an exchange each.
  expect(simulator.memory.tasks.bytes).toBeLessThan(1000 * 5000);
});

test("a reset and a removal give back what was kept", () => {
  const { simulator, poll } = simulated();
  for (const session of ["default", "anna"]) for (let polls = 0; polls < 3; polls += 1) poll(session);
  simulator.session("anna").inject("long-answer", { error: "rate-limited" }, 5);
  simulator.removeSession("anna");
  simulator.resetAll();
  const { exchanges, tasks, answers } = simulator.memory;
  expect([exchanges.bytes, tasks.bytes, answers.bytes]).toEqual([0, 0, 0]);
});

test("of all tasks the one polled longest ago goes first; one whose state a person chose is the last", () => {
  const { simulator, poll } = simulated();
  // Of such a long name, thirty-one have room.
  const name = (n: number) => `instant~${n}-${"a".repeat(500_000)}`;
  poll("default", "stuck-pending~forced");
  simulator.cancel("stuck-pending~forced", { message: "By hand." });
  poll("anna", "stuck-pending~old");
  for (let n = 0; n < 40; n += 1) poll("default", name(n));
  expect(simulator.session("anna").tasks()).toEqual([]);
  expect(simulator.tasks().length).toBeLessThanOrEqual(32);
  expect(simulator.task("stuck-pending~forced").status).toBe("CANCELED");
  expect(simulator.tasks().at(-1)?.id).toBe(name(39));
  expect(simulator.memory.tasks.bytes).toBeLessThanOrEqual(64_000_000);
});

test("of responses that wait for their polls the oldest is evicted first, and used ones take no room", () => {
  const { simulator, poll, evicted } = simulated();
  poll("anna", "happy");
  const inject = (status: number) =>
    simulator.session("anna").inject("happy", { answer: { status, headers: {}, body: LONG_ANSWER } }, 2);
  for (let status = 410; status < 416; status += 1) inject(status);
  expect(evicted()["answer"]).toBe(2);
  const told = Array.from({ length: 9 }, () => poll("anna", "happy").status);
  expect(told).toEqual([412, 412, 413, 413, 414, 414, 415, 415, 200]);
  expect(simulator.memory.answers.bytes).toBe(0);
});

test("metrics count what is kept and what was evicted", async () => {
  const { simulator, poll } = simulated();
  const app = createControl(simulator, { allowedHosts: [], now: Date.now, wait: waitFor });
  for (let polls = 0; polls < 8; polls += 1) poll("anna");
  const answer = await app.fetch(
    new Request("http://localhost/__mock/metrics", { headers: { Host: "localhost" } }),
    {},
  );
  const lines = (await answer.text()).split("\n").filter((line) => /^import_mock_(kept|evicted)/.test(line));
  const value = (name: string) =>
    Number(
      lines
        .find((line) => line.startsWith(name))
        ?.split(" ")
        .at(-1),
    );
  expect(value('import_mock_evicted_total{kind="exchange"}')).toBe(2);
  expect(value('import_mock_evicted_total{kind="event"}')).toBe(6);
  expect(value('import_mock_evicted_total{kind="session"}')).toBe(0);
  expect(value('import_mock_kept_bytes{kind="exchange"}')).toBeGreaterThan(6 * 7_980_000);
  expect(value('import_mock_kept_bytes{kind="exchange"}')).toBeLessThan(48_000_000);
});

test("the first eviction, the tenth and the hundredth are reported, not each", async () => {
  const told: string[] = [];
  const mock = await startMock({
    scenarios,
    port: 0,
    control: false,
    onEvict: ({ kind, evicted }) => told.push(`${kind} ${evicted}`),
  });
  const { poll } = withPolls(mock.simulator);
  for (let polls = 0; polls < 150; polls += 1) poll("default");
  await mock.close();
  expect(told).toEqual(["exchange 1", "exchange 10", "exchange 100"]);
});
