import { Ajv } from "ajv";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import { createImportMock } from "../mocks/handlers.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { runMock } from "./command.js";
import { IMPORT, openDoor, throughEachDoor } from "./doors.js";

const TEXT = { type: "string" };
const DATE = { type: "string", format: "date-time" };
const FLAG = { type: "boolean" };
const INT32 = { type: "integer", minimum: -(2 ** 31), maximum: 2 ** 31 - 1 };
const INT64 = { type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };
const mapOf = (entry: object) => ({ type: "object", additionalProperties: entry });
const listOf = (items: object) => ({ type: "array", items });
/** As a generated client in Go reads a model: what is required is there and not null, and nothing else is there. */
const model = (required: string, properties: object) => ({
  ...{ type: "object", required: required.split(" "), properties, additionalProperties: false },
});

const detail = model("message", {
  ...{ message: TEXT, code: TEXT, in: TEXT, subCategory: TEXT, context: mapOf(listOf(TEXT)) },
});
const standardError = model("category context errors links message status", {
  ...{ category: TEXT, context: mapOf(listOf(TEXT)), errors: listOf(detail), links: mapOf(TEXT), message: TEXT },
  ...{ status: TEXT, id: TEXT, subCategory: { type: "object" } },
});
const file = model("access archived createdAt id updatedAt", {
  access: {
    enum: [
      ...["HIDDEN_INDEXABLE", "HIDDEN_NOT_INDEXABLE", "HIDDEN_PRIVATE", "HIDDEN_SENSITIVE", "PRIVATE"],
      ...["PUBLIC_INDEXABLE", "PUBLIC_NOT_INDEXABLE", "SENSITIVE"],
    ],
  },
  ...{ archived: FLAG, createdAt: DATE, id: TEXT, updatedAt: DATE, archivedAt: DATE, defaultHostingUrl: TEXT },
  ...{ encoding: TEXT, expiresAt: INT64, extension: TEXT, fileMd5: TEXT, height: INT32, isUsableInContent: FLAG },
  ...{ name: TEXT, parentFolderId: TEXT, path: TEXT, size: INT64, type: TEXT, url: TEXT, width: INT32 },
  sourceGroup: { enum: ["CONTENT", "CONVERSATIONS", "FORMS", "UI_EXTENSIONS", "UNKNOWN"] },
});
const task = model("completedAt startedAt status taskId", {
  ...{ completedAt: DATE, startedAt: DATE, taskId: TEXT, errors: listOf(standardError), links: mapOf(TEXT) },
  ...{ numErrors: INT32, requestedAt: DATE, result: file },
  status: { enum: ["CANCELED", "COMPLETE", "PENDING", "PROCESSING"] },
});
const locator = model("id links", { id: TEXT, links: mapOf(TEXT) });
const failure = model("category correlationId message", {
  ...{ category: TEXT, correlationId: { type: "string", format: "uuid" }, message: TEXT, links: mapOf(TEXT) },
  ...{ context: mapOf(listOf(TEXT)), errors: listOf(detail), subCategory: TEXT },
});

const ajv = new Ajv({ allErrors: true, strict: false });
formats.default(ajv);
const page = {
  importFromUrl: { 202: ajv.compile(locator) },
  checkImportStatus: { 200: ajv.compile(task) },
  deleteFile: { 204: () => true },
} as const;
const isFailure = ajv.compile(failure);

/** What is wrong with an answer by HubSpot's page; nothing where it fits. */
function flaws(operation: keyof typeof page, status: number, body: string): unknown {
  const validate = (page[operation] as Record<number, typeof isFailure | (() => true)>)[status] ?? isFailure;
  return validate(body === "" ? undefined : JSON.parse(body)) ? undefined : (validate as typeof isFailure).errors;
}

const scenarios = await readScenarios();
const ENDS = [
  { scenario: "happy" },
  { scenario: "canceled" },
  { scenario: "canceled", failure: "complete" },
  { scenario: "canceled", failure: "silent" },
  { scenario: "complete-with-partial-errors" },
  { scenario: "source-too-large" },
] as const;
const FILES = [
  ...["cat.png", "team photo.jpg", "banner.webp", "report.pdf", "contacts.csv", "interview.mp3"],
  ...["film.mp4", "archive.tar.gz", "README", "猫.gif", "a.svg", "price-list.xlsx"],
];

test("every poll of every end and kind of file satisfies the published page of the status call", async () => {
  const states = new Set<string>();
  let polls = 0;
  for (const { scenario, ...unknowns } of ENDS) {
    const { call, poll } = await openDoor("simulator", { asPublished: true, pace: "polls", scenario, ...unknowns });
    for (const name of FILES) {
      const body = JSON.stringify({
        ...{ url: `https://example.com/${encodeURIComponent(name)}`, access: "PRIVATE", ttl: "P3M" },
        ...(name.length % 2 ? { folderId: "7" } : { folderPath: "/library" }),
      });
      const started = await (await call(IMPORT, { method: "POST", body })).text();
      expect(flaws("importFromUrl", 202, started)).toBeUndefined();
      for (let count = 0; count < 10; count += 1) {
        const answer = await poll((JSON.parse(started) as { id: string }).id);
        const text = await answer.text();
        expect(flaws("checkImportStatus", answer.status, text), `${scenario} ${name}: ${text}`).toBeUndefined();
        states.add((JSON.parse(text) as { status: string }).status);
        polls += 1;
      }
    }
  }
  expect(polls).toBe(720);
  expect([...states].sort()).toEqual(["CANCELED", "COMPLETE", "PENDING", "PROCESSING"]);
});

test("without the option a strict client can read neither a task in flight nor a failed import", async () => {
  const { call, poll, start } = await openDoor("simulator", { pace: "polls", scenario: "canceled" });
  const id = await start();
  const read = async () => flaws("checkImportStatus", 200, await (await poll(id)).text());
  for (let count = 0; count < 4; count += 1) expect(await read()).toBeDefined();
  const missing = await call("/files/v3/files/1", { method: "DELETE" });
  expect(flaws("deleteFile", missing.status, await missing.text())).toBeDefined();
});

test("in every scenario that declares no break, and for every bad request, all responses satisfy it", async () => {
  const kept = scenarios.filter(({ breaks, faults }) => !breaks && !faults.some(({ effect }) => "wire" in effect));
  const { clock, call } = await openDoor("simulator", { asPublished: true });
  const wrong: unknown[] = [];
  async function ask(operation: keyof typeof page, path: string, init: Parameters<typeof call>[1], name: string) {
    const answer = await call(path, init);
    const text = await answer.text();
    const found = flaws(operation, answer.status, text);
    if (found) wrong.push([name, operation, answer.status, text.slice(0, 300)]);
    return text;
  }
  const body = JSON.stringify({ url: "https://example.com/a.png", access: "PRIVATE", folderPath: "/x" });
  for (const { name } of kept) {
    const headers = { "X-Mock-Scenario": name };
    const { id = name } = JSON.parse(await ask("importFromUrl", IMPORT, { method: "POST", headers, body }, name));
    for (let poll = 0; poll < 6; poll += 1) {
      await ask("checkImportStatus", `${IMPORT}/tasks/${id}/status`, { headers }, name);
      clock.advance(1000);
    }
    await ask("deleteFile", "/files/v3/files/1", { method: "DELETE", headers }, name);
  }
  const status = `${IMPORT}/tasks/x/status`;
  await ask("checkImportStatus", status, { headers: { Authorization: "" } }, "no token");
  await ask("checkImportStatus", status, { headers: { Authorization: "Bearer invalid" } }, "a wrong token");
  await ask("checkImportStatus", status, { headers: { "X-Mock-Scenario": "none" } }, "no such scenario");
  await ask("checkImportStatus", status, {}, "an id that cannot be decoded");
  await ask("deleteFile", "/files/v3/files/x", { method: "DELETE" }, "an id that cannot be decoded");
  for (const bad of [
    "",
    "{",
    "[]",
    "{}",
    '{"url":"x","access":"NOBODY","folderPath":"/x"}',
    '{"url":"x","access":"PRIVATE"}',
  ]) {
    await ask("importFromUrl", IMPORT, { method: "POST", body: bad }, bad);
  }
  await ask("importFromUrl", IMPORT, { method: "POST", body, headers: { "Content-Type": "text/plain" } }, "text");
  await ask("importFromUrl", IMPORT, { method: "POST", body: "x".repeat(11 * 2 ** 20) }, "too large");
  expect(kept.length).toBeGreaterThan(60);
  expect(wrong).toEqual([]);
});

throughEachDoor("a response as published also keeps the contract", async (open) => {
  const { clock, poll } = await open({ asPublished: true });
  for (const scenario of ["happy", "canceled", "rate-limited", "edge-page", "not-found"]) {
    for (let count = 0; count < 4; count += 1) {
      const answer = await poll(scenario);
      expect(answer.headers.get("sl-violations")).toBeNull();
      expect(flaws("checkImportStatus", answer.status, await answer.text())).toBeUndefined();
      clock.advance(1000);
    }
  }
});

test("MSW's mock responds as published, also for a task that a test cancels in its own words", async () => {
  const mock = createImportMock({ asPublished: true });
  const simulator = createSimulator({ scenarios, asPublished: true, pace: "polls" });
  const request = new Request(`https://api.hubapi.com${IMPORT}/tasks/happy/status`, {
    headers: { Authorization: "Bearer any" },
  });
  await simulator.answer(request);
  simulator.cancel("happy", { message: "Too large." });
  const { response } = await simulator.answer(request);
  expect(flaws("checkImportStatus", 200, response.body)).toBeUndefined();
  expect(JSON.parse(response.body)).toMatchObject({ errors: [{ message: "Too large.", errors: [], links: {} }] });
  const [, status] = mock.handlers;
  const result = await status?.run({ request: request.clone(), requestId: "1" });
  expect(flaws("checkImportStatus", 200, (await result?.response?.text()) ?? "{}")).toBeUndefined();
});

test("a session is switched to it and back, and what excludes it is rejected", () => {
  const simulator = createSimulator({ scenarios });
  simulator.configure({ asPublished: true });
  expect(simulator.settings()).toMatchObject({ asPublished: true, inFlightDates: "filled" });
  const rejected = { code: "invalid-option", message: expect.stringContaining("if asPublished is true") };
  for (const change of [{ inFlightDates: "null" }, { inFlightStatus: 202 }] as const) {
    expect(() => simulator.configure(change)).toThrow(expect.objectContaining(rejected));
    expect(() => createSimulator({ scenarios, asPublished: true, ...change })).toThrow(
      expect.objectContaining(rejected),
    );
  }
  simulator.configure({ asPublished: false, inFlightDates: "null" });
  expect(simulator.settings()).toMatchObject({ asPublished: false, inFlightDates: "null" });
});

test("mock --as-published reaches the tasks", async () => {
  const { url } = await runMock(["--as-published"]);
  const answer = await fetch(`${url}${IMPORT}/tasks/happy/status`, { headers: { Authorization: "Bearer any" } });
  expect(flaws("checkImportStatus", answer.status, await answer.text())).toBeUndefined();
});
