import { setupServer } from "msw/node";
import { expect, onTestFinished, test } from "vitest";
import { createImportMock } from "../mocks/handlers.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import { readEffect } from "../src/scenario/read-effect.js";
import { CAT, IMPORT, openDoor } from "./doors.js";
import { sendRaw } from "./raw-request.js";

const HEADERS = { Authorization: "Bearer any" };
const status = (name: string) => `${IMPORT}/tasks/${name}/status`;

function mocked(options: Parameters<typeof createImportMock>[0] = {}) {
  const mock = createImportMock(options);
  const server = setupServer(...mock.handlers);
  server.listen({ onUnhandledRequest: "error" });
  onTestFinished(() => server.close());
  const poll = (name: string, init: RequestInit = {}) =>
    fetch(`https://api.hubapi.com${status(name)}`, { headers: HEADERS, ...init });
  return { mock, poll };
}

test("closing the mock ends requests that never get a response", async () => {
  const swallowed: (() => void)[] = [];
  const isSwallowed = new Promise<void>((resolve) => swallowed.push(resolve));
  const mock = await startMock({
    scenarios: await readScenarios(),
    port: 0,
    onExchange: ({ response }) => response.wire?.kind === "black-hole" && swallowed[0]?.(),
  });
  await fetch(mock.url + status("black-hole"), { headers: HEADERS });
  const { answer } = sendRaw(mock.url, [`GET ${status("black-hole")} HTTP/1.1`, "Authorization: Bearer any"]);
  await isSwallowed;
  await mock.close();
  expect((await answer).text).toBe("");
});

test("a client that gives up on a black hole finds the task where it was", async () => {
  const { poll, mock } = mocked();
  await poll("black-hole");
  const call = new AbortController();
  const given = poll("black-hole", { signal: call.signal });
  while (mock.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
  call.abort();
  await expect(given).rejects.toThrow();
  expect(await (await poll("black-hole")).json()).toMatchObject({ status: "PROCESSING" });
});

test("resetting a mock in MSW ends requests that never get a response", async () => {
  const { poll, mock } = mocked();
  await poll("black-hole");
  const given = poll("black-hole").catch((error: Error) => error);
  while (mock.requests.length < 2) await new Promise((resolve) => setImmediate(resolve));
  mock.reset();
  expect(await given).toBeInstanceOf(Error);
});

test("in MSW a reset is a failed fetch, half a body a failed read, and neither hides the other polls", async () => {
  const { poll } = mocked();
  expect((await poll("connection-reset")).status).toBe(200);
  await expect(poll("connection-reset")).rejects.toThrow("Failed to fetch");
  expect((await poll("connection-reset")).status).toBe(200);
  await poll("connection-reset-mid-body");
  await expect((await poll("connection-reset-mid-body")).text()).rejects.toThrow();
  await expect((await poll("content-length-too-long")).text()).rejects.toThrow();
  await expect((await poll("content-length-too-short")).json()).rejects.toThrow();
});

test("a drip waits before each piece but the first, as long as its scenario says", async () => {
  const waits: number[] = [];
  const wait = async (milliseconds: number) => void waits.push(milliseconds);
  const { poll } = mocked({ wait });
  expect(await (await poll("slow-drip;pause=7s;chunks=4")).json()).toMatchObject({ status: "PENDING" });
  expect(waits).toEqual([7000, 7000, 7000]);
});

test("an import that is accepted with a 500 is a task, and its next try another", async () => {
  const { mock } = mocked({ scenario: "accepted-but-500" });
  const init = { method: "POST", headers: { ...HEADERS, "Content-Type": "application/json" } };
  const submit = (body: object) => fetch(`https://api.hubapi.com${IMPORT}`, { ...init, body: JSON.stringify(body) });
  expect((await submit(CAT)).status).toBe(500);
  expect((await submit(CAT)).status).toBe(500);
  expect((await submit({})).status).toBe(400);
  expect(mock.tasks.map(({ draft }) => draft.fileName)).toEqual(["cat.png", "cat.png"]);
});

test("a token that has expired stays so for every task, and a new one is good for every task", async () => {
  const { poll } = await openDoor("simulator", { pace: "polls" });
  const statuses = async (id: string, token: string) => (await poll(id, { Authorization: `Bearer ${token}` })).status;
  expect(await statuses("token-expires", "old")).toBe(200);
  expect(await statuses("token-expires", "old")).toBe(401);
  expect(await statuses("token-expires", "new")).toBe(200);
  expect(await statuses("token-expires", "old")).toBe(401);
  expect(await statuses("token-expires~2", "new")).toBe(200);
  expect(await statuses("token-expires~2", "new")).toBe(200);
});

test.each([
  [{ error: "locked" }, { effect: { error: "locked" } }],
  [{ error: "locked", retryAfter: "2s" }, { effect: { error: "locked", retryAfterMs: 2000 } }],
  [{ wire: "drip", chunks: 3 }, { effect: { wire: "drip", chunks: 3, pauseMs: 500 } }],
  [
    { alter: [{ shift: "/requestedAt", by: "-1h" }] },
    { effect: { alter: [{ shift: "/requestedAt", byMs: -3_600_000 }] } },
  ],
  [
    { answer: { status: 500 }, accepted: true },
    { effect: { answer: { status: 500, headers: {}, body: "" }, accepted: true } },
  ],
  [
    { error: "teapot" },
    { problem: { pointer: "/error", message: expect.stringMatching(/^must be one of .*; got "teapot"/) } },
  ],
  [
    { error: "$name" },
    {
      problem: { pointer: "/", message: "refers to a parameter, which only a scenario file can do. Write its value." },
    },
  ],
  [
    { polls: 2, error: "locked" },
    { problem: { pointer: "/polls", message: expect.stringContaining("is unknown; known here: ") } },
  ],
  [{}, { problem: { pointer: "", message: expect.stringContaining("needs exactly one of") } }],
  [null, { problem: { pointer: "/", message: "is empty. Write at least one of its kinds." } }],
])("the effect %j is read, or refused with its place", (json, expected) => {
  expect(readEffect(json)).toEqual(expected);
});
