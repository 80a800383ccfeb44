import { execFile } from "node:child_process";
import { connect } from "node:net";
import { promisify } from "node:util";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { conductOf } from "../mocks/conduct.js";
import { createTransportReader } from "../mocks/incoming.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { startMock } from "../mocks/server.js";
import { NO_BODY, readBody } from "../src/exchange/request.js";
import type { Transport } from "../src/session/repeat.js";
import { createSimulator, type SimulatorOptions } from "../src/simulator/simulator.js";
import { openBrowser, serveFiles } from "./browser/browser.js";
import { createClock } from "./clock.js";
import { CAT, IMPORT } from "./doors.js";

const scenarios = await readScenarios();
const status = (name: string) => `${IMPORT}/tasks/${name}/status`;

/** How a transport goes about a request whose connections are reset. */
interface Habit {
  /** Connections that it has open when it sends a request. */
  readonly idle: number;
  /** How often it sends a request in all, where new connections are reset, too. */
  readonly attempts: number;
  /** The same where half of the answer comes; default 1. */
  readonly attemptsAtBody?: number;
}

/** A simulator of a test's own with one client, whose transport has a habit. */
function simulated({ idle, attempts, attemptsAtBody = 1 }: Habit, options: Partial<SimulatorOptions> = {}) {
  const clock = createClock();
  const simulator = createSimulator({ scenarios, pace: "polls", now: clock.now, ...options });
  let arrivals = 0;

  async function arrive(request: Request, transport: Transport) {
    arrivals += 1;
    clock.advance(3);
    const body = request.method === "GET" ? NO_BODY : await readBody(request);
    return simulator.begin(request, body, { transport: () => transport }).keep().exchange;
  }

  /** What the client is told in the end: a status and state, or a reset. */
  async function send(path: string, init: RequestInit = {}, more: Readonly<Record<string, string>> = {}) {
    const headers = {
      Authorization: "Bearer any",
      "Content-Type": "application/json",
      "User-Agent": "a browser",
      ...more,
    };
    for (let attempt = 1; ; attempt += 1) {
      const isReused = attempt <= idle;
      const transport = { isReused, attempts, attemptsAtBody };
      const exchange = await arrive(new Request(`http://127.0.0.1${path}`, { headers, ...init }), transport);
      const { wire, status: code } = exchange.response;
      if (!wire) return { told: exchange.state ?? code, exchange };
      const isCut = wire.kind === "reset-mid-body";
      const isPost = init.method === "POST";
      const goesOn = isReused && !isCut;
      if (!goesOn && (isPost || attempt >= (isCut ? attemptsAtBody : attempts))) return { told: wire.kind, exchange };
    }
  }

  return {
    clock,
    simulator,
    send,
    poll: async (name: string, more = {}) => (await send(status(name), {}, more)).told,
    submit: () => send(IMPORT, { method: "POST", body: JSON.stringify(CAT) }),
    /** So many requests have come since this was asked last. */
    arrivals() {
      const count = arrivals;
      arrivals = 0;
      return count;
    },
  };
}

test("a client notices each reset once, however often and over how many connections its transport tries", async () => {
  const habits = fc.record({ idle: fc.nat(6), attempts: fc.integer({ min: 1, max: 10 }) });
  await fc.assert(
    fc.asyncProperty(
      habits,
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom(0, 1000),
      async (habit, burst, pauseMs) => {
        const { poll, clock, arrivals, simulator } = simulated(habit);
        const told: unknown[] = [];
        const tries: number[] = [];
        for (let polls = 0; polls < burst + 3; polls += 1) {
          // Who asks again at once is taken for the transport only where that would try once more.
          clock.advance(Math.max(pauseMs, habit.attempts > 1 ? 300 : 0));
          told.push(await poll(`connection-reset;burst=${burst}`));
          tries.push(arrivals());
        }
        const resets = Array.from({ length: burst }, () => "reset");
        expect(told).toEqual(["PENDING", ...resets, "PROCESSING", "COMPLETE"]);
        const each = Math.max(habit.idle + 1, habit.attempts);
        expect(tries).toEqual([1, ...resets.map(() => each), 1, 1]);
        const entries = simulator.journal().entries();
        const repeats = entries.filter(({ repeatOf }) => repeatOf !== undefined);
        expect(repeats).toHaveLength(burst * (each - 1));
        for (const { repeatOf, id } of repeats) expect(entries[(repeatOf ?? 0) - 1]?.repeatOf, `${id}`).toBeUndefined();
        expect(simulator.tasks()[0]?.polls).toBe(burst + 3);
        expect(simulator.verify({ taskId: `connection-reset;burst=${burst}`, exactly: burst + 3 }).passed).toBe(true);
      },
    ),
  );
});

test("half a response is repeated for a transport that retries it, and sent once to the others", async () => {
  for (const [attemptsAtBody, idle] of [
    [4, 1],
    [2, 0],
    [1, 6],
  ] as const) {
    const { poll, arrivals } = simulated({ idle, attempts: 10, attemptsAtBody });
    expect([await poll("connection-reset-mid-body"), arrivals()]).toEqual(["PENDING", 1]);
    expect([await poll("connection-reset-mid-body"), arrivals()]).toEqual(["reset-mid-body", attemptsAtBody]);
    expect([await poll("connection-reset-mid-body"), arrivals()]).toEqual(["COMPLETE", 1]);
  }
});

test("an import that its transport sends twice is taken twice, and its client has submitted it once", async () => {
  const { submit, arrivals, simulator } = simulated({ idle: 2, attempts: 1 }, { scenario: "import-reset" });
  expect([(await submit()).told, arrivals()]).toEqual(["reset", 3]);
  expect(simulator.tasks()).toHaveLength(3);
  const [first, ...again] = simulator.journal().entries();
  expect(again.map(({ repeatOf, taskId }) => [repeatOf, taskId !== first?.taskId])).toEqual([
    [1, true],
    [1, true],
  ]);
  const [client] = conductOf(simulator).clients;
  expect(client?.checks.find(({ id }) => id === "one-submit")).toMatchObject({ findings: [] });
  expect((await submit()).told).toBe(202);
});

test("an import over a new connection is sent once by every transport, so another is the client's", async () => {
  const { submit, simulator } = simulated({ idle: 0, attempts: 10 }, { scenario: "import-reset" });
  expect((await submit()).told).toBe("reset");
  expect((await submit()).told).toBe(202);
  expect(
    simulator
      .journal()
      .entries()
      .map(({ repeatOf }) => repeatOf),
  ).toEqual([undefined, undefined]);
});

test("a transport's attempts are no hasty polls", async () => {
  const { poll, clock, simulator } = simulated({ idle: 6, attempts: 10 }, { pace: "time" });
  const told: unknown[] = [];
  for (let polls = 0; polls < 6; polls += 1) {
    told.push(await poll("connection-reset;burst=3"));
    clock.advance(600);
  }
  expect(told).toEqual(["PENDING", "reset", "reset", "reset", "PROCESSING", "COMPLETE"]);
  expect(simulator.journal().entries()).toHaveLength(3 + 3 * 10);
  const checks = conductOf(simulator).clients[0]?.checks ?? [];
  expect(checks.filter(({ result }) => result === "fail")).toEqual([]);
  expect(checks.find(({ id }) => id === "polite-interval")?.result).toBe("pass");
});

test("what comes a while later, from another client or for something else is no further attempt", async () => {
  const { poll, clock } = simulated({ idle: 0, attempts: 10 });
  const name = "connection-reset;burst=1";
  await poll(name);
  expect(await poll(name)).toBe("reset");
  expect(await poll(name, { "User-Agent": "another" })).toBe("PROCESSING");
  expect(await poll("connection-reset;burst=1~2")).toBe("PENDING");
  clock.advance(300);
  expect(await poll(name)).toBe("COMPLETE");
});

test("an injected response goes to all attempts at one poll, and the next one to the next poll", async () => {
  const { poll, simulator, clock } = simulated({ idle: 1, attempts: 4 });
  await poll("happy");
  simulator.inject("happy", { wire: "reset" });
  simulator.inject("happy", { error: "locked" });
  expect(await poll("happy")).toBe("reset");
  clock.advance(300);
  expect(await poll("happy")).toBe(423);
  const injected = simulator
    .journal()
    .entries()
    .filter(({ isInjected }) => isInjected);
  expect(injected.map(({ repeatOf }) => repeatOf)).toEqual([undefined, 2, 2, 2, undefined]);
});

test("a session that begins anew has forgotten what was reset", async () => {
  const { simulator } = simulated({ idle: 1, attempts: 1 });
  const poll = () => {
    const headers = { Authorization: "Bearer any" };
    const request = new Request(`http://127.0.0.1${status("connection-reset")}`, { headers });
    const transport = () => ({ isReused: true, attempts: 1, attemptsAtBody: 1 });
    return simulator.begin(request, NO_BODY, { transport }).keep().exchange;
  };
  expect([poll().response.status, poll().response.status]).toEqual([200, 0]);
  simulator.reset();
  expect([poll().response.status, poll().repeatOf]).toEqual([200, undefined]);
});

test.each([
  ["node", undefined],
  ["node-fetch/1.0 (+https://github.com/bitinn/node-fetch)", undefined],
  ["hubspot-api-client-nodejs; 13.5.0", undefined],
  ["axios/1.7.2", undefined],
  ["python-requests/2.28.1", undefined],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", 10],
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36", 1],
  ["python-urllib3/1.26.12", 4],
  ["hubspot-api-client-python; 12.0.0", 4],
  ["OpenAPI-Generator/1.0.0/python", 4],
  ["Ruby", 2],
  ["hubspot-api-client-ruby; 20.0.0", 2],
  ["Go-http-client/1.1", 1],
  ["curl/7.88.1", 1],
  ["", 1],
])("the transport that calls itself %s sends a request %s times", (userAgent, attempts) => {
  const { note, read } = createTransportReader();
  const incoming = { socket: {}, httpVersion: "1.1" } as Parameters<typeof read>[0];
  note(incoming);
  const headers = new Headers(userAgent === "" ? {} : { "User-Agent": userAgent });
  expect(read(incoming, headers)()).toEqual(attempts && expect.objectContaining({ isReused: false, attempts }));
  note(incoming);
  expect(read(incoming, headers)()).toEqual(attempts && expect.objectContaining({ isReused: true, attempts }));
  // nginx may try once more what Node does not.
  headers.set("X-Forwarded-For", "192.0.2.1");
  expect(read(incoming, headers)()).toMatchObject({ isReused: true, attempts: attempts ?? 1 });
});

/** Its clock stands still: on a busy machine, a client's next attempt at once may come later than that of one that waits. */
async function served() {
  const { now } = createClock();
  const onDefect = (defect: string) => expect.unreachable(defect);
  const mock = await startMock({ scenarios, port: 0, pace: "polls", now, onDefect });
  onTestFinished(() => mock.close());
  return mock;
}

test("Node's fetch notices a reset at once, and finds the task where it was", async () => {
  const mock = await served();
  const poll = async (name: string) => {
    const answer = await fetch(mock.url + status(name), { headers: { Authorization: "Bearer any" } });
    return ((await answer.json()) as { status: string }).status;
  };
  for (const name of ["connection-reset", "connection-reset-mid-body"]) {
    expect(await poll(name)).toBe("PENDING");
    await expect(poll(name)).rejects.toThrow(TypeError);
    expect(await poll(name)).toBe(name === "connection-reset" ? "PROCESSING" : "COMPLETE");
  }
  expect(mock.simulator.journal().entries()).toHaveLength(6);
});

test("curl, which tries a kept connection and a new one, fails with a poll and with an import", async () => {
  const mock = await served();
  const options = ["-s", "-o", "/dev/null", "-H", "Authorization: Bearer any", "-H", "Content-Type: application/json"];
  const curl = (...parts: readonly string[]) =>
    promisify(execFile)("curl", [...options, ...parts]).catch(({ code }: { code: number }) => code);
  const poll = mock.url + status("connection-reset");
  expect(await curl(poll, "--next", ...options, poll)).toBe(56);
  mock.simulator.use("import-reset");
  const warmUp = mock.url + status("instant");
  expect(await curl(warmUp, "--next", ...options, "-d", JSON.stringify(CAT), mock.url + IMPORT)).toBe(56);
  const repeats = mock.simulator
    .journal()
    .entries()
    .map(({ repeatOf }) => repeatOf);
  expect(repeats).toEqual([undefined, undefined, 2, undefined, undefined, 5]);
});

test("a page in Chromium notices a reset, over however many connections Chromium tries", async () => {
  const [mock, files] = await Promise.all([served(), serveFiles({ "index.html": "" })]);
  onTestFinished(files.close);
  const browser = await openBrowser();
  onTestFinished(() => browser.close());
  const page = await browser.newPage();
  await page.goto(files.url);
  const told = await page.evaluate(
    async ({ tasks, others }) => {
      const send = async (url: string) => {
        try {
          const answer = await fetch(url, { headers: { Authorization: "Bearer any" } });
          return ((await answer.json()) as { status: string }).status;
        } catch (error) {
          return (error as Error).name;
        }
      };
      const all: string[][] = [];
      for (const task of tasks) {
        await Promise.all(others.map(send));
        all.push([await send(task), await send(task), await send(task)]);
      }
      return all;
    },
    {
      tasks: ["connection-reset", "connection-reset-mid-body"].map((name) => mock.url + status(name)),
      others: [1, 2, 3, 4].map((n) => mock.url + status(`instant~${n}`)),
    },
  );
  expect(told).toEqual([
    ["PENDING", "TypeError", "PROCESSING"],
    ["PENDING", "TypeError", "COMPLETE"],
  ]);
  const { checks = [] } = conductOf(mock.simulator).clients[0] ?? {};
  expect(checks.filter(({ result }) => result === "fail").map(({ id }) => id)).not.toContain("one-submit");
  const har = (await (await fetch(`${mock.url}/__mock/sessions/default/journal.har`)).json()) as {
    log: { entries: object[] };
  };
  const entries = mock.simulator.journal().entries();
  expect(entries.filter(({ repeatOf }) => repeatOf !== undefined).length).toBeGreaterThan(0);
  expect(har.log.entries).toHaveLength(entries.filter(({ repeatOf }) => repeatOf === undefined).length);
});

test("a connection that has carried a preflight alone is a used one", async () => {
  const { url, simulator } = await served();
  const auth = "Authorization: Bearer any\r\nUser-Agent: a browser\r\n";
  const get = (more = "") => `GET ${status("connection-reset")} HTTP/1.1\r\nHost: mock.test\r\n${auth}${more}\r\n`;
  const preflight = `OPTIONS ${status("connection-reset")} HTTP/1.1\r\nHost: mock.test\r\n\r\n`;
  await overOne(url, get("Connection: close\r\n"));
  await overOne(url, preflight + get());
  await overOne(url, get("Connection: close\r\n"));
  expect(
    simulator
      .journal()
      .entries()
      .map(({ repeatOf }) => repeatOf),
  ).toEqual([undefined, undefined, 2]);
});

/** Sends bytes over a connection of their own, and waits for its end. */
function overOne(url: string, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => socket.write(bytes));
    socket
      .resume()
      .on("error", () => {})
      .on("close", () => resolve());
  });
}
