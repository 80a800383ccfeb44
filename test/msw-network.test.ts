import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { createImportMock, type ImportMockOptions } from "../mocks/handlers.js";

/** This file runs against the oldest and the newest msw, too: see test/msw-versions. */
const API = "https://api.hubapi.com/files/v3/files/import-from-url/async";
const HEADERS = { Authorization: "Bearer any", "Content-Type": "application/json" };
const CAT = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" };

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error", ...{ onUnhandledFrame: "error" } }));
afterEach(() => server.resetHandlers());
afterAll(() => server.close());

function mocked(options: ImportMockOptions) {
  const mock = createImportMock(options);
  server.use(...mock.handlers);
  return mock;
}

async function start(): Promise<string> {
  const answer = await fetch(API, { method: "POST", headers: HEADERS, body: JSON.stringify(CAT) });
  return ((await answer.json()) as { id: string }).id;
}

const poll = (id: string) => fetch(`${API}/tasks/${id}/status`, { headers: HEADERS });

describe("a body that breaks off", () => {
  const polls = async () => {
    const id = await start();
    const seen: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const answer = await poll(id).catch(() => undefined);
      seen.push((await answer?.text().catch(() => "cut")) ?? "no answer");
    }
    return seen.map((text) => /"status":"(\w+)"/.exec(text)?.[1] ?? text);
  };

  test.each(["connection-reset-mid-body", "content-length-too-long"])(
    "fails in its middle under %s",
    async (scenario) => {
      mocked({ scenario });
      expect(await polls()).toContain("cut");
    },
  );

  test("is a network error under cut network-error, without a response", async () => {
    const mock = mocked({ scenario: "connection-reset-mid-body", cut: "network-error" });
    expect(await polls()).toEqual(["PENDING", "no answer", "COMPLETE"]);
    expect(mock.requests[2]).toMatchObject({ response: { status: 0, body: "" }, effect: "wire reset-mid-body" });
    expect(mock.requests[2]).not.toHaveProperty("state");
    mocked({ scenario: "content-length-too-long", cut: "network-error" });
    expect(await polls()).toEqual(Array(3).fill("no answer"));
    mocked({ scenario: "slow-drip", cut: "network-error", wait: async () => undefined });
    expect(await polls()).toEqual(["PENDING", "PROCESSING", "COMPLETE"]);
  });

  test("leaves no listener behind, however often it happens", async () => {
    const warned: Error[] = [];
    const listen = (warning: Error) => void warned.push(warning);
    process.on("warning", listen);
    onTestFinished(() => void process.off("warning", listen));
    mocked({ scenario: "slow-drip", wait: async () => undefined });
    for (let count = 0; count < 20; count += 1) await polls();
    await new Promise((resolve) => setImmediate(resolve));
    expect(warned).toEqual([]);
  });

  test("is asked for in words that there are", () => {
    expect(() => createImportMock({ cut: "stream" as never })).toThrow(
      'cut must be mid-body or network-error; got "stream".',
    );
    expect(() => createImportMock({ onViolation: "thorw" as never })).toThrow(
      'onViolation must be respond, throw or a function; got "thorw".',
    );
  });
});

test("a request without a response ends when it is aborted, and when its mock is reset", async () => {
  const mock = mocked({ scenario: "black-hole" });
  const leaving = new AbortController();
  const unanswered = async (init: RequestInit = {}) => {
    const id = await start();
    await poll(id);
    return fetch(`${API}/tasks/${id}/status`, { headers: HEADERS, ...init }).catch((error: Error) => error.name);
  };
  const [first, second] = [unanswered({ signal: leaving.signal }), unanswered()];
  await vi.waitUntil(() => mock.requests.length === 6, { timeout: 10_000 });
  leaving.abort();
  expect(await first).toBe("AbortError");
  mock.reset();
  expect(await second).toBe("TypeError");
});

test("a body that comes slowly fails when its request is aborted, and when its mock is reset", async () => {
  const pauses: AbortSignal[] = [];
  const wait = (_ms: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      pauses.push(signal);
      signal.addEventListener("abort", () => resolve());
    });
  const mock = mocked({ scenario: "slow-drip", wait });
  const leaving = new AbortController();
  const reading = async (init: RequestInit = {}) => {
    const answer = await fetch(`${API}/tasks/slow-drip/status`, { headers: HEADERS, ...init });
    return answer.text().catch((error: Error) => error.name);
  };
  const [first, second] = [reading({ signal: leaving.signal }), reading()];
  await vi.waitUntil(() => pauses.length === 2, { timeout: 10_000 });
  leaving.abort();
  expect(await first).toBe("AbortError");
  mock.reset();
  expect(await second).toBe("TypeError");
});

test.each(["*", "/hubspot", "*/hubspot"])(
  "a request that a mock at %s passes on reaches a real server whole",
  async (baseUrl) => {
    const real = createServer((request, response) => void request.pipe(response)).listen(0, "127.0.0.1");
    onTestFinished(() => void real.close());
    await once(real, "listening");
    const passing = setupServer(...createImportMock({ baseUrl, onViolation: "throw" }).handlers);
    server.close();
    onTestFinished(() => server.listen({ onUnhandledRequest: "error", ...{ onUnhandledFrame: "error" } }));
    passing.listen({ onUnhandledRequest: "bypass", ...{ onUnhandledFrame: "bypass" } });
    onTestFinished(() => passing.close());
    const origin = `http://127.0.0.1:${(real.address() as AddressInfo).port}`;
    const body = JSON.stringify({ ...CAT, name: "n".repeat(100_000) });
    for (const [method, path] of [
      ["POST", "/uploads"],
      ["PUT", "/hubspot/files/v3/files/import-from-url/async"],
      ["POST", "/hubspot/crm/v3/objects"],
    ] as const) {
      const answer = await fetch(origin + path, { method, headers: HEADERS, body });
      expect(await answer.text()).toBe(body);
    }
  },
);
