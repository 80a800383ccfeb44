import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startMock } from "../mocks/client.js";
import { readReplay } from "../mocks/replay.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { toHar } from "../src/exchange/har.js";
import type { Verification } from "../src/verify/verify.js";
import { START } from "./clock.js";
import { CAT, IMPORT, openDoor } from "./doors.js";
import { run } from "./verify/run.js";
import type { Twist } from "./verify/server/twist.js";
import { answers, asError, places, value, withHeaders } from "./verify/twists.js";
import { directoryOf, harText } from "./verify-command.js";
import { failures, verifyMock } from "./verify-mock.js";

async function record({ exchanges, report }: Verification): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "kit-")), "recording.har");
  await writeFile(file, JSON.stringify(toHar(exchanges, { version: "1.0.0", target: report.target })));
  return file;
}

const polls = ({ report }: Verification) =>
  report.tasks.map((task) =>
    task.polls.map(({ atMs, status, state }) => `${atMs - (task.importedAtMs ?? 0)} ${status} ${state}`),
  );

test.each(["happy", "rate-limited", "server-error", "complete-with-errors", "malformed-json", "stuck-pending"])(
  "a mock that replays a recording of %s does what was recorded, when it was recorded",
  async (scenario) => {
    const original = await verifyMock({ scenario });
    const replay = await readReplay(await record(original));
    const again = await verifyMock({ scenarios: replay, scenario: "replay-1" });
    expect(failures(again)).toEqual(failures(original));
    expect(polls(again)).toEqual(polls(original));
    expect(again.defects).toEqual([]);
  },
);

/** By what they show from the end on: the run polls at their end, at the link in the same moment, and twice after it. */
const LATE: Readonly<Record<string, Twist>> = {
  "is PROCESSING again once": value(places.end, "/status", (status, { look }) => (look === 2 ? "PROCESSING" : status)),
  "is PENDING again": value(places.laterLook, "/status", () => "PENDING"),
  "shows a file that grows": value(places.complete, "/result/size", (_, { look }) => look),
  "is forgotten": answers(places.laterLook, (answer) => asError(answer, 404)),
  "is out of order for ever": answers(places.laterLook, (answer) => asError(answer, 503)),
  "gets a header of another form": answers(places.laterLook, (answer) =>
    withHeaders(answer, { "X-HubSpot-RateLimit-Max": "many" }),
  ),
  "ends on a day that there is not": value(places.complete, "/completedAt", () => "2026-02-30T12:00:00Z"),
};

test.each(Object.keys(LATE))("a replay fails as its recording does where a task %s", async (name) => {
  const original = await run(LATE[name] as Twist);
  expect(original.report.exitCode).toBe(1);
  const again = await verifyMock({ scenarios: await readReplay(await record(original)), scenario: "replay-1" });
  expect(failures(again)).toEqual(failures(original));
});

test("a replay returns all recorded responses, in their order", async () => {
  const original = await run(LATE["is PROCESSING again once"] as Twist);
  const again = await verifyMock({ scenarios: await readReplay(await record(original)), scenario: "replay-1" });
  const states = again.report.tasks[0]?.polls.map(({ state }) => state);
  expect(states).toEqual(["PENDING", "PROCESSING", "PROCESSING", "COMPLETE", "COMPLETE", "PROCESSING", "COMPLETE"]);
});

test("a replayed task has an id, a link and dates of today", async () => {
  const original = await verifyMock();
  const scenarios = [...(await readScenarios()), ...(await readReplay(await record(original)))];
  const door = await openDoor("prism", { scenarios, scenario: "replay-1", pace: "polls" });
  door.clock.advance(86_400_000);
  const id = await door.start();
  await door.look(id);
  const task = await door.look(id);
  expect(task).toMatchObject({
    taskId: id,
    status: "PROCESSING",
    requestedAt: new Date(door.clock.now()).toISOString(),
  });
  expect(task.links?.["status"]).toMatch(new RegExp(`^http://127.0.0.1:\\d+/.*/${id}/status$`));
});

test("an import of a recorded url gets the scenario that was recorded for it", async () => {
  const scenarios = [...(await readScenarios()), ...(await readReplay(await record(await verifyMock())))];
  const door = await openDoor("simulator", { scenarios, scenario: "happy", pace: "immediate" });
  const failed = await door.start({ url: "https://import-kit.invalid/missing.png" });
  expect(await door.look(failed)).toMatchObject({ status: "CANCELED" });
  const other = await door.start({ url: "https://example.com/dog.png" });
  expect(await door.look(other)).toMatchObject({ status: "COMPLETE", result: { name: "dog" } });
});

/** A recording, word for word: an import, and polls so many milliseconds after it. */
async function recordingOf(taskId: string, polls: Readonly<Record<number, object>>, version = "v3"): Promise<string> {
  const api = `https://api.hubapi.com${IMPORT.replace("v3", version)}`;
  const link = `${api}/tasks/${encodeURIComponent(taskId)}/status`;
  const headers = { "content-type": "application/json" };
  const exchange = (afterMs: number, method: string, url: string, status: number, body: object) => ({
    startedAt: START + afterMs,
    durationMs: 1,
    request: { method, url, headers, ...(method === "POST" && { body: JSON.stringify(CAT) }) },
    response: { status, headers, body: JSON.stringify(body) },
  });
  const har = harText([
    exchange(0, "POST", api, 202, { id: taskId, links: { status: link } }),
    ...Object.entries(polls).map(([afterMs, body]) =>
      exchange(Number(afterMs), "GET", link, 200, { taskId, ...body, links: { status: link } }),
    ),
  ]);
  return join(await directoryOf({ "run.har": har }), "run.har");
}

const requestedAt = "2026-09-14T12:00:00.000Z";
const ended = { requestedAt, startedAt: "2026-09-14T12:00:01.000Z", completedAt: "2026-09-14T12:00:03.000Z" };

test.each(["v3", "2026-09"])(
  "a recorded id of any characters becomes the task's id of today, and its link the task's, in %s",
  async (version) => {
    const scenarios = await readReplay(await recordingOf("a.b*c", { 1000: { status: "CANCELED", ...ended } }, version));
    const { start, look } = await openDoor("simulator", { scenarios, scenario: "replay-1", pace: "immediate" });
    const id = await start();
    const task = await look(id);
    expect(task).toMatchObject({ taskId: id, links: { status: `https://api.hubapi.com${IMPORT}/tasks/${id}/status` } });
  },
);

test("at ten times the speed a replay takes, and shows, a tenth of the time", async () => {
  const recording = await recordingOf("1", {
    0: { status: "PENDING", requestedAt },
    3000: { status: "CANCELED", ...ended },
  });
  const scenarios = await readReplay(recording);
  const { clock, start, look } = await openDoor("simulator", { scenarios, scenario: "replay-1", speed: 10 });
  const id = await start();
  clock.advance(299);
  expect((await look(id)).status).toBe("PENDING");
  clock.advance(1);
  expect(await look(id)).toMatchObject({
    status: "CANCELED",
    requestedAt,
    startedAt: "2026-09-14T12:00:00.100Z",
    completedAt: "2026-09-14T12:00:00.300Z",
  });
});

test("a client that polls at the pace of the recorded one gets the same, although it began later", async () => {
  const at = { 0: { status: "PENDING", requestedAt }, 3000: { status: "PENDING", requestedAt, note: 1 } };
  const recording = await recordingOf("1", {
    ...at,
    6000: { status: "PENDING", requestedAt, note: 2 },
    9000: { status: "CANCELED", ...ended },
  });
  const scenarios = await readReplay(recording);
  for (const offMs of [0, 700, 1400]) {
    const { clock, start, look } = await openDoor("simulator", { scenarios, scenario: "replay-1" });
    const id = await start();
    const notes = [];
    clock.advance(offMs);
    for (let polled = 0; polled < 3; polled += 1) {
      notes.push(((await look(id)) as { note?: number }).note ?? 0);
      clock.advance(3000);
    }
    expect(notes, String(offMs)).toEqual([0, 1, 2]);
  }
});

test("an import that was rejected at first is rejected at first", async () => {
  let calls = 0;
  const limited: typeof fetch = async (input, init) => {
    const isImport = init?.method === "POST" && String(init.body).includes("w3c_home");
    if (isImport) calls += 1;
    if (!isImport || calls > 1) return fetch(input, init);
    const body = {
      status: "error",
      message: "You have reached your ten_secondly_rolling limit.",
      correlationId: "01a09f40-b241-7c31-9b5e-4d1f0a6e2c87",
    };
    return Response.json(body, { status: 429, headers: { "Retry-After": "2" } });
  };
  const original = await verifyMock({}, { fetch: limited });
  expect(original.report.waits).toEqual({ 429: 1 });
  const again = await verifyMock({ scenarios: await readReplay(await record(original)), scenario: "replay-1" });
  expect(again.report).toMatchObject({ conclusion: "conforms", waits: { 429: 1 } });
});

test("a wait until a date of that day is as long today", async () => {
  const asking = answers(places.inFlight, (answer, { now }) =>
    withHeaders(answer, { "Retry-After": new Date(now + 4000).toUTCString() }),
  );
  const original = await run(asking);
  const again = await verifyMock({ scenarios: await readReplay(await record(original)), scenario: "replay-1" });
  const waits = again.exchanges.flatMap(({ response }) => response?.headers["retry-after"] ?? []);
  expect(new Set(waits)).toEqual(new Set(["4"]));
  expect(polls(again)[0]).toEqual(polls(original)[0]);
});

test("a request without a response gets none from a replay of the mock's own journal either", async () => {
  const mock = await startMock({ port: 0, pace: "polls" });
  onTestFinished(() => mock.close());
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
  const { id } = (await (
    await fetch(mock.url + IMPORT, {
      method: "POST",
      headers: { ...headers, "X-Mock-Scenario": "connection-reset" },
      body: JSON.stringify(CAT),
    })
  ).json()) as { id: string };
  const poll = async (url: string, task: string) => {
    const answer = await fetch(`${url}${IMPORT}/tasks/${task}/status`, { headers }).catch(() => undefined);
    return answer ? ((await answer.json()) as { status: string }).status : "nothing";
  };
  const live: string[] = [];
  for (let polls = 0; polls < 4; polls += 1) live.push(await poll(mock.url, id));
  expect(live).toEqual(["PENDING", "nothing", "PROCESSING", "COMPLETE"]);
  const file = join(await mkdtemp(join(tmpdir(), "kit-")), "journal.har");
  const har = (await mock.har()) as { log: { entries: { response: object }[] } };
  // The page was left while a call was under way.
  const [last] = har.log.entries.slice(-1);
  har.log.entries.push({ ...last, response: { ...last?.response, status: 0 } });
  await writeFile(file, JSON.stringify(har));
  const again = await startMock({ port: 0, pace: "polls", scenarios: await readReplay(file), scenario: "replay-1" });
  onTestFinished(() => again.close());
  const replayed: string[] = [];
  for (let polls = 0; polls < 5; polls += 1) replayed.push(await poll(again.url, "replay-1"));
  expect(replayed).toEqual([...live, "COMPLETE"]);
  expect((await again.journal()).map(({ response }) => response.status)).toEqual([200, undefined, 200, 200, 200]);
});

test("a file without an import is rejected", async () => {
  const file = join(await mkdtemp(join(tmpdir(), "kit-")), "empty.har");
  await writeFile(file, JSON.stringify({ log: { entries: [] } }));
  await expect(readReplay(file)).rejects.toThrow(`${file} contains no import.`);
});
