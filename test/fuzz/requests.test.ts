import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { startMock } from "../../mocks/server.js";
import { encodeTaskId } from "../../src/task/task-id.js";
import { CAT, IMPORT } from "../doors.js";
import { rawRequest } from "../raw-request.js";
import { mutated, mutatedText, RUNS } from "./mutate.js";

const defects: string[] = [];
const mock = await startMock({
  scenarios: await readScenarios(),
  port: 0,
  onDefect: (defect) => void defects.push(defect),
});
afterAll(() => mock.close());

const ENDS = { numRuns: RUNS, interruptAfterTimeLimit: RUNS > 1000 ? 600_000 : 20_000 };
const AUTH = "Authorization: Bearer pat-any";

/** What can stand on a line of its own. */
const line = (text: string) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "");

const draft = { fileName: "a.png", access: "PRIVATE" as const };
const ID = encodeTaskId({ requestedAt: Date.UTC(2026, 8, 14), seed: 1, serial: 1, scenario: "happy", draft });
const ids = fc.oneof(mutatedText(ID, ["%", "%2F", "~happy", ",", ";", "=", "\u00e9", "%00", "%ff"]), fc.string());
const paths = fc.oneof(
  ids.map((id) => `${IMPORT}/tasks/${id}/status`),
  ids.map((id) => `/files/v3/files/${id}`),
  mutatedText(`/s/anna${IMPORT}`, ["/", "//", "s/", "..", "%2e", "?", "#", "-", "files/v3/", "__mock"]),
);
const HEADERS: Readonly<Record<string, string>> = {
  "X-Mock-Clock": "+90s",
  "X-Mock-Session": "anna",
  "X-Mock-Scenario": "slow;pending=2s",
  "X-Mock-Seed": "7",
  Accept: "application/json;q=0.9, text/html",
  "Content-Type": "application/json; charset=utf-8",
  Prefer: "code=404, example=unknown-id",
  Forwarded: 'for=192.0.2.1;host="a.test:80";proto=https',
  "X-Forwarded-Prefix": "/api",
  Cookie: "a=b; c=d",
};
const headers = fc.array(
  fc
    .constantFrom(...Object.keys(HEADERS))
    .chain((name) =>
      mutatedText(HEADERS[name] ?? "", [
        "=",
        ";",
        ",",
        '"',
        "\\",
        "/",
        "*",
        "-",
        "+",
        "1e9",
        "999999999d",
        "code=",
      ]).map((value) => `${name}: ${line(value)}`),
    ),
  { maxLength: 3 },
);
const bodies = fc.oneof(
  fc.constant(JSON.stringify(CAT)),
  mutated({ ...CAT, url: "https://example.com/a#mock=slow", ttl: "P1D", name: "a", overwrite: true }).map(
    (one) => JSON.stringify(one) ?? "",
  ),
  mutatedText(JSON.stringify(CAT), ["{", '"', "\\u00", "[", "#mock=", "\uFEFF"]),
);

test("any request gets a response, and none a 5xx, a stack or a defect", async () => {
  const methods = fc.constantFrom("GET", "POST", "DELETE", "HEAD", "OPTIONS");
  await fc.assert(
    fc.asyncProperty(methods, paths, headers, bodies, async (method, path, given, body) => {
      const length = `Content-Length: ${Buffer.byteLength(body)}`;
      const target = encodeURI(line(path)).replaceAll("%25", "%");
      const type = given.some((one) => one.startsWith("Content-Type")) ? [] : ["Content-Type: application/json"];
      const lines = [`${method} ${target} HTTP/1.1`, AUTH, length, ...type, ...given];
      const answer = await rawRequest(mock.url, lines, body);
      expect(answer.status, lines.join("\n")).toBeLessThan(500);
      expect(answer.text).not.toMatch(/\n\s+at |node:internal/);
      expect(defects.splice(0)).toEqual([]);
    }),
    ENDS,
  );
});

const BODIES: readonly (readonly [method: string, path: string, body: unknown])[] = [
  ["PUT", "/sessions/anna", { scenario: "slow", pace: "polls", speed: 2, limits: { daily: 9 } }],
  ["PATCH", "/sessions/anna", { scenario: "slow", seed: 7, inFlightStatus: 202 }],
  ["POST", "/sessions/anna/clock/advance", { by: "90s" }],
  ["POST", "/sessions/anna/clock/set", { to: "2026-09-14T12:00:00Z" }],
  ["POST", "/sessions/anna/clock/rate", { rate: 2 }],
  ["PUT", `/sessions/anna/tasks/${ID}/state`, { state: "CANCELED" }],
  ["POST", "/sessions/anna/next", { status: 429, error: { message: "m", category: "RATE_LIMITS" }, times: 2 }],
  ["POST", "/sessions/anna/verifications", { operation: "importFromUrl", count: 1, where: { status: 202 } }],
  ["POST", "/sessions/anna/conduct", { leastPassingMs: 5 }],
];

test("any body of the control API is accepted or rejected, and none gets a 5xx or a defect", async () => {
  const snapshot = await (await fetch(`${mock.url}/__mock/sessions/default/snapshot`)).json();
  const calls = fc.constantFrom(...BODIES, ["PUT", "/sessions/anna/snapshot", snapshot] as const);
  const requests = calls.chain(([method, path, body]) =>
    fc.record({
      method: fc.constant(method),
      path: fc.oneof({ weight: 4, arbitrary: fc.constant(path) }, mutatedText(path, ["/", "%", "..", "-", "anna"])),
      body: fc.oneof(
        mutated(body).map((one) => JSON.stringify(one) ?? ""),
        mutatedText(JSON.stringify(body), ["{", '"', "[", "\\u", "\uFEFF"]),
      ),
    }),
  );
  await fc.assert(
    fc.asyncProperty(requests, async ({ method, path, body }) => {
      const target = `/__mock${encodeURI(line(path)).replaceAll("%25", "%")}`;
      const lines = [
        `${method} ${target} HTTP/1.1`,
        `Content-Length: ${Buffer.byteLength(body)}`,
        "Content-Type: application/json",
      ];
      const answer = await rawRequest(mock.url, lines, body);
      expect(answer.status, `${lines.join("\n")}\n\n${body}`).toBeLessThan(500);
      expect(answer.text).not.toMatch(/\n\s+at |node:internal/);
      expect(defects.splice(0)).toEqual([]);
    }),
    ENDS,
  );
});
