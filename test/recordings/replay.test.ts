import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readReplay } from "../../mocks/replay.js";
import { type Mock, startMock } from "../../mocks/server.js";
import type { LeftOut } from "../../src/exchange/har.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { anyCharacter } from "../any-character.js";
import { CAT, IMPORT } from "../doors.js";
import { type Entry, harOf, pollOf } from "./har.js";

let directory: string;
let mock: Mock;
const defects: string[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "kit-replays-"));
  const scenarios = [await scenarioOf(harOf())];
  mock = await startMock({
    port: 0,
    pace: "polls",
    scenarios,
    scenario: "replay-1",
    onDefect: (defect) => defects.push(defect),
  });
});

afterAll(async () => {
  await mock.close();
  await rm(directory, { recursive: true });
});

let files = 0;

/** The scenario of a recording's one import. */
async function scenarioOf(har: object, tell?: (leftOut: readonly LeftOut[]) => void): Promise<Scenario> {
  files += 1;
  const file = join(directory, `${files}.har`);
  await writeFile(file, JSON.stringify(har));
  const [scenario] = await readReplay(file, tell);
  if (!scenario) throw new Error("there is no scenario");
  return scenario;
}

/** What a replay answers to its first polls; `nothing` where it answers none. */
async function answersOf(scenario: Scenario, polls = 4): Promise<readonly string[]> {
  mock.simulator.reload([scenario]);
  files += 1;
  const answers: string[] = [];
  for (let poll = 0; poll < polls; poll += 1) answers.push(await answerTo(`${scenario.name}~${files}`));
  return answers;
}

async function answerTo(task: string): Promise<string> {
  return tell(`${IMPORT}/tasks/${task}/status`);
}

/** The state in an answer, else all that it says; a call that is kept waiting is given up. */
async function tell(
  path: string,
  init: { readonly method?: string; readonly body?: string; readonly headers?: object } = {},
) {
  const call = new AbortController();
  const stop = mock.simulator.subscribe(({ response }) => response.wire?.kind === "black-hole" && call.abort());
  const headers = { Authorization: "Bearer any", ...init.headers };
  const answer = await fetch(mock.url + path, { ...init, headers, signal: call.signal }).catch((error: Error) => error);
  stop();
  if (answer instanceof Error) return call.signal.aborted ? "kept waiting" : "reset";
  const text = await answer.text();
  return /"status":"([A-Z]+)"/.exec(text)?.[1] ?? `${answer.status} ${text}`;
}

/** What a replay of a recording answers whose second poll is changed, and what it leaves out of it. */
async function replayed(change: (one: Entry) => unknown) {
  let reported: readonly LeftOut[] = [];
  const scenario = await scenarioOf(
    harOf((all) => change(pollOf(all, 2))),
    (leftOut) => {
      reported = leftOut;
    },
  );
  return {
    answers: await answersOf(scenario),
    reported: reported.map(({ place, why }) => `${place}: ${why}`),
    scenario,
  };
}

test("a replay returns the server's responses, and omits none", async () => {
  const { answers, reported } = await replayed(() => {});
  expect(answers).toEqual(["PENDING", "PROCESSING", "CANCELED", "CANCELED"]);
  expect(reported).toEqual([]);
});

/** The poll before it is PENDING, the one after it PROCESSING again. */
const WITHOUT = ["PENDING", "PROCESSING", "CANCELED", "CANCELED"];

test.each([100, 101, 103, 600, 999])(
  "a status %d, which no response can have, is omitted and named",
  async (status) => {
    const { answers, reported } = await replayed(({ response }) => Object.assign(response, { status }));
    expect(answers).toEqual(WITHOUT);
    expect(reported).toEqual([`log.entries[2]: no response can have the status ${status}`]);
  },
);

test.each([204, 205])("a response of the status %d is sent without the body that it cannot have", async (status) => {
  const { answers, reported } = await replayed((one) => Object.assign(one.response, { status }));
  expect(answers).toEqual(["PENDING", `${status} `, "PROCESSING", "CANCELED"]);
  expect(reported).toEqual([`log.entries[2]: a ${status} cannot have a body, but the recording has one`]);
});

test("a 304 to the client's own condition is the response that it confirms", async () => {
  const { answers, reported } = await replayed(({ request, response }) => {
    (request.headers as object[]).push({ name: "If-None-Match", value: '"a"' });
    response.status = 304;
  });
  expect(answers).toEqual(WITHOUT);
  expect(reported).toEqual([]);
});

test.each<[string, { readonly name: string; readonly value: string }, string | null]>([
  ["beyond Latin-1", { name: "X-File-Name", value: "猫.png" }, null],
  ["with a zero", { name: "X-File-Name", value: "a\0b" }, null],
  ["with an escape", { name: "X-File-Name", value: "a\u001bb" }, null],
  ["of two lines, which some recorders write for two headers", { name: "X-File-Name", value: "a\nb" }, "a, b"],
  ["in Latin-1", { name: "X-File-Name", value: "é" }, "é"],
])("a header %s is sent where it can be, and left out and named where not", async (_, header, sent) => {
  const { scenario, reported } = await replayed(({ response }) => (response.headers as object[]).push(header));
  mock.simulator.reload([scenario]);
  const name = `${scenario.name}~${header.value.length}-${files}`;
  const url = `${mock.url}${IMPORT}/tasks/${name}/status`;
  await fetch(url, { headers: { Authorization: "Bearer any" } });
  const answer = await fetch(url, { headers: { Authorization: "Bearer any" } });
  expect(answer.headers.get("x-file-name")).toBe(sent);
  expect(await answer.json()).toMatchObject({ status: "PROCESSING" });
  expect(reported).toEqual(sent === null ? ["log.entries[2]: its header x-file-name cannot be sent"] : []);
});

test("a header of several values is sent as one, and those of the connection not at all", async () => {
  const { scenario } = await replayed(({ response }) =>
    (response.headers as object[]).push(
      ...["a", "b"].map((value) => ({ name: "X-Robots-Tag", value })),
      { name: "Content-Encoding", value: "br" },
      { name: "Transfer-Encoding", value: "chunked" },
      { name: "Content-Length", value: "7" },
    ),
  );
  const headers = { "Content-Type": "application/json;charset=utf-8", "x-robots-tag": "a, b" };
  expect(scenario.steps.map((step) => "recorded" in step && step.recorded?.headers)[1]).toEqual(headers);
});

test.each([
  ["Playwright", { status: -1, headers: [], content: { size: -1 }, _failureText: "net::ERR_ABORTED" }, 1502.28],
  ["Chrome", { status: 0, headers: [], content: {}, _error: "net::ERR_ABORTED" }, 1502.28],
  ["axios", { status: "", _error: "timeout of 300ms exceeded" }, 309],
])("a poll that its client gave up is kept waiting, as %s writes it", async (_, response, time) => {
  const { answers, reported } = await replayed((one) => Object.assign(one, { response, time }));
  expect(answers).toEqual(["PENDING", "kept waiting", "PROCESSING", "CANCELED"]);
  expect(reported).toEqual([]);
});

test("a poll without a response, whose wait is unknown, is omitted and named", async () => {
  const { answers, reported } = await replayed((one) =>
    Object.assign(one, { response: { status: 0 }, time: 0, timings: null }),
  );
  expect(answers).toEqual(WITHOUT);
  expect(reported).toEqual([
    "log.entries[2]: neither a response nor the reason for its absence was recorded, and it is unknown how long its client waited",
  ]);
});

test("a connection that was reset is reset", async () => {
  const { answers } = await replayed((one) =>
    Object.assign(one, { response: { status: 0, _error: "net::ERR_CONNECTION_RESET" } }),
  );
  expect(answers).toEqual(["PENDING", "reset", "PROCESSING", "CANCELED"]);
});

test("a body that is not in the recording is left out, and named", async () => {
  const { answers, reported } = await replayed(({ response }) => Object.assign(response, { content: null }));
  expect(answers).toEqual(WITHOUT);
  expect(reported).toEqual(["log.entries[2]: its body is not in the recording"]);
});

test("an odd entry is left out of a replay, and named", async () => {
  const { answers, reported } = await replayed((one) => Object.assign(one, { startedDateTime: null }));
  expect(answers).toEqual(WITHOUT);
  expect(reported).toEqual(["log.entries[2]: startedDateTime is missing"]);
});

test("a recording without bodies, or without responses, is rejected at the start", async () => {
  const bare = harOf((all) =>
    all.map(({ response }) => Object.assign(response, { content: { size: 5, mimeType: "" } })),
  );
  await expect(scenarioOf(bare)).rejects.toThrow(/\.har: It has no response body\. Export it with content: /);
  const none = harOf((all) => all.map((one) => Object.assign(one, { response: null })));
  await expect(scenarioOf(none)).rejects.toThrow(/\.har: It has no response: /);
});

test("whatever a recording has, its replay invents no response", async () => {
  const odd = fc.oneof(
    fc.constantFrom(
      null,
      "",
      "x",
      -1,
      0,
      101,
      199,
      204,
      304,
      599,
      600,
      {},
      [],
      "猫",
      "a\0",
      "a\r\nb",
      "\ud800",
      "text/\u0001",
    ),
    fc.string({ unit: anyCharacter }),
    fc.integer({ min: -1, max: 1000 }),
    fc.jsonValue(),
  );
  const header = fc.record({
    name: fc.oneof(fc.constantFrom("Content-Type", "Retry-After", "X-A"), fc.string()),
    value: odd,
  });
  const change = fc.record(
    { status: odd, headers: fc.array(header), content: fc.record({ text: odd, encoding: odd, size: odd }) },
    { requiredKeys: [] },
  );
  const scenarios: Scenario[] = [];
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 4 }), change, async (number, response) => {
      const har = harOf((all) => Object.assign(pollOf(all, number).response, response));
      const scenario = await scenarioOf(har).catch((error: unknown) => {
        expect(error).toMatchObject({ name: "UserError", code: "recording-file" });
      });
      if (scenario) scenarios.push({ ...scenario, name: `replay-${scenarios.length + 1}` });
    }),
    { numRuns: 100 },
  );
  mock.simulator.reload(scenarios);
  for (const { name } of scenarios) {
    const headers = { "Content-Type": "application/json", "X-Mock-Scenario": name };
    const answers = [await tell(IMPORT, { method: "POST", headers, body: JSON.stringify(CAT) })];
    for (let poll = 0; poll < 4; poll += 1) answers.push(await answerTo(name));
    expect(answers.join("\n"), defects.at(-1)).not.toContain("internal error");
  }
  expect(defects.filter((defect) => defect.startsWith("while answering"))).toEqual([]);
});
