import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type ControlApp, createControl } from "../../mocks/control/api.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type Mock, startMock } from "../../mocks/server.js";
import { waitFor } from "../../src/time.js";
import { createClock, START } from "../clock.js";
import { CAT, IMPORT } from "../doors.js";
import { problemsOf } from "./answers.js";

const scenarios = await readScenarios();
const defects: string[] = [];
const clock = createClock();
const onDefect = (defect: string) => defects.push(defect);
let mock: Mock;
let api: ControlApp;
beforeAll(async () => {
  mock = await startMock({ scenarios, now: clock.now, port: 0, onDefect });
  api = createControl(mock.simulator, { allowedHosts: [], now: clock.now, wait: waitFor, onDefect });
});
afterAll(() => mock.close());
beforeEach(() => mock.simulator.reset());

const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };

/** Not over HTTP: an answer that drips for a million days would be waited for. */
const poll = (id: string, more: Readonly<Record<string, string>> = {}) =>
  mock.simulator.answer(
    new Request(`${mock.url}${IMPORT}/tasks/${encodeURIComponent(id)}/status`, { headers: { ...headers, ...more } }),
  );

/** The task as the control API shows it, held against the API's document. Not over HTTP: there are two thousand. */
async function view(id: string) {
  const url = `${mock.url}/__mock/sessions/default/tasks/${encodeURIComponent(id)}`;
  const answer = await api.fetch(new Request(url, { headers: { Host: new URL(url).host } }), {});
  const body = await answer.text();
  expect([answer.status, ...problemsOf("GET", url, answer, body)]).toEqual([200]);
  return JSON.parse(body) as { timeline: { state: string; at?: string }[] };
}

const extremes = scenarios.flatMap(({ name, parameters = [] }) =>
  parameters
    .filter(({ type }) => type === "duration")
    .flatMap((parameter) => ["0", "999999999d"].map((value) => `${name};${parameter.name}=${value}`)),
);

test.each(extremes)("a task of %s is polled, and shown, to the end of all time", async (reference) => {
  for (const moment of ["+0s", "+1s", "+1h", "9998-12-31T23:59:59Z"]) {
    const { response } = await poll(reference, { "X-Mock-Clock": moment });
    expect(response.headers["Date"] ?? response.wire, moment).toBeDefined();
    await view(reference);
  }
  const init = { method: "POST", headers: { ...headers, "X-Mock-Scenario": reference }, body: JSON.stringify(CAT) };
  const { taskId } = await mock.simulator.answer(new Request(mock.url + IMPORT, init));
  if (taskId !== undefined) await view(taskId);
  expect(defects).toEqual([]);
});

test("a start that no date can represent is shown without a date", async () => {
  await poll("happy;queued=999999999d");
  const { timeline } = await view("happy;queued=999999999d");
  expect(timeline).toEqual([
    { state: "PENDING", isReached: true, at: new Date(START).toISOString() },
    { state: "PROCESSING", isReached: false },
    { state: "COMPLETE", isReached: false },
  ]);
});

test("a file that is older than all dates was made when they begin", async () => {
  const { response } = await poll("duplicate-returned;age=999999999d", { "X-Mock-Clock": "+1h" });
  // Polled once before: a task that is named after its scenario begins at its first poll.
  const again = await poll("duplicate-returned;age=999999999d", { "X-Mock-Clock": "+2h" });
  expect(JSON.parse(response.body)).toMatchObject({ status: "PENDING" });
  expect(JSON.parse(again.response.body)).toMatchObject({ result: { createdAt: "1970-01-01T00:00:00.000Z" } });
});

const toNextChange = () =>
  fetch(`${mock.url}/__mock/sessions/default/clock/to-next-change`, {
    method: "POST",
    headers,
    body: JSON.stringify({ taskId: "happy" }),
  });

test.each([1e-12, 1e-300])("at speed %d a task stays as it began, and its end has no date", async (speed) => {
  mock.simulator.configure({ speed });
  const { response } = await poll("happy");
  expect(JSON.parse(response.body)).toMatchObject({ status: "PENDING" });
  expect((await view("happy")).timeline.map(({ at }) => at !== undefined)).toEqual([true, false, false]);
  expect([400, 409]).toContain((await toNextChange()).status);
  expect(defects).toEqual([]);
});

test("at a speed that leaves a step no millisecond, the next change is still ahead", async () => {
  mock.simulator.configure({ speed: 1e300 });
  await poll("happy");
  expect((await toNextChange()).status).toBe(200);
  expect(JSON.parse((await poll("happy")).response.body)).toMatchObject({ status: "COMPLETE" });
});
