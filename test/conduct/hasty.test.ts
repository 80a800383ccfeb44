import { expect, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judgeConduct } from "../../src/judge/conduct.js";
import { recorded } from "../../src/session/recorded.js";
import { createSimulator } from "../../src/simulator/simulator.js";
import { createClock } from "../clock.js";
import { CAT, IMPORT } from "./client.js";
import { poll } from "./timeline.js";

type Came = Pick<RecordedExchange, "response" | "failure">;

/** Every kind of response that a poll is given somewhere in the catalogue, by its name. */
const catalogued = new Map<string, Came>();
const scenarios = await readScenarios();
for (const { name: scenario } of scenarios) {
  for (const came of await whatPollsAreGiven(scenario)) catalogued.set(kindOf(came), came);
}

async function whatPollsAreGiven(scenario: string): Promise<readonly Came[]> {
  const { now, advance } = createClock();
  const simulator = createSimulator({ scenarios, scenario, now });
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json" };
  const send = (path: string, init: RequestInit = {}) =>
    simulator.answer(new Request(`https://api.hubapi.com${IMPORT}${path}`, { headers, ...init }));
  const { taskId = "AAAAEZ6whGM" } = await send("", { method: "POST", body: JSON.stringify(CAT) });
  for (let polls = 0; polls < 12; polls += 1) {
    await send(`/tasks/${taskId}/status`);
    advance(1000);
  }
  return simulator
    .journal()
    .entries()
    .map(recorded)
    .filter(({ request }) => request.method === "GET")
    .map(({ response, failure }) => ({ ...(response && { response }), ...(failure && { failure }) }));
}

function kindOf({ response, failure }: Came): string {
  if (!response) return `no response: ${failure?.kind}`;
  const { status, headers, body, flaw = "whole" } = response;
  const wait = "retry-after" in headers ? "with Retry-After" : "";
  try {
    const state: unknown = JSON.parse(body).status;
    return `${status} ${flaw} ${wait} ${state}`;
  } catch {
    return `${status} ${flaw} ${wait} no JSON`;
  }
}

const html = "<!DOCTYPE html><h1>Sign in</h1>";
const bodies: readonly NonNullable<Came["response"]>[] = [
  ...["", "{", '{"status":"PENDING",}', html, "OK", "null", "[]", '"PENDING"', '{"status":"QUEUED"}', "\uFEFF{}"],
  ...["[".repeat(200) + "]".repeat(200)],
].map((body) => ({ status: 200, headers: {}, body }));
const flaws = (["incomplete", "not-utf-8", "not-recorded"] as const).map((flaw) => ({
  ...{ status: 200, headers: {}, body: '{"status":"PENDING"}', flaw },
}));
const statuses = [100, 101, 103, 201, 203, 204, 206, 226, 300, 301, 302, 303, 304, 307, 308].concat(
  [400, 401, 402, 403, 404, 405, 406, 408, 409, 410, 418, 421, 422, 423, 424, 425, 429, 431, 451, 477],
  [500, 501, 502, 503, 504, 507, 520, 521, 522, 523, 524, 530, 599, 600, 999],
);
const told = statuses.flatMap((status) => [
  { status, headers: {}, body: "" },
  { status, headers: { location: "https://login.example.com/" }, body: html },
]);

const kinds: readonly (readonly [string, Came])[] = [
  ...catalogued,
  ...[...bodies, ...flaws, ...told].map(
    (response) => [`${response.status} ${JSON.stringify(response)}`, { response }] as const,
  ),
];

function polls(came: Came, pauses: readonly number[]): readonly RecordedExchange[] {
  let atMs = 0;
  return [0, ...pauses].map((pause) => {
    atMs += pause;
    const { response: _, failure: __, ...sent } = poll(atMs, "none", { tokenId: "a" });
    return { ...sent, ...came };
  });
}

test("the catalogue has responses that a client cannot read, loses, or has to request again", () => {
  expect([...catalogued.keys()]).toEqual(
    expect.arrayContaining([
      ...["no response: dropped", "no response: timeout", "200 incomplete  PENDING", "200 whole  no JSON"],
      ...["429 whole with Retry-After error", "502 whole  no JSON", "404 whole  error", "200 whole  COMPLETE"],
    ]),
  );
});

test.each(kinds)("a client that goes on polling every 10 ms after %s breaks a rule", (_, came) => {
  // A transport tries again by itself where nothing came: of that, only polls without an end are the client's.
  const count = came.response ? 12 : 400;
  expect(
    judgeConduct(
      polls(
        came,
        Array.from({ length: count }, () => 10),
      ),
    ).result,
  ).toBe("fail");
});

/** How a careful client waits after responses that are all alike. */
function properly({ response }: Came): readonly number[] {
  const { status = 0, headers = {}, body = "" } = response ?? {};
  const waitMs = Number(headers["retry-after"] ?? 0) * 1000;
  if (waitMs > 0) return [waitMs, waitMs, waitMs];
  if (/"(COMPLETE|CANCELED)"/.test(body) && status < 300) return [];
  if (status === 404) return [1000, 1000];
  if (status >= 500 || status === 0 || [423, 429, 477].includes(status)) return [1000, 2000, 4000, 8000, 8000];
  const isPassing = [408, 409, 421, 425].includes(status);
  return status >= 400 && !isPassing ? [] : Array.from({ length: 20 }, () => 1000);
}

test.each(kinds)("a client that waits properly after %s breaks none", (_, came) => {
  const { checks } = judgeConduct(polls(came, properly(came)));
  expect(checks.filter(({ result }) => result === "fail")).toEqual([]);
});

const malformed: Came = { response: { status: 200, headers: {}, body: '{"status":"PENDING",}' } };
const failing = (pauses: readonly number[]) =>
  judgeConduct(polls(malformed, pauses)).checks.filter(({ result }) => result === "fail");

test.each([
  ["each 100 ms", 100],
  ["each 200 ms", 200],
  ["each 400 ms", 400],
])("a client that polls malformed JSON %s is hasty", (_, pauseMs) => {
  expect(failing(Array.from({ length: 10 }, () => pauseMs)).map(({ id }) => id)).toEqual(["backs-off"]);
});

test.each([
  ["once more at once", [0, 1000, 1000]],
  ["at its usual pace", [500, 500, 500, 500, 500]],
  ["with full jitter, from half a second on", [210, 40, 900, 3100, 2200]],
  ["as HubSpot's own client, 200 ms later each time", [200, 400, 600, 800]],
])("a client that polls malformed JSON %s is not", (_, pauses) => {
  expect(failing(pauses)).toEqual([]);
});

test("a poll that is redirected is one poll, wherever it is led", () => {
  const [from, to] = ["https://api.hubapi.com", "https://eu1.example.com"];
  const { url } = poll(0, "none").request;
  const led = (atMs: number, location: string) => poll(atMs, { status: 307, headers: { location } }, { durationMs: 1 });
  const answered = (atMs: number) => {
    const one = poll(atMs, 200, { durationMs: 1 });
    return {
      ...one,
      request: { ...one.request, url: url.replace(from, to) },
      response: { status: 200, headers: {}, body: html },
    };
  };
  const followed = Array.from({ length: 8 }, (_, n) => [led(n * 1000, url.replace(from, to)), answered(n * 1000 + 5)]);
  expect(judgeConduct(followed.flat()).checks.filter(({ result }) => result === "fail")).toEqual([]);
  const round = Array.from({ length: 8 }, (_, n) =>
    Array.from({ length: 4 }, (_, hop) => led(n * 1000 + hop * 5, url)),
  );
  expect(judgeConduct(round.flat()).checks.filter(({ result }) => result === "fail")).toEqual([]);
});
