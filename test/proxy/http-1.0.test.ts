import { afterAll, beforeAll, expect, test } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type Mock, startMock } from "../../mocks/server.js";
import { CAT, IMPORT } from "../doors.js";
import { rawRequest, sendRaw } from "../raw-request.js";

let mock: Mock;
beforeAll(async () => {
  const control = { token: "a-long-secret" };
  mock = await startMock({ scenarios: await readScenarios(), port: 0, pace: "polls", control, wait: async () => {} });
});
afterAll(() => mock.close());

const poll = (name: string) =>
  rawRequest(mock.url, [`GET ${IMPORT}/tasks/${name}/status HTTP/1.0`, "Authorization: Bearer any"]);

test.each(["happy", "slow-drip", "content-length-too-short", "edge-not-found", "empty-body", "missing-scopes"])(
  "a response of %s has its length, and no chunks",
  async (name) => {
    const { headers, text, ending } = await poll(name);
    expect(headers["transfer-encoding"]).toBeUndefined();
    expect(ending).toBe("closed");
    if (name !== "content-length-too-short") expect(headers["content-length"]).toBe(`${Buffer.byteLength(text)}`);
  },
);

test("half a response is half of its length, and then the connection is reset", async () => {
  await poll("connection-reset-mid-body");
  const { headers, text, ending } = await poll("connection-reset-mid-body");
  expect([headers["transfer-encoding"], ending]).toEqual([undefined, "reset"]);
  expect(Buffer.byteLength(text)).toBe(Number(headers["content-length"]) >> 1);
  expect(text).toMatch(/^\{"taskId"/);
});

test("events come as they are, until the connection is closed", async () => {
  const lines = ["GET /__mock/events HTTP/1.0", "Host: localhost", "Authorization: Bearer a-long-secret"];
  const { received } = sendRaw(mock.url, lines);
  while (!received().includes("listening")) await new Promise((resolve) => setImmediate(resolve));
  expect(received()).toMatch(/\r\n\r\nretry: 500\n: listening\n\n$/);
  await poll("happy~events");
  while (!received().includes("event: exchange")) await new Promise((resolve) => setImmediate(resolve));
  expect(received().toLowerCase()).not.toMatch(/transfer-encoding|keep-alive/);
});

test("an import with Expect: 100-continue gets its response without a 100", async () => {
  const body = JSON.stringify(CAT);
  const lines = (version: string) => [
    `POST ${IMPORT} HTTP/${version}`,
    "Authorization: Bearer any",
    "Content-Type: application/json",
    `Content-Length: ${body.length}`,
    "Expect: 100-continue",
  ];
  expect((await rawRequest(mock.url, lines("1.0"), body)).status).toBe(202);
  expect((await rawRequest(mock.url, lines("1.1"), body)).status).toBe(100);
});

test("a connection is kept longer than the minute for which proxies keep theirs", async () => {
  const answer = await fetch(`${mock.url}${IMPORT}/tasks/happy/status`, { headers: { Authorization: "Bearer any" } });
  expect(answer.headers.get("keep-alive")).toBe("timeout=65");
});
