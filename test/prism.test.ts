import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { createPrismDoor, type PrismDoorOptions } from "../mocks/prism/door.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { type Mock, startMock } from "../mocks/server.js";
import { NO_BODY } from "../src/exchange/request.js";
import { reasonFor } from "../src/simulator/reason.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { createClock } from "./clock.js";
import { CAT, IMPORT } from "./doors.js";
import { freePort } from "./free-port.js";
import { bodies } from "./judge.js";
import { served } from "./served.js";
import { V8_FLAGS } from "./v8-flags.js";

const PRISM = createRequire(import.meta.url).resolve("@stoplight/prism-cli");
const AUTH = { Authorization: "Bearer any" };

/** Runs each command with stock Prism's command line, in one process. */
const RUN_COMMANDS = `
const [node, prism, ...commands] = process.argv;
for (const command of commands) {
  process.argv = [node, prism, ...JSON.parse(command)];
  // Each reads the arguments when it is loaded.
  for (const file of [prism, require.resolve("yargs", { paths: [prism] })]) delete require.cache[file];
  require(prism);
}`;

/** Stock Prism, until the file's tests are over: a process takes a core more than a second to load it. */
async function stockPrism(...commands: readonly (readonly string[])[]): Promise<readonly string[]> {
  const ports = await Promise.all(commands.map(freePort));
  // A log of each request takes a tenth of its time.
  const args = commands.map((all, index) =>
    JSON.stringify([...all, "--port", ports[index], "--host", "127.0.0.1", "--verboseLevel", "silent"]),
  );
  child = spawn(process.execPath, [...V8_FLAGS, "--eval", RUN_COMMANDS, PRISM, ...args], { stdio: "pipe" });
  let output = "";
  const read = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout?.on("data", read);
  child.stderr?.on("data", read);
  const ended = once(child, "close").then(([code]) =>
    Promise.reject(new Error(`Prism ended with ${code}:\n${output}`)),
  );
  const urls = ports.map((port) => `http://127.0.0.1:${port}`);
  const listening = urls.map((url) => vi.waitFor(() => fetch(url), { interval: 100, timeout: 60_000 }));
  await Promise.race([ended, Promise.all(listening)]);
  return urls;
}

let child: ChildProcess | undefined;
let upstream: Mock;
let stockProxy: string;
let stockMock: string;
beforeAll(async () => {
  // Its time stands still but for what a session's own clock advances.
  upstream = await startMock({ scenarios: await readScenarios(), now: createClock().now, port: 0 });
  [stockProxy = "", stockMock = ""] = await stockPrism(
    ["proxy", "spec/openapi.yaml", upstream.url, "--errors"],
    ["mock", "spec/openapi.yaml"],
  );
});
afterAll(async () => {
  child?.kill();
  await upstream.close();
});

test.each([
  {},
  { inFlightStatus: 202, inFlightDates: "null" },
  { inFlightDates: "filled", failure: "complete" },
] as const)(
  "prism proxy --errors finds nothing to object to in any scenario that declares no break, under %j",
  async (unknowns) => {
    // A proxy of Prism's answers for a connection that fails on its other side.
    const all = (await readScenarios()).filter(
      ({ breaks, faults }) => breaks === undefined && !faults.some(({ effect }) => "wire" in effect),
    );
    expect(all.length).toBeGreaterThan(60);
    // What is unknown of HubSpot shows in a task's own states alone.
    const kept = Object.keys(unknowns).length === 0 ? all : all.filter(({ faults, file }) => !file && !faults.length);
    const session = Object.values(unknowns).join("-") || "as-assumed";
    const { configure, clock } = upstream.simulator.session(session);
    configure(unknowns);
    const own = { ...AUTH, "X-Mock-Session": session };
    for (const { name } of kept) {
      const headers = { ...own, "X-Mock-Scenario": name, "Content-Type": "application/json" };
      const started = await fetch(stockProxy + IMPORT, { method: "POST", headers, body: JSON.stringify(CAT) });
      const { id = name } = (await started.json().catch(() => ({}))) as { id?: string };
      const answers = [started];
      for (let poll = 0; poll < 5; poll += 1) {
        answers.push(await fetch(`${stockProxy}${IMPORT}/tasks/${id}/status`, { headers: own }));
        clock.advance(1000);
      }
      for (const answer of answers) {
        expect(answer.headers.get("sl-violations"), `${name} ${answer.status}`).toBeNull();
        expect(answer.headers.has("x-hubspot-correlation-id"), `${name} ${answer.status}`).toBe(true);
      }
    }
  },
);

test("the proxy does object where a scenario declares a break", async () => {
  const answer = await fetch(`${stockProxy}${IMPORT}/tasks/malformed-json/status`, { headers: AUTH });
  expect(answer.status).toBe(500);
});

test("stock prism mock returns every named example of the contract", async () => {
  const calls = {
    importFromUrl: ["POST", IMPORT],
    checkImportStatus: ["GET", `${IMPORT}/tasks/x/status`],
    deleteFile: ["DELETE", "/files/v3/files/1"],
  };
  let answered = 0;
  for (const { operationId, status, type, examples } of bodies.filter(({ status }) => status !== "request")) {
    const [method, path] = calls[operationId as keyof typeof calls];
    for (const { name, value } of examples) {
      const headers = { ...AUTH, Accept: type, Prefer: `code=${status}, example=${name}` };
      const body = method === "POST" ? { body: JSON.stringify(CAT) } : {};
      const answer = await fetch(stockMock + path, {
        method: method as string,
        headers: { ...headers, ...(body.body && { "Content-Type": "application/json" }) },
        ...body,
      });
      expect(answer.status, name).toBe(Number(status));
      expect(type === "text/html" ? await answer.text() : await answer.json(), name).toEqual(value);
      answered += 1;
    }
  }
  expect(answered).toBeGreaterThan(60);
});

test("Prefer keeps its Prism meaning on our own port, problem+json included", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
  onTestFinished(mock.close);
  const ask = (prefer: string) =>
    fetch(`${mock.url}${IMPORT}/tasks/x/status`, { headers: { ...AUTH, Prefer: prefer } });
  const daily = await ask("code=429, example=daily");
  expect(daily.status).toBe(429);
  expect(await daily.json()).toMatchObject({ policyName: "DAILY" });
  expect(await (await ask("example=canceled")).json()).toMatchObject({ status: "CANCELED" });
  expect(await (await ask("dynamic=true")).json()).toHaveProperty("status");
  const missing = await ask("code=418");
  expect(missing.headers.get("content-type")).toBe("application/problem+json");
  // The preference holds for its own request alone.
  expect(await (await fetch(`${mock.url}${IMPORT}/tasks/happy/status`, { headers: AUTH })).json()).toMatchObject({
    status: "PENDING",
  });
});

test("a scenario that declares a break is reported in sl-violations; --errors turns it into a 500", async () => {
  const scenarios = await readScenarios();
  const defects: string[] = [];
  for (const errors of [false, true]) {
    const { mock } = await served({ scenarios, errors, onDefect: (defect) => defects.push(defect) });
    const answer = await fetch(`${mock.url}${IMPORT}/tasks/malformed-json/status`, { headers: AUTH });
    expect(answer.status).toBe(errors ? 500 : 200);
    expect(JSON.parse(answer.headers.get("sl-violations") ?? "[]")).toContainEqual(
      expect.objectContaining({ location: ["response", "body"], severity: "Error" }),
    );
    if (errors)
      expect(await answer.json()).toMatchObject({
        status: "error",
        errors: expect.arrayContaining([expect.anything()]),
      });
  }
  expect(defects).toEqual([]);
});

test("an undeclared break is a defect of the mock, and said so", async () => {
  const [broken] = (await readScenarios()).filter(({ name }) => name === "malformed-json");
  if (!broken) throw new Error("no malformed-json");
  const { breaks: _, ...undeclared } = broken;
  const { mock, defects } = await served({ scenarios: [{ ...undeclared, name: "happy" }] });
  const answer = await fetch(`${mock.url}${IMPORT}/tasks/happy/status`, { headers: AUTH });
  expect(defects).toEqual([expect.stringContaining('its scenario "happy" does not declare it')]);
  expect(answer.headers.get("sl-violations")).toContain('"location":["mock"]');
});

test("where Prism and the simulator disagree about a request, the mock says so", async () => {
  const simulator = createSimulator({ scenarios: await readScenarios() });
  const lenient: PrismDoorOptions["simulator"] = {
    ...simulator,
    begin(...args) {
      const begun = simulator.begin(...args);
      return { ...begun, exchange: { ...begun.exchange, violations: [] } };
    },
  };
  const defects: string[] = [];
  const handle = createPrismDoor({ simulator: lenient, onDefect: (defect) => defects.push(defect) });
  const answer = await handle(new Request(`https://api.hubapi.com${IMPORT}/tasks/happy/status`), NO_BODY);
  expect(answer.status).toBe(401);
  expect(answer.headers["sl-violations"]).toContain('"location":["mock"]');
  expect(defects).toEqual([expect.stringContaining("Prism rejects a request that the simulator does not.")]);
});

test("a page on another origin may call, and read the headers that steer and explain", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
  onTestFinished(mock.close);
  const Origin = "http://localhost:5173";
  const preflight = await fetch(mock.url + IMPORT, {
    method: "OPTIONS",
    headers: {
      Origin,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type,x-mock-scenario",
    },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get("access-control-allow-origin")).toBe(Origin);
  expect(preflight.headers.get("access-control-allow-methods")).toBe("GET,HEAD,POST,DELETE");
  expect(preflight.headers.get("access-control-allow-headers")).toBe("authorization,content-type,x-mock-scenario");
  for (const path of [`${IMPORT}/tasks/happy/status`, "/unknown"]) {
    const answer = await fetch(mock.url + path, { headers: { ...AUTH, Origin } });
    expect(answer.headers.get("access-control-allow-origin")).toBe(Origin);
    expect(answer.headers.get("access-control-expose-headers")).toContain("Retry-After");
  }
});

test("an error inside the mock becomes HubSpot's 500 and is reported, and the mock continues", async () => {
  const simulator = createSimulator({ scenarios: await readScenarios() });
  const failing: PrismDoorOptions["simulator"] = {
    ...simulator,
    begin: () => {
      throw new Error("a bug of ours");
    },
  };
  const defects: string[] = [];
  const handle = createPrismDoor({ simulator: failing, onDefect: (defect) => defects.push(defect) });
  const request = new Request(`https://api.hubapi.com${IMPORT}/tasks/happy/status`, { headers: AUTH });
  const answer = await handle(request, NO_BODY);
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.body)).toMatchObject({ status: "error", message: "internal error" });
  expect(defects).toEqual([expect.stringContaining("a bug of ours")]);
});

test("an example's headers agree with its body", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
  onTestFinished(mock.close);
  const answer = await fetch(`${mock.url}${IMPORT}/tasks/x/status`, {
    headers: { ...AUTH, Prefer: "code=429, example=daily" },
  });
  const { correlationId } = (await answer.json()) as { correlationId: string };
  expect(answer.headers.get("x-hubspot-correlation-id")).toBe(correlationId);
  expect(answer.headers.get("x-hubspot-ratelimit-max")).toBe("100");
  expect(answer.headers.get("retry-after")).toBe("10");
});

test("the journal has what was sent: under errors the rejection, under Prefer the contract's example", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0, errors: true, pace: "immediate" });
  onTestFinished(mock.close);
  const poll = (id: string, headers: Record<string, string> = {}) =>
    fetch(`${mock.url}${IMPORT}/tasks/${id}/status`, { headers: { Authorization: "Bearer any", ...headers } });
  const statuses = [
    (await poll("complete-without-result")).status,
    (await poll("happy", { Prefer: "code=429, example=daily" })).status,
  ];
  expect(statuses).toEqual([500, 429]);
  const told = mock.simulator.journal().entries();
  expect(told.map(({ response }) => response.status)).toEqual(statuses);
  expect(told.map(({ state }) => state)).toEqual([undefined, undefined]);
  expect(told.map(reasonFor)).toEqual([
    expect.stringContaining("responds 500 (--errors)"),
    "The response comes from Prism's example, not from a task.",
  ]);
});

test("a request that is rejected before its body is read is not a defect, whatever the body is", async () => {
  const { mock, defects } = await served();
  const requests: readonly (readonly [path: string, headers: Readonly<Record<string, string>>, status: number])[] = [
    [IMPORT, { "X-Mock-Session": "../x" }, 400],
    [IMPORT, { "X-Mock-Clock": "soon" }, 400],
    [IMPORT, { Authorization: "Bearer invalid" }, 401],
    [`/s/-bad-${IMPORT}`, {}, 400],
    [`/s/-bad-/${IMPORT}`, {}, 400],
    [`/s//${IMPORT}`, {}, 400],
    ["/s/-bad-/", {}, 404],
    ["/s//", {}, 404],
  ];
  for (const [path, headers, status] of requests) {
    for (const body of [JSON.stringify(CAT), "{}", "{", ""]) {
      const all = { ...AUTH, "Content-Type": "application/json", ...headers };
      const answer = await fetch(mock.url + path, { method: "POST", headers: all, body });
      expect(answer.status, `${path} ${JSON.stringify(headers)} ${body}`).toBe(status);
    }
  }
  expect(defects).toEqual([]);
});

test("a file without an id is no route, and no defect", async () => {
  const { mock, defects } = await served();
  const answer = await fetch(`${mock.url}/files/v3/files/`, { method: "DELETE", headers: AUTH });
  expect(answer.status).toBe(404);
  expect(defects).toEqual([]);
});

test("a request that is rejected for a limit is not a defect, whatever the body is", async () => {
  const { mock, defects } = await served({ limits: { daily: 1 } });
  const statuses: number[] = [];
  for (const body of [JSON.stringify(CAT), "{}", "{", ""]) {
    const headers = { ...AUTH, "Content-Type": "application/json" };
    statuses.push((await fetch(mock.url + IMPORT, { method: "POST", headers, body })).status);
  }
  expect(statuses).toEqual([202, 429, 429, 429]);
  expect(defects).toEqual([]);
});

test("a JSON body whose type has a parameter that cannot be read is taken, and no defect", async () => {
  const { mock, defects } = await served();
  const headers = { ...AUTH, "Content-Type": "application/json;= charset=utf-8" };
  const answer = await fetch(mock.url + IMPORT, { method: "POST", headers, body: JSON.stringify(CAT) });
  expect([answer.status, defects]).toEqual([202, []]);
});

test("a preference behind only a session's prefix gets a 404", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
  onTestFinished(mock.close);
  const answer = await fetch(`${mock.url}/s/anna`, { headers: { ...AUTH, Prefer: "code=404" } });
  expect(answer.status).toBe(404);
});

test("an example in a form that the client does not accept gets a 406", async () => {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
  onTestFinished(mock.close);
  const headers = { ...AUTH, Accept: "text/html", Prefer: "code=404" };
  const answer = await fetch(`${mock.url}${IMPORT}/tasks/abc/status`, { headers });
  expect(answer.status).toBe(406);
  expect(await answer.json()).toMatchObject({ type: "https://stoplight.io/prism/errors#NOT_ACCEPTABLE", status: 406 });
});
