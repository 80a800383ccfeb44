import { expect, test } from "vitest";
import { defineScenario } from "../src/scenario/define.js";
import { parseScenario } from "../src/scenario/parse.js";
import { catalogueOf, requireScenario } from "../src/session/choose-scenario.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { decodeTaskId } from "../src/task/task-id.js";
import { openDoor, throughEachDoor } from "./doors.js";

const FIVE = { "X-Mock-Scenario": "rate-limited;retryAfter=5;burst=3" };

throughEachDoor("a scenario gets its parameters in the header, and every response names them", async (open) => {
  const { start, poll } = await open({ pace: "polls" });
  const id = await start({}, FIVE);
  const statuses = [];
  for (let count = 0; count < 5; count += 1) {
    const answer = await poll(id);
    statuses.push(answer.status);
    expect(answer.headers.get("x-mock-scenario")).toBe("rate-limited;retryAfter=5s;burst=3; why=task");
    expect(answer.headers.get("retry-after")).toBe(answer.status === 429 ? "5" : null);
  }
  expect(statuses).toEqual([200, 429, 429, 429, 200]);
});

throughEachDoor("a fragment, the default and a task's name in the path take parameters, too", async (open) => {
  const { start, poll } = await open({ pace: "polls", scenario: "server-error;burst=1" });
  const scenarioOf = async (id: string) => (await poll(id)).headers.get("x-mock-scenario")?.split("; ")[0];
  expect(await scenarioOf(await start({ url: "https://a.test/cat.png#mock=happy;queued=9" }))).toBe("happy;queued=9s");
  expect(await scenarioOf(await start())).toBe("server-error;burst=1");
  expect(await scenarioOf("rate-limited;burst=3")).toBe("rate-limited;burst=3");
  expect(await scenarioOf("rate-limited;burst=3~2")).toBe("rate-limited;burst=3");
});

throughEachDoor("a task's id carries the parameters, so that another mock goes on", async (open) => {
  const { clock, start } = await open();
  const id = await start({}, { "X-Mock-Scenario": "happy;stored=1h;queued=1s" });
  expect(decodeTaskId(id)?.scenario).toBe("happy;stored=1h");
  const restarted = await open();
  restarted.clock.advance(clock.now() - restarted.clock.now() + 3_600_000);
  expect((await restarted.look(id)).status).toBe("PROCESSING");
  restarted.clock.advance(1000);
  expect((await restarted.look(id)).status).toBe("COMPLETE");
});

throughEachDoor("a tilde in a value begins no label: the reference in a response is that task", async (open) => {
  const { start, poll, look } = await open({ pace: "immediate" });
  const id = await start({}, { "X-Mock-Scenario": "result-named;name=a~b" });
  const reference = (await poll(id)).headers.get("x-mock-scenario")?.split("; ")[0] ?? "";
  for (const name of [reference, `${reference}~2`]) {
    expect(await look(encodeURIComponent(name))).toMatchObject({ taskId: name, result: { path: "/library/a~b" } });
  }
});

throughEachDoor("a link to a task whose name needs encoding leads to it", async (open) => {
  const { look, call } = await open({ pace: "immediate" });
  const task = await look("result-named;name=a%2520%253Cb%253E.png");
  expect(task).toMatchObject({ status: "COMPLETE", result: { path: "/library/a <b>.png" } });
  const { pathname } = new URL(task.links?.["status"] ?? "");
  expect(await (await call(pathname)).json()).toMatchObject({ taskId: task.taskId });
});

const RATE_LIMITED =
  "It has: retryAfter (a duration such as 5, 5s or 500ms; default 2s); burst (a whole number from 1 to 100; default 1); " +
  "queued (a duration such as 5, 5s or 500ms; default 1s); stored (a duration such as 5, 5s or 500ms; default 2s); " +
  "poll (a whole number from 1 to 1000; default 2).";

test.each([
  [
    "rate-limited;wait=5",
    `The scenario "rate-limited" has no parameter "wait"; got "5". Write rate-limited;retryAfter=2s. ${RATE_LIMITED}`,
    "UNKNOWN_PARAMETER",
  ],
  [
    "rate-limited;bursts=7",
    'The scenario "rate-limited" has no parameter "bursts"; got "7". Write rate-limited;burst=7. It has: ',
    "UNKNOWN_PARAMETER",
  ],
  [
    "slow;Queued=5",
    'The scenario "slow" has no parameter "Queued"; got "5". Write slow;queued=5s. It has: ',
    "UNKNOWN_PARAMETER",
  ],
  [
    "instant;queued=2",
    'The scenario "instant" has no parameter "queued"; got "2". It has none: write instant.',
    "UNKNOWN_PARAMETER",
  ],
  [
    "rate-limited;burst=1;burst=2",
    `burst is given twice. Give it once. Write rate-limited;burst=1. ${RATE_LIMITED}`,
    "INVALID_PARAMETER",
  ],
  [
    "rate-limited;burst=101",
    `burst must be a whole number from 1 to 100; got "101". Write rate-limited;burst=1. ${RATE_LIMITED}`,
    "INVALID_PARAMETER",
  ],
  ["rate-limited;burst=", 'burst must be a whole number from 1 to 100; got "".', "INVALID_PARAMETER"],
  [
    "rate-limited;retryAfter=soon",
    'retryAfter must be a duration such as 5, 5s or 500ms; got "soon". Write rate-limited;retryAfter=2s.',
    "INVALID_PARAMETER",
  ],
  [
    "edge-page;status=418",
    'status must be one of 502, 503, 504, 521, 523, 524; got "418". Write edge-page;status=502.',
    "INVALID_PARAMETER",
  ],
  ["canceled;message=", 'message must be a text of 1 to 200 characters; got "".', "INVALID_PARAMETER"],
  [
    "token-expires;after=30s",
    'after must be a whole number from 0 to 1000000; got "30s". Write token-expires;after=1. It has: ',
    "INVALID_PARAMETER",
  ],
  [
    "happy;queued=-1s",
    'The values of happy;queued=-1s contradict each other: /steps/0/for: "-1s" is not a valid duration. Write a number with a unit, such as 500ms, 2s or 1m.',
    "INVALID_PARAMETER",
  ],
])("%s gets a 400 that says what would have done", async (reference, message, code) => {
  const { poll } = await openDoor("simulator");
  for (const answer of [await poll("happy", { "X-Mock-Scenario": reference }), await poll(reference)]) {
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining(message),
      category: "VALIDATION_ERROR",
      errors: [{ code }],
    });
  }
  await expect(openDoor("simulator", { scenario: reference })).rejects.toThrow(message);
});

test("a real limit rejects with HubSpot's policy and headers, and recovers when its window has passed", async () => {
  const { clock, poll } = await openDoor("prism");
  const seen = async (id: string) => {
    const { status, headers } = await poll(id);
    const left = ["max", "remaining", "secondly", "secondly-remaining", "daily", "daily-remaining"].map(
      (name) => headers.get(`x-hubspot-ratelimit-${name}`) ?? "",
    );
    return [status, ...left].join(" ");
  };
  expect(await seen("rate-budget;calls=2")).toBe("200 2 1   250000 249999");
  expect(await seen("rate-budget;calls=2")).toBe("200 2 0   250000 249998");
  expect(await seen("rate-budget;calls=2")).toBe("429 2 0   250000 249998");
  expect(await seen("rate-budget;calls=3")).toBe("200 3 2   250000 249999");
  clock.advance(9999);
  expect(await seen("rate-budget;calls=2")).toBe("429 2 0   250000 249998");
  clock.advance(1);
  expect(await seen("rate-budget;calls=2")).toBe("200 2 1   250000 249997");
  expect(await seen("secondly-budget;calls=1")).toBe("200 100 99 1 0 250000 249999");
  expect(await seen("secondly-budget;calls=1")).toBe("429 100 0 1 0 250000 249999");
  expect(await seen("daily-budget;calls=1")).toBe("200 100 99   1 0");
  clock.advance(86_399_999);
  expect(await seen("daily-budget;calls=1")).toBe("429 100 0   1 0");
});

test("a scenario in code has parameters, checked as a file's are", async () => {
  const source = {
    summary: "s",
    parameters: { wait: { type: "duration", default: "1s" } },
    steps: [{ state: "PENDING", for: "$wait" }, { state: "COMPLETE" }],
  } as const;
  const { clock, look } = await openDoor("simulator", {
    scenarios: [defineScenario("mine", source)],
    scenario: "mine",
  });
  expect((await look("mine;wait=2")).status).toBe("PENDING");
  clock.advance(1999);
  expect((await look("mine;wait=2")).status).toBe("PENDING");
  clock.advance(1);
  expect((await look("mine;wait=2")).status).toBe("COMPLETE");
  expect(() => defineScenario("Mine", source)).toThrow('"Mine": a scenario\'s name is lower-case letters');
  expect(() => defineScenario("mine", { ...source, parameters: {} })).toThrow(
    "mine /steps/0/for: $wait is not declared. Add it to parameters.",
  );
});

test("other names and values in a reference fill no memory and change no other task", async () => {
  const { look } = await openDoor("simulator", { pace: "polls" });
  for (let stored = 1; stored <= 120; stored += 1) await look(`happy;stored=${stored}`);
  expect((await look("happy;stored=1")).status).toBe("PROCESSING");
  expect((await look("happy")).status).toBe("PENDING");
});

const named = defineScenario("result-named", {
  summary: "s",
  parameters: { name: { type: "string", default: "a.png" } },
  steps: [{ state: "COMPLETE" }],
  file: { name: "$name" },
});

throughEachDoor("half a character is no value of a parameter", async (open) => {
  const { poll } = await open();
  const answer = await poll("happy", { "X-Mock-Scenario": "result-named;name=%ED%A0%80" });
  expect(answer.status).toBe(200);
  expect(() => requireScenario("result-named;name=\ud800", catalogueOf([named]))).toThrow(
    "name must be a text of 1 to 200 characters",
  );
});

test.each<[string, object, object]>([
  ["a number without bounds", { type: "integer", default: 1 }, { errors: "$x" }],
  ["a number whose least will not do", { type: "integer", default: 1, minimum: -1, maximum: 9 }, { errors: "$x" }],
])("%s is refused where it cannot stand: a call may choose any", (_, x, end) => {
  const source = { summary: "s", parameters: { x }, steps: [{ state: "COMPLETE", ...end }] };
  expect(() => defineScenario("mine", source as never)).toThrow("Give it a minimum and a maximum, or values.");
});

test("a text is rejected if only some words are valid", () => {
  const source = {
    summary: "s",
    parameters: { x: { type: "string", default: "locked" } },
    steps: [{ state: "PENDING" }],
    faults: [{ error: "$x" }],
  };
  expect(() => defineScenario("mine", source as never)).toThrow('/parameters/x: may be "any text"');
});

test("a task goes on as it began when a reload takes a parameter of its scenario away", async () => {
  const steps = [{ state: "PENDING", for: "1s" }, { state: "COMPLETE" }] as const;
  const before = defineScenario("mine", {
    summary: "s",
    parameters: { burst: { type: "integer", default: 1, minimum: 1 } },
    steps,
    faults: [{ polls: { first: 1, count: "$burst" }, error: "locked" }],
  });
  const simulator = createSimulator({ scenarios: [before], scenario: "mine;burst=2", pace: "polls" });
  const api = "https://api.hubapi.com/files/v3/files/import-from-url/async";
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
  const init = {
    method: "POST",
    headers,
    body: JSON.stringify({ url: "https://a.test/a.png", access: "PRIVATE", folderPath: "/" }),
  };
  const { id } = (await (await simulator.handle(new Request(api, init))).json()) as { id: string };
  const poll = async () => (await simulator.handle(new Request(`${api}/tasks/${id}/status`, { headers }))).status;
  expect(await poll()).toBe(423);
  simulator.reload([defineScenario("mine", { summary: "s", steps })]);
  expect([await poll(), await poll()]).toEqual([423, 200]);
});

throughEachDoor("a fragment's value is decoded once, as a header's is", async (open) => {
  const { start, poll } = await open({ pace: "immediate" });
  const id = await start({ url: "https://a.test/cat.png#mock=result-named;name=a%3Bb.png" });
  expect(await (await poll(id)).json()).toMatchObject({ result: { name: "a;b", extension: "png" } });
});

test.each<[object, string]>([
  [{ pace: "x" }, "pace must be one of time, polls, manual, immediate; got"],
  [{ seed: -1 }, "seed must be a whole number"],
  [{ speed: 0 }, "speed must be a number greater than 0; got 0."],
])("the option %j is refused in code, too", (options, words) => {
  expect(() => createSimulator({ scenarios: [named], scenario: "result-named", ...options })).toThrow(words);
});

test("an invalid source of a scenario is reported as that", () => {
  for (const source of ["summary: s", {}, { summary: "s" }]) {
    expect(() => parseScenario("mine", source as never)).toThrow("mine /steps: is missing.");
  }
});
