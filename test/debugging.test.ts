import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createImportMock, type ImportMockOptions } from "../mocks/handlers.js";
import { quoted } from "./snippets.js";

const isQuoted = (text: string) => quoted.some((part) => text.includes(part));

const API = "http://localhost/hubspot/files/v3/files/import-from-url/async";
const HEADERS = { Authorization: "Bearer any", "Content-Type": "application/json" };
const CAT = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" };

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterAll(() => server.close());

function mocked(options: ImportMockOptions = {}) {
  server.resetHandlers();
  const mock = createImportMock({ baseUrl: "/hubspot", ...options });
  server.use(...mock.handlers);
  return mock;
}

async function ask(path: string, init: RequestInit = {}): Promise<{ readonly [name: string]: string }> {
  return (await fetch(API + path, { headers: HEADERS, ...init })).json();
}
const start = async (body: object = CAT) =>
  (await ask("", { method: "POST", body: JSON.stringify(body) }))["id"] ?? "none";
const look = async (id: string) => (await ask(`/tasks/${id}/status`))["status"];

test("a request at another address than the mock's is named by MSW", async () => {
  mocked({ baseUrl: "/hub" });
  const lines: string[] = [];
  const print = vi.spyOn(console, "error").mockImplementation((line: string) => void lines.push(line));
  onTestFinished(() => print.mockRestore());
  await start().catch(() => "unhandled");
  expect(lines.filter(isQuoted)).toEqual([expect.stringContaining(`• POST ${API}`)]);
});

test("a mock in production warns", () => {
  vi.stubEnv("NODE_ENV", "production");
  onTestFinished(() => void vi.unstubAllEnvs());
  const lines: string[] = [];
  const print = vi.spyOn(console, "warn").mockImplementation((line: string) => void lines.push(line));
  onTestFinished(() => print.mockRestore());
  mocked();
  expect(lines.map(isQuoted)).toEqual([true]);
});

test("a path is no address on Node", async () => {
  const error: Error = await fetch(API.replace("http://localhost", "")).catch((thrown) => thrown);
  expect(error.message).toSatisfy(isQuoted);
});

test.each<[string, RequestInit]>([
  ["/tasks/happy/status", { headers: {} }],
  ["/tasks/undefined/status", {}],
])("the app gets an error for %s %j", async (path, init) => {
  mocked();
  expect((await ask(path, init))["message"]).toSatisfy(isQuoted);
});

test.each<[string, object]>([
  ["an unknown access", { ...CAT, access: "PUBLIC" }],
  ["no folder", { url: CAT.url, access: CAT.access }],
])("a request with %s is named by assertNoViolations", async (_, body) => {
  const mock = mocked();
  await start(body);
  expect(() => mock.assertNoViolations()).toThrow(expect.toSatisfy(({ message }: Error) => isQuoted(message)));
});

test("a mistyped scenario is named", () => {
  const mock = mocked();
  expect(() => mock.use("cancelled")).toThrow(expect.toSatisfy(({ message }: Error) => isQuoted(message)));
});

test.each([undefined, 429])("use(%j) says what a scenario is", (scenario) => {
  const { use } = mocked();
  expect(() => use(scenario as never)).toThrow(`a scenario must be a string such as canceled; got ${scenario}.`);
});

test("a state does not move under fake timers, under pace manual and after a reset, and each remedy moves it", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
  mocked({ pace: "time" });
  const timed = await start();
  expect([await look(timed), await look(timed)]).toEqual(["PENDING", "PENDING"]);
  vi.advanceTimersByTime(1000);
  expect(await look(timed)).toBe("PROCESSING");

  const manual = mocked({ pace: "manual" });
  const steered = await start();
  expect([await look(steered), await look(steered)]).toEqual(["PENDING", "PENDING"]);
  manual.next(steered);
  expect(await look(steered)).toBe("PROCESSING");

  const reset = mocked();
  const polled = await start();
  await look(polled);
  reset.reset();
  expect([await look(polled), await look(await start())]).toEqual(["PENDING", "PENDING"]);

  const stuck = mocked({ scenario: "stuck-processing" });
  const old = await start();
  stuck.use("happy");
  for (let polls = 0; polls < 5; polls += 1) await look(old);
  expect(await look(old)).toBe("PROCESSING");
});
