import { expect, onTestFinished, test } from "vitest";
import { createPaint, requestLine, stamped } from "../bin/mock/request-line.js";
import { controlLine } from "../bin/mock/run.js";
import { connectMock } from "../mocks/client.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { CAT, IMPORT } from "./doors.js";

test("the mock's log shows that a request got no response", async () => {
  const simulator = createSimulator({ scenarios: await readScenarios(), pace: "polls", now: () => 0 });
  const poll = () =>
    simulator.answer(
      new Request(`https://api.hubapi.com${IMPORT}/tasks/connection-reset/status`, {
        headers: { Authorization: "Bearer any" },
      }),
    );
  await poll();
  expect(requestLine(await poll(), [])).toBe(
    `GET ${IMPORT}/tasks/connection-reset#1/status no response connection-reset (name) - on the wire: reset`,
  );
});

test("a task has its short name in the log, by whatever name it was polled, and a requested wait is shown", async () => {
  const simulator = createSimulator({ scenarios: await readScenarios(), pace: "polls", now: () => 0 });
  const headers = { Authorization: "Bearer any", "Content-Type": "application/json", "X-Mock-Session": "anna" };
  const line = async (path: string, init: RequestInit = {}) =>
    requestLine(
      await simulator.answer(new Request(`https://api.hubapi.com${IMPORT}${path}`, { ...init, headers })),
      [],
    );
  const body = JSON.stringify({ ...CAT, url: "https://example.com/cat.png#mock=rate-limited" });
  expect(await line("", { method: "POST", body })).toBe(
    `[anna] POST ${IMPORT} 202 rate-limited (fragment) task rate-limited#1`,
  );
  const poll = `[anna] GET ${IMPORT}/tasks/rate-limited#1/status`;
  const { id = "" } = simulator.session("anna").tasks()[0] ?? {};
  expect(await line(`/tasks/${id}/status`)).toBe(`${poll} 200 PENDING rate-limited (task)`);
  expect(await line("/tasks/last/status")).toBe(
    `${poll} 429 rate-limited (task) Retry-After: 2 - You have reached your ten_secondly_rolling limit.`,
  );
});

const exchange = (status: number) =>
  ({
    request: { method: "GET", path: "/x" },
    response: {
      status,
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ message: "\u001b[2J" }),
    },
    violations: [],
    operation: "checkImportStatus",
  }) as const;

test("for a person at a terminal the status has the colour of its class, and no other escape is printed", () => {
  const [green, yellow, red] = [32, 33, 31].map((code) => (text: string) => `\u001b[${code}m${text}\u001b[39m`);
  const paint = createPaint(true);
  expect(requestLine(exchange(200), [], paint)).toBe(`GET /x ${green?.("200")}`);
  expect(requestLine(exchange(429), [], paint)).toBe(`GET /x ${yellow?.("429")} - \\u001b[2J`);
  expect(requestLine(exchange(503), [], paint)).toBe(`GET /x ${red?.("503")} - \\u001b[2J`);
  expect(requestLine(exchange(503), [])).toBe("GET /x 503 - \\u001b[2J");
});

test("each line has the time of day, dimmed for a person", () => {
  const noon = new Date(2026, 8, 14, 12, 0, 5).getTime();
  expect(stamped("GET /x 200", createPaint(true), noon)).toBe("\u001b[2m12:00:05\u001b[22m GET /x 200");
  expect(stamped("GET /x 200", createPaint(false), noon)).toBe("12:00:05 GET /x 200");
});

test("each request to the control API that changes something is a line of the log, and no other", async () => {
  const lines: string[] = [];
  const mock = await startMock({
    scenarios: await readScenarios(),
    port: 0,
    onControl: (change) => lines.push(controlLine(change)),
  });
  onTestFinished(() => mock.close());
  const { session, tasks, verify, exportAll, importAll } = connectMock({ url: mock.url });
  const anna = session("anna");
  await anna.use("slow");
  await anna.clock.advance("20s");
  await tasks();
  await verify({ atLeast: 0 });
  await expect(anna.complete("\u001b[2J")).rejects.toThrow();
  await importAll(await exportAll());
  await anna.reset();
  expect(lines).toEqual([
    'control: PUT /__mock/sessions/anna {"scenario":"slow"}',
    'control: POST /__mock/sessions/anna/clock/advance {"by":"20s"}',
    "control: PUT /__mock/snapshot",
    "control: POST /__mock/sessions/anna/reset",
  ]);
});

test("a long body is cut, and what a terminal would obey is escaped", () => {
  const body = { words: `\u001b[2J${"x".repeat(5000)}` };
  const line = controlLine({ method: "PUT", path: "/__mock/x", body });
  expect(line).toMatch(/^control: PUT \/__mock\/x \{"words":"\\u001b\[2Jx+…x+$/);
  expect(line.length).toBeLessThan(200);
});
