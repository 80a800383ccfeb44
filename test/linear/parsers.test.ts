import { expect, test } from "vitest";
import { createPrismDoor } from "../../mocks/prism/door.js";
import { parseYaml } from "../../mocks/scenario-directory.js";
import { readScenarios } from "../../mocks/scenario-files.js";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { fromHar } from "../../src/exchange/har.js";
import { readBody } from "../../src/exchange/request.js";
import { judgeConduct } from "../../src/judge/conduct.js";
import { judge } from "../../src/judge/judge.js";
import { render } from "../../src/report/render.js";
import { serverResults } from "../../src/report/results.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { nearestNames } from "../../src/text.js";
import { CAT, IMPORT } from "../doors.js";
import { harOf } from "../recordings/har.js";
import { SURROUNDINGS } from "../report/recordings.js";
import { growthOf, LINEAR } from "./growth.js";

const simulator = createSimulator({ scenarios: await readScenarios() });
const door = createPrismDoor({ simulator });

const AUTH = { Authorization: "Bearer pat-any" };
const BODY = JSON.stringify(CAT);

/** Asks for an import in process. */
async function ask(headers: Readonly<Record<string, string>> = {}, body = BODY, path: string = IMPORT): Promise<void> {
  const all = { ...AUTH, "Content-Type": "application/json", ...headers };
  const request = new Request(`http://mock.test${path}`, { method: "POST", headers: all, body });
  await door(request, await readBody(request));
}

const url = (text: string) => JSON.stringify({ ...CAT, url: text });

const REQUESTS: Readonly<Record<string, (length: number) => Promise<void>>> = {
  "slashes in a path": (length) => ask({}, BODY, `/s/a${"/".repeat(length)}x`),
  "percent signs in a path": (length) => ask({}, BODY, `/files/v3/files/${"%".repeat(length)}`),
  "a clock's digits": (length) => ask({ "X-Mock-Clock": `+${"1".repeat(length)}s` }),
  "a scenario's name": (length) => ask({ "X-Mock-Scenario": "a".repeat(length) }),
  "a scenario's parameters": (length) => ask({ "X-Mock-Scenario": `slow${";pending=1s".repeat(length / 11)}` }),
  "a session's name": (length) => ask({ "X-Mock-Session": "a-".repeat(length / 2) }),
  "a media type's parameters": (length) => ask({ "Content-Type": `a/b${' ;a="'.repeat(length / 5)}` }),
  "accepted types": (length) => ask({ Accept: "a/b ;".repeat(length / 5) }),
  "a preference's spaces": (length) => ask({ Prefer: `code${" ".repeat(length)}4` }),
  "a token's spaces": (length) => ask({ Authorization: `Bearer${" ".repeat(length)}` }),
  "a url's ends of fragments": (length) => ask({}, url(`https://e.com/#${"&mock=".repeat(length / 6)}`)),
  "a url's dots": (length) => ask({}, url(`https://e.com/${".".repeat(length)}`)),
  "backslashes in a body": (length) => ask({}, url("\\".repeat(length))),
  "brackets in a body": (length) => ask({}, "[".repeat(length)),
  "unknown fields of a body": (length) => ask({}, JSON.stringify({ ...CAT, ...fields(length / 10) })),
};

test.each(Object.entries(REQUESTS))("a request takes a time that is linear in %s", async (_, run) => {
  expect(await growthOf(run)).toBeLessThan(LINEAR);
});

function fields(count: number): Readonly<Record<string, number>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`field${index}`, index]));
}

const FILES: Readonly<Record<string, (length: number) => unknown>> = {
  "a YAML map's keys": (count) =>
    parseYaml(
      "a.yaml",
      yamlOf(count, (index) => `key${index}: 1`),
    ),
  "a YAML file's anchors and aliases": (count) =>
    expect(() =>
      parseYaml(
        "a.yaml",
        yamlOf(2 * count, (index) => `- &a${index} x\n- *a${index}`),
      ),
    ).toThrow("aliases"),
  "a header's empty lines": (count) => readHarWith({ name: "a", value: `${" ".repeat(count * 10)}x` }, 1),
  "a recording's headers": (count) => readHarWith({ name: "a", value: "b" }, count),
  "a mistyped name": (length) => nearestNames("a".repeat(length * 10), ["happy", "slow"]),
};

test.each(Object.entries(FILES))("a file takes a time that is linear in %s", async (_, run) => {
  expect(await growthOf(run, 600)).toBeLessThan(LINEAR);
});

function yamlOf(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

function readHarWith(header: object, times: number): unknown {
  return fromHar(harOf(([first]) => void Object.assign(first.response, { headers: Array(times).fill(header) })));
}

const RUNS: Readonly<Record<string, (count: number) => readonly RecordedExchange[]>> = {
  "polls that each show another end": (count) => polls(count, (index) => ({ ...END, completedAt: date(index) })),
  "polls with fields of their own": (count) => polls(count, (index) => ({ ...END, [`field${index}`]: index })),
  "tasks of a run": (count) => run(count, (index) => `task${index}`),
  "errors of one poll": (count) =>
    polls(1, () => ({ ...END, status: "CANCELED", errors: Array(count).fill({ x: 1 }) })),
  "refused polls": (count) => polls(count, () => ({ status: "error" }), 401),
};

test.each(Object.entries(RUNS))("judging and reporting take a time that is linear in %s", async (_, exchangesOf) => {
  const judged = (count: number) => {
    const exchanges = exchangesOf(count);
    judgeConduct(exchanges);
    const report = judge(exchanges);
    for (const kind of ["text", "markdown", "junit", "json", "sarif", "html", "github"] as const) {
      render[kind](serverResults(report, exchanges, SURROUNDINGS));
    }
  };
  expect(await growthOf(judged, 100)).toBeLessThan(LINEAR);
});

const START = Date.UTC(2026, 8, 14);
const END = {
  taskId: "a",
  status: "COMPLETE",
  requestedAt: date(0),
  startedAt: date(0),
  completedAt: date(0),
  result: {},
};

function date(ms: number): string {
  return new Date(START + ms).toISOString();
}

function polls(count: number, bodyOf: (index: number) => object, status = 200): readonly RecordedExchange[] {
  const asked = Array.from({ length: count }, (_, index) =>
    exchange(index + 1, "GET", `${IMPORT}/tasks/a/status`, { status, body: bodyOf(index) }),
  );
  return [exchange(0, "POST", IMPORT, { status: 202, body: { id: "a" } }), ...asked].map(asOwn);
}

function run(count: number, idOf: (index: number) => string): readonly RecordedExchange[] {
  return Array.from({ length: count }, (_, index) => {
    const id = idOf(index);
    const accepted = exchange(2 * index, "POST", IMPORT, { status: 202, body: { id } });
    return [accepted, exchange(2 * index + 1, "GET", `${IMPORT}/tasks/${id}/status`, { status: 200, body: END })];
  })
    .flat()
    .map(asOwn);
}

function exchange(
  second: number,
  method: string,
  path: string,
  { status, body }: { readonly status: number; readonly body: object },
): RecordedExchange {
  return {
    startedAt: START + second * 1000,
    durationMs: 10,
    request: { method, url: `https://api.hubapi.com${path}`, headers: { authorization: "Bearer a" }, body: BODY },
    response: { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
  };
}

/** As a run of the contract check records them. */
function asOwn(one: RecordedExchange): RecordedExchange {
  return { ...one, step: { part: "complete", request: one.request.method === "POST" ? "import" : "poll" } };
}
