import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createImportMock, type ImportMockOptions } from "../../mocks/handlers.js";
import { importMockFixture } from "../../mocks/vitest.js";
import { CAT, IMPORT } from "./client.js";

const API = `https://api.hubapi.com${IMPORT}`;
const HEADERS = { Authorization: "Bearer any", "Content-Type": "application/json" };

const server = setupServer();
beforeAll(() => server.listen({ onUnhandledRequest: "error" }));
afterEach(() => {
  server.resetHandlers();
  vi.useRealTimers();
});
afterAll(() => server.close());

function mocked(options: ImportMockOptions = {}) {
  const mock = createImportMock(options);
  server.use(...mock.handlers);
  return mock;
}

async function submit(): Promise<string> {
  const answer = await fetch(API, { method: "POST", headers: HEADERS, body: JSON.stringify(CAT) });
  return ((await answer.json()) as { id: string }).id;
}

async function poll(id: string, times = 1): Promise<void> {
  for (let polls = 0; polls < times; polls += 1) await fetch(`${API}/tasks/${id}/status`, { headers: HEADERS });
}

/** What a failing assertion says. */
async function messageOf(assertion: Promise<void>): Promise<string> {
  return assertion.then(
    () => "it passed",
    (error: Error) => error.message,
  );
}

test("an app whose waits are shortened to nothing has good conduct, as long as it stops at the end", async () => {
  const mock = mocked();
  await poll(await submit(), 3);
  await expect(mock).toHaveGoodConduct();
  await expect(await mock.conduct()).toHaveGoodConduct();
});

test("the message says which rule was broken, for which task, what was expected, what came, and what to do", async () => {
  const mock = mocked({ now: () => 1_789_387_200_000 });
  await poll("canceled", 8);
  expect(await messageOf(expect(mock).toHaveGoodConduct())).toBe(
    `expected good conduct

✗ reads-canceled unnamed (session default)
  A client does not poll a task again after CANCELED, which is a final state; FAILED does not exist.
  task canceled, exchanges 3, 4
    - no poll after CANCELED
    + 5 more
  Next: Treat CANCELED as a failure: stop, and show the task's errors.

Clients
  unnamed (session default): 1 rule passed, 1 failed, 7 not exercised

1 rule was broken by 1 of 1 client.`,
  );
});

test("one task's conduct is requested by its id, and a mistyped id is rejected", async () => {
  const mock = mocked();
  const bad = await submit();
  await poll(bad, 5);
  mock.use("instant");
  await poll("instant");
  await expect(mock).toHaveGoodConduct("instant");
  await expect(mock).not.toHaveGoodConduct(bad);
  await expect(mock.conduct("nobody")).rejects.toThrow('there is no task "nobody"');
});

test("an app that asked for nothing has shown no good conduct", async () => {
  expect(await messageOf(expect(mocked()).toHaveGoodConduct())).toContain("No client was judged");
});

test("under fake timers pauses are judged by the time that they take", async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  const mock = mocked({ pace: "time" });
  const results: unknown[] = [];
  for (const pauseMs of [1000, 200]) {
    const id = await submit();
    for (let polls = 0; polls < 3; polls += 1) {
      await poll(id);
      vi.setSystemTime(Date.now() + pauseMs);
    }
    const { clients } = await mock.conduct();
    results.push(clients[0]?.checks.find((check) => check.id === "polite-interval")?.result);
    mock.reset();
    server.use(...mock.handlers);
  }
  expect(results).toEqual(["pass", "fail"]);
});

test("what came is verified and covered, covered over resets", async () => {
  const mock = mocked({ scenario: "instant" });
  const id = await submit();
  await poll(id, 2);
  expect(mock.verify({ taskId: id, operation: "checkImportStatus", atLeast: 3 })).toMatchObject({
    passed: false,
    count: 2,
  });
  mock.reset();
  expect(mock.coverage().scenarios.met).toEqual(["instant"]);
  expect(mock.verify({ taskId: id, exactly: 0 }).passed).toBe(true);
});

test("the fixture fails a test at its teardown whose app misbehaved, where that is asked for", async () => {
  const misbehave = async () => poll("instant", 3);
  await expect(importMockFixture({ server, conduct: true }).importMock({}, misbehave)).rejects.toMatchObject({
    code: "bad-conduct",
    message: expect.stringContaining("Next: Leave the loop"),
  });
  await importMockFixture({ server }).importMock({}, misbehave);
  await importMockFixture({ server, conduct: true }).importMock({}, async () => {});
});

test.each([{}, undefined, null, "mock", { conduct: "good" }])(
  "an expectation of %j says what to pass",
  async (given) => {
    const words = "pass the mock that createImportMock returned";
    await expect(messageOf(expect(given).toHaveGoodConduct())).resolves.toContain(words);
    await expect(messageOf(expect(given).not.toHaveGoodConduct())).resolves.toContain(words);
  },
);

test("a mock without requests to v3 is distinguished from one with them, which the failure lists", async () => {
  const mock = mocked({ scenario: "instant" });
  const dated = (version: string) =>
    fetch(`https://api.hubapi.com/files/${version}/files/import-from-url/async/tasks/instant/status`, {
      headers: { Authorization: "Bearer any" },
    });
  const failure = (expectation: () => void) => messageOf((async () => expectation())());
  const nothing = "the mock got no request, so it shows nothing about the app";
  expect(await failure(() => expect(mock).toHaveNoRequestsTo("v3"))).toBe(nothing);
  expect(await failure(() => expect(mock).not.toHaveNoRequestsTo("v3"))).toBe(nothing);
  await dated("2026-09");
  expect(mock).toHaveNoRequestsTo("v3");
  expect(mock).not.toHaveNoRequestsTo("2026-09");
  for (let times = 0; times < 22; times += 1) await dated("v3");
  expect(mock).not.toHaveNoRequestsTo("v3");
  const line = "  GET /files/v3/files/import-from-url/async/tasks/instant/status → 200\n";
  expect(await failure(() => expect(mock).toHaveNoRequestsTo("v3"))).toBe(
    `expected no request to v3, but got:\n\n${line.repeat(20)}  and 2 more`,
  );
});

test("an expectation about a version says what to pass", async () => {
  const mock = mocked();
  const words = "write a version such as v3, 2025-09, 2026-03, 2026-09; got";
  // @ts-expect-error a version of another form
  expect(() => expect(mock).toHaveNoRequestsTo("V3")).toThrow(`${words} "V3".`);
  // @ts-expect-error a version is missing
  expect(() => expect(mock).not.toHaveNoRequestsTo()).toThrow(`${words} undefined.`);
  expect(() => expect({ clients: [] }).toHaveNoRequestsTo("v3")).toThrow(
    "pass the mock that createImportMock returned",
  );
});
