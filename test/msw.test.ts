import { Client } from "@hubspot/api-client";
import { delay, getResponse, HttpResponse, http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, test as base, beforeAll, describe, expect, onTestFinished, vi } from "vitest";
import {
  createImportMock,
  handlers,
  type ImportMockOptions,
  parseScenario,
  type TaskStatus,
} from "../mocks/handlers.js";
import { importMockFixture } from "../mocks/vitest.js";

/** This file runs against the oldest and the newest msw, too: see test/msw-versions. */
const MSW = process.env["MSW_VERSION"] ?? "2.15.0";

const API = "https://api.hubapi.com/files/v3/files/import-from-url/async";
const HEADERS = { Authorization: "Bearer any", "Content-Type": "application/json" };
const CAT = { url: "https://example.com/cat.png", access: "PRIVATE", folderPath: "/library" };

const server = setupServer();
// msw 3 renamed the option and ignores the old name.
const strict = { onUnhandledRequest: "error", ...{ onUnhandledFrame: "error" } } as const;
beforeAll(() => server.listen(strict));
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

async function start(api = API, body: object = CAT): Promise<string> {
  const answer = await fetch(api, { method: "POST", headers: HEADERS, body: JSON.stringify(body) });
  return ((await answer.json()) as { id: string }).id;
}

const poll = (id: string, api = API) => fetch(`${api}/tasks/${id}/status`, { headers: HEADERS });
const look = async (id: string, api = API) => (await (await poll(id, api)).json()) as TaskStatus;
const test = base;

test("these tests run with the msw and the Node that they claim", async () => {
  const { default: installed } = (await import("msw/package.json", { with: { type: "json" } })) as {
    default: { version: string };
  };
  expect(installed.version).toBe(MSW);
  if (process.env["NODE_VERSION"]) expect(process.version).toContain(process.env["NODE_VERSION"]);
});

test("each poll moves a task, with no clock and no waiting", async () => {
  mocked();
  const id = await start();
  const states = [await look(id), await look(id), await look(id)].map(({ status }) => status);
  expect(states).toEqual(["PENDING", "PROCESSING", "COMPLETE"]);
});

test("HubSpot's own client is intercepted, with no server", async () => {
  mocked();
  const { filesApi } = new Client({ accessToken: "any", basePath: "https://api.hubapi.com" }).files;
  const { id } = await filesApi.importFromUrl(CAT as never);
  expect((await filesApi.checkImport(id)).status).toBe("PENDING");
  await filesApi.checkImport(id);
  expect(await filesApi.checkImport(id)).toMatchObject({ status: "COMPLETE", result: { path: "/library/cat.png" } });
});

test("doubled slashes are forgiven", async () => {
  mocked();
  expect((await poll("happy", API.replace("/files", "//files"))).status).toBe(200);
});

test("under pace time a task follows fake timers", async () => {
  vi.useFakeTimers();
  mocked({ pace: "time" });
  const id = await start();
  expect((await look(id)).status).toBe("PENDING");
  vi.advanceTimersByTime(1000);
  expect((await look(id)).status).toBe("PROCESSING");
  vi.advanceTimersByTime(2000);
  expect((await look(id)).status).toBe("COMPLETE");
});

test("a loop that sleeps between polls is driven by fake timers alone", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setTimeout"] });
  mocked({ pace: "time" });
  const id = await start();
  let status: string | undefined;
  const done = (async () => {
    do {
      status = (await look(id)).status;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    } while (status !== "COMPLETE");
  })();
  while (status !== "COMPLETE") {
    if (vi.getTimerCount() > 0) vi.advanceTimersByTime(1000);
    await new Promise((resolve) => setImmediate(resolve));
  }
  vi.advanceTimersByTime(1000);
  await done;
});

test("the mock's clock can be advanced where the test's is real", async () => {
  const mock = mocked({ pace: "time", now: () => 1_789_387_200_000 });
  const id = await start();
  mock.clock.advance(3000);
  expect((await look(id)).status).toBe("COMPLETE");
  expect(mock.clock.now()).toBe(1_789_387_203_000);
});

test("tasks and requests can be read back", async () => {
  const mock = mocked();
  const id = await start();
  await look(id);
  expect(mock.tasks).toEqual([
    {
      id,
      name: "happy#1",
      status: "PENDING",
      scenario: "happy",
      polls: 1,
      requestedAt: expect.any(Number),
      draft: expect.objectContaining({ fileName: "cat.png" }),
    },
  ]);
  expect(mock.requests.map(({ operation, response }) => [operation, response.status])).toEqual([
    ["importFromUrl", 202],
    ["checkImportStatus", 200],
  ]);
  expect(mock.requests[0]?.request.body).toEqual(CAT);
});

test("a task's short name does wherever its id does", async () => {
  const mock = mocked();
  await start();
  const id = await start();
  mock.complete("#1");
  mock.cancel("last", { message: "Too large." });
  expect(mock.tasks.map(({ name, status }) => [name, status])).toEqual([
    ["happy#1", "COMPLETE"],
    ["happy#2", "CANCELED"],
  ]);
  await look("last");
  expect((await mock.conduct("last")).clients.flatMap(({ tasks }) => tasks.map((task) => task.id))).toEqual([id]);
  expect(mock.verify({ taskId: "#2", exactly: 2 }).passed).toBe(true);
  expect(() => mock.complete("#9")).toThrow(
    'there is no task "#9" in session "default". Tasks there: happy#2, happy#1.',
  );
});

test("of the requests the last thousand are kept", async () => {
  const mock = mocked({ scenario: "instant" });
  const instant = new Request(`${API}/tasks/instant/status`, { headers: HEADERS });
  await poll("slow");
  // By the handlers alone: msw 3 makes a socket and its encryption for each request that it intercepts.
  for (let count = 1; count < 1001; count += 1) await getResponse([...mock.handlers], instant);
  expect(mock.requests.length).toBe(1000);
  expect(mock.requests[0]?.taskId).toBe("instant");
});

test("a test ends a task as it likes, once", async () => {
  const mock = mocked({ scenario: "stuck-pending" });
  const [one, other, third] = [await start(), await start(), await start()];
  mock.complete(one);
  mock.cancel(other);
  mock.cancel(third, { message: "Too large.", category: "FILE_TOO_LARGE" });
  expect(await look(one)).toMatchObject({ status: "COMPLETE", result: { name: "cat" } });
  expect(await look(other)).toMatchObject({ status: "CANCELED", numErrors: 1 });
  expect(await look(third)).toMatchObject({
    errors: [{ status: "error", message: "Too large.", category: "FILE_TOO_LARGE" }],
  });
  expect(() => mock.cancel(one)).toThrow("has ended as COMPLETE, which is final");
  expect(() => mock.complete("nobody")).toThrow('there is no task "nobody". Start it with an import, or poll it once.');
});

test("a forced end replaces one that a header showed at the same instant", async () => {
  const mock = mocked({ pace: "time", now: () => 1_789_387_200_000 });
  const id = await start();
  const instant = async () => {
    const headers = { ...HEADERS, "X-Mock-Scenario": "instant" };
    return ((await (await fetch(`${API}/tasks/${id}/status`, { headers })).json()) as TaskStatus).status;
  };
  expect(await instant()).toBe("COMPLETE");
  mock.cancel(id);
  expect(await instant()).toBe("CANCELED");
});

test("under pace manual a task moves when the test says so", async () => {
  const mock = mocked({ pace: "manual" });
  const id = await start();
  for (const [status, moved] of [
    ["PENDING", 1],
    ["PROCESSING", 1],
    ["COMPLETE", 0],
  ] as const) {
    expect((await look(id)).status).toBe(status);
    expect((await look(id)).status).toBe(status);
    expect(mock.next(id)).toBe(moved);
  }
});

test("use changes the scenario of later imports, and rejects one that does not exist", async () => {
  const mock = mocked({ pace: "immediate" });
  const before = await start();
  mock.use("canceled");
  expect((await look(await start())).status).toBe("CANCELED");
  expect((await look(before)).status).toBe("COMPLETE");
  expect(() => mock.use("cancelled")).toThrow('there is no scenario "cancelled". Did you mean canceled');
  expect(() => createImportMock({ scenario: "hapy" })).toThrow('there is no scenario "hapy". Did you mean happy?');
});

test("a scenario of one's own joins the catalogue", async () => {
  const quick = parseScenario("quick", { summary: "Is complete at once.", steps: [{ state: "COMPLETE" }] });
  mocked({ scenarios: [quick], scenario: "quick" });
  expect((await look(await start())).status).toBe("COMPLETE");
});

test("a scenario of one's own replaces the catalogue's of that name, and is covered once", async () => {
  const happy = parseScenario("happy", { summary: "Is complete at once.", steps: [{ state: "COMPLETE" }] });
  const mock = mocked({ scenarios: [happy] });
  expect((await look(await start())).status).toBe("COMPLETE");
  const { met, missed } = mock.coverage().scenarios;
  expect([met, missed.includes("happy")]).toEqual([["happy"], false]);
});

test.skipIf(MSW.startsWith("2.6"))("server.resetHandlers resets the mock's state, too", async () => {
  const mock = mocked();
  await start();
  mock.use("canceled");
  mock.clock.advance(1000);
  server.resetHandlers();
  expect(mock.tasks).toEqual([]);
  expect(mock.requests).toEqual([]);
  server.use(...mock.handlers);
  expect((await fetch(`${API}/tasks/happy/status`, { headers: HEADERS })).headers.get("x-mock-scenario")).toContain(
    "happy",
  );
  expect(mock.clock.now() - Date.now()).toBeLessThan(1000);
});

test("resetHandlers resets a mock that the server was set up with", async () => {
  const mock = createImportMock({ baseUrl: "https://initial.test" });
  server.resetHandlers(...mock.handlers);
  onTestFinished(() => server.resetHandlers(http.get("https://nothing.test", () => HttpResponse.text(""))));
  await start("https://initial.test/files/v3/files/import-from-url/async");
  expect(mock.tasks.length).toBe(1);
  server.resetHandlers();
  // msw before 2.13.6 tells its handlers nothing.
  if (MSW.startsWith("2.6")) mock.reset();
  expect(mock.tasks).toEqual([]);
});

test("after reset the same requests get the same responses", async () => {
  const mock = mocked({ now: () => 1_789_387_200_000, scenario: "instant" });
  const first = await look(await start());
  mock.reset();
  server.use(...mock.handlers);
  expect(await look(await start())).toEqual(first);
});

describe("a request that breaks the contract", () => {
  const send = () =>
    fetch(API, { method: "POST", headers: HEADERS, body: JSON.stringify({ ...CAT, access: "PUBLIC" }) });

  test("gets HubSpot's 400 and is recorded, so that a test can fail where the app swallowed it", async () => {
    const mock = mocked();
    expect((await send()).status).toBe(400);
    expect(() => mock.assertNoViolations()).toThrow(
      'POST /files/v3/files/import-from-url/async breaks the contract: body/access must be one of PUBLIC_INDEXABLE, PUBLIC_NOT_INDEXABLE, HIDDEN_INDEXABLE, HIDDEN_NOT_INDEXABLE, HIDDEN_PRIVATE, HIDDEN_SENSITIVE, PRIVATE, SENSITIVE; got "PUBLIC"',
    );
  });

  test.each([
    ["a token in the wrong place", { access: "pat-na1-11111111-2222" }, "; got what looks like a token"],
    ["a service key in the wrong place", { access: "hsk-eu1-11111111-2222" }, "; got what looks like a token"],
    ["a long text", { access: "P".repeat(1000) }, /; got "P+…P+"$/],
    ["nested values", { url: [["x"]], overwrite: {} }, /got an array; .*got an object$/],
    ["a period", { ttl: "P9Y" }, 'from one day (P1D) to one year (P1Y); got "P9Y"'],
    ["both folders", { folderId: "1" }, "needs exactly one of folderId and folderPath; got both"],
  ])("shows of what was sent %s", async (_, fields, text) => {
    const mock = mocked();
    await start(API, { ...CAT, ...fields });
    expect(() => mock.assertNoViolations()).toThrow(text);
  });

  test("is thrown under onViolation throw", async () => {
    mocked({ onViolation: "throw" });
    const answer = await send().catch((error: Error) => error);
    expect(answer instanceof Error || answer.status === 500).toBe(true);
  });

  test("is passed to a callback", async () => {
    const told: string[] = [];
    mocked({ onViolation: ({ violations }) => told.push(...violations.map(({ pointer }) => pointer)) });
    expect((await send()).status).toBe(400);
    expect(told).toEqual(["body/access"]);
  });

  test("includes one without a token", async () => {
    const mock = mocked();
    await fetch(`${API}/tasks/happy/status`);
    expect(() => mock.assertNoViolations()).toThrow(
      "header/authorization needs the header Authorization: Bearer <token>; got none",
    );
  });

  test("counts in whichever session its token or scenario names", async () => {
    const mock = mocked();
    const anna = { ...HEADERS, Authorization: "Bearer pat-mock-anna" };
    await fetch(API, { method: "POST", headers: anna, body: "{}" });
    expect(() => mock.assertNoViolations()).toThrow("body must have required property");
    mock.reset();
    mock.assertNoViolations();
    expect((await mock.conduct()).clients).toEqual([]);
  });

  test("is not one that merely names an unknown task", async () => {
    const mock = mocked();
    expect((await poll("mistyped")).status).toBe(400);
    mock.assertNoViolations();
  });
});

test.each<[string, object, ImportMockOptions, string]>([
  ["an import", CAT, {}, "202 happy: a new task"],
  [
    "a refusal",
    { ...CAT, access: "☃%s" },
    {},
    '400 breaks the contract: body/access must be one of PUBLIC_INDEXABLE, PUBLIC_NOT_INDEXABLE, HIDDEN_INDEXABLE, HIDDEN_NOT_INDEXABLE, HIDDEN_PRIVATE, HIDDEN_SENSITIVE, PRIVATE, SENSITIVE; got "??s"',
  ],
  ["a fault", CAT, { scenario: "missing-scopes" }, "403 missing-scopes: error missing-scopes"],
  [
    "a cut",
    CAT,
    { scenario: "connection-reset-mid-body" },
    "200 connection-reset-mid-body: PROCESSING, wire reset-mid-body",
  ],
])("MSW's console line of %s names the scenario and what it shows", async (_, body, options, told) => {
  const mock = createImportMock(options);
  const lines: string[] = [];
  const ignore = vi.spyOn(console, "log").mockReturnValue();
  const group = vi.spyOn(console, "groupCollapsed").mockImplementation((line: string) => void lines.push(line));
  async function run(request: Request) {
    for (const handler of mock.handlers) {
      const result = await handler.run({ request: request.clone(), requestId: "1" });
      const { response, parsedResult } = result ?? {};
      if (response) await handler.log({ request: request.clone(), response: response.clone(), ...{ parsedResult } });
      if (response) return response;
    }
    throw new Error("unhandled");
  }
  const answer = await run(new Request(API, { method: "POST", headers: HEADERS, body: JSON.stringify(body) }));
  const { id } = (await answer.json()) as { id?: string };
  for (let polls = 0; id && polls < 2; polls += 1)
    await run(new Request(`${API}/tasks/${id}/status`, { headers: HEADERS }));
  ignore.mockRestore();
  group.mockRestore();
  expect(lines.join("\n")).toContain(`(%c${told}%c)`);
  expect(answer.statusText).toBe("");
});

test("one operation is overridden with a body of the contract's, a response, or not at all", async () => {
  const mock = mocked({ scenario: "instant" });
  const id = await start();
  server.use(
    mock.override.checkImportStatus(({ taskId }) => {
      if (taskId === "mine") return { taskId, status: "CANCELED", numErrors: 0 };
      if (taskId === "down") return new HttpResponse(null, { status: 503 });
      return undefined;
    }),
  );
  expect(await look("mine")).toEqual({ taskId: "mine", status: "CANCELED", numErrors: 0 });
  expect((await poll("down")).status).toBe(503);
  expect((await look(id)).status).toBe("COMPLETE");
  server.use(mock.override.importFromUrl(() => ({ id: "42", links: { status: "https://api.hubapi.com/42" } })));
  expect(await start()).toBe("42");
  server.use(mock.override.deleteFile(() => HttpResponse.json({ message: "locked" }, { status: 423 })));
  expect((await fetch("https://api.hubapi.com/files/v3/files/1", { method: "DELETE", headers: HEADERS })).status).toBe(
    423,
  );
});

test("baseUrl takes a proxy's path, and * any origin; other calls are left alone", async () => {
  mocked({ baseUrl: "https://app.test/hubspot/" });
  const api = "https://app.test/hubspot/files/v3/files/import-from-url/async";
  const answer = await fetch(api, { method: "POST", headers: HEADERS, body: JSON.stringify(CAT) });
  const { id, links } = (await answer.json()) as { id: string; links: { status: string } };
  expect(links.status).toBe(`${api}/tasks/${id}/status`);
  expect((await fetch(links.status, { headers: HEADERS })).status).toBe(200);
  server.use(http.get("https://app.test/hubspot/files/v3/files/:id", () => HttpResponse.text("theirs")));
  expect(await (await fetch("https://app.test/hubspot/files/v3/files/1")).text()).toBe("theirs");
  mocked({ baseUrl: "*" });
  expect((await poll("happy", "https://anywhere.test/files/v3/files/import-from-url/async")).status).toBe(200);
});

test("what only looks like a path of ours is left to other handlers", async () => {
  const theirs = "https://app.test/v9/files/v3/files/import-from-url/async/tasks/1/status";
  server.use(http.get(theirs, () => HttpResponse.text("theirs")));
  mocked({ baseUrl: "*" });
  expect(await (await fetch(theirs, { headers: HEADERS })).text()).toBe("theirs");
});

test("with a storage a task goes on in the next page, polls and forced end included, until a reset", async () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  mocked({ storage });
  const [polled, canceled] = [await start(), await start()];
  await look(polled);
  const next = mocked({ storage });
  expect((await look(polled)).status).toBe("PROCESSING");
  await look(canceled);
  next.cancel(canceled);
  const third = mocked({ storage });
  expect([(await look(polled)).status, (await look(canceled)).status]).toEqual(["COMPLETE", "CANCELED"]);
  third.reset();
  expect([...kept.keys()]).toEqual([]);
});

test("a full storage costs nothing but the memory of a reload", async () => {
  const full = () => {
    throw new Error("QuotaExceededError");
  };
  mocked({ storage: { getItem: () => null, setItem: full, removeItem: () => undefined } });
  const id = await start();
  await look(id);
  expect((await look(id)).status).toBe("PROCESSING");
});

test("fifty concurrent tests with a mock each see their own tasks alone", async () => {
  const results = await Promise.all(
    Array.from({ length: 50 }, async (_, index) => {
      const baseUrl = `https://world-${index}.test`;
      const mock = mocked({ baseUrl, scenario: index % 2 ? "happy" : "canceled", seed: index });
      const api = `${baseUrl}/files/v3/files/import-from-url/async`;
      const id = await start(api);
      const states: string[] = [];
      for (let count = 0; count < 3; count += 1) {
        states.push((await look(id, api)).status);
        await delay(index % 3);
      }
      return { states: states.join(" "), tasks: mock.tasks.length, requests: mock.requests.length };
    }),
  );
  results.forEach((result, index) => {
    const end = index % 2 ? "COMPLETE" : "CANCELED";
    expect(result).toEqual({ states: `PENDING PROCESSING ${end}`, tasks: 1, requests: 4 });
  });
});

test("inside server.boundary concurrent runs on one address keep apart", async () => {
  const run = (scenario: string) =>
    server.boundary(async () => {
      const mock = mocked({ scenario, pace: "immediate" });
      const id = await start();
      return { status: (await look(id)).status, tasks: mock.tasks.length };
    })();
  const scenarios = Array.from(
    { length: 20 },
    (_, index) => ["happy", "canceled", "stuck-pending"][index % 3] as string,
  );
  const expected = { happy: "COMPLETE", canceled: "CANCELED", "stuck-pending": "PENDING" } as Record<string, string>;
  expect(await Promise.all(scenarios.map(run))).toEqual(
    scenarios.map((name) => ({ status: expected[name], tasks: 1 })),
  );
});

test("importing builds no mock: the ready-made handlers do at their first request", async () => {
  const read: string[] = [];
  vi.stubGlobal("navigator", { serviceWorker: {} });
  vi.stubGlobal("sessionStorage", undefined);
  Object.defineProperty(globalThis, "sessionStorage", { configurable: true, get: () => void read.push("read") });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { handlers: fresh }: typeof import("../mocks/handlers.js") = await import(`../mocks/handlers.js${"?fresh"}`);
  server.use(...fresh);
  await poll("happy", "https://another.test").catch(() => undefined);
  server.resetHandlers();
  expect(read).toEqual([]);
  server.use(...fresh);
  expect((await look("happy")).status).toBe("PENDING");
  expect(read).toEqual(["read"]);
});

test("the ready-made handlers take their time", async () => {
  server.use(...handlers);
  expect((await look("happy")).status).toBe("PENDING");
  expect((await look("happy")).status).toBe("PENDING");
});

describe("the Vitest fixture", () => {
  const fixture = base.extend(importMockFixture({ server, scenario: "instant" }));

  fixture("gives each test its own mock", async ({ importMock }) => {
    await start();
    expect(importMock.tasks.length).toBe(1);
  });

  fixture("and the next test another", async ({ importMock }) => {
    expect(importMock.tasks).toEqual([]);
    expect((await look(await start())).status).toBe("COMPLETE");
  });

  test("throws at teardown what the app swallowed, and takes its handlers away", async () => {
    const { importMock } = importMockFixture({ server });
    const swallowing = async () => {
      await fetch(API, { method: "POST", headers: HEADERS, body: "{}" }).catch(() => undefined);
    };
    await expect(importMock({}, swallowing)).rejects.toThrow("body must have required property 'access'");
    await expect(poll("happy")).rejects.toThrow();
  });
});
