import { type ChildProcess, spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { type MockOptions, startMock } from "../mocks/server.js";
import { serverRules } from "../src/judge/server-rules/rules.js";
import { BIN, directoryOf, environment, TOKEN, verify } from "./verify-command.js";

async function mockUrl(options: Partial<MockOptions> = {}): Promise<string> {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0, speed: 100, ...options });
  onTestFinished(mock.close);
  return mock.url;
}

/** Where nobody listens any more. */
async function closedUrl(): Promise<string> {
  const mock = await startMock({ scenarios: await readScenarios(), port: 0 });
  await mock.close();
  return mock.url;
}

const FAST = ["--poll-interval", "20ms"];
const KINDS = ["text", "markdown", "junit", "json", "sarif", "html", "github"];

test("a mock conforms, in few requests, and every report is written that was asked for, or that GitHub shows", async () => {
  const cwd = await directoryOf({ "summary.md": "before\n" });
  const url = await mockUrl();
  const reports = KINDS.flatMap((kind) => ["--report", `${kind}=out/report.${kind}`]);
  const env = { CI: "true", GITHUB_STEP_SUMMARY: "summary.md" };
  const run = await verify(["--base-url", url, ...FAST, ...reports, "--record", "out/run.har"], { cwd, env });
  expect(run).toMatchObject({ code: 0 });
  expect(await readFile(join(cwd, "summary.md"), "utf8")).toMatch(/^before\n## .*conforms/);
  expect(run.stdout).toContain(`${url} conforms to the contract`);
  expect(run.stdout).not.toContain("\u001B");
  expect((await readdir(join(cwd, "out"))).sort()).toEqual(
    [...KINDS.map((kind) => `report.${kind}`), "run.har"].sort(),
  );
  const report = JSON.parse(await readFile(join(cwd, "out/report.json"), "utf8")) as { requests: number };
  expect(report.requests).toBeLessThanOrEqual(40);
  const schema = JSON.parse(await readFile("spec/report.schema.json", "utf8")) as object;
  expect(new Ajv2020({ strict: false }).validate(schema, report)).toBe(true);
});

test("what breaks the contract exits 1 and names the check, the place, and what to do next", async () => {
  const run = await verify(["--base-url", await mockUrl({ scenario: "malformed-json" }), ...FAST]);
  expect(run.code).toBe(1);
  expect(run.stdout).toMatch(/body-json.*GET .*status.*- JSON.*--record/s);
});

test("a recording is judged without its server, to the same report", async () => {
  const cwd = await directoryOf();
  const online = await verify(
    ["--base-url", await mockUrl({ scenario: "server-error" }), ...FAST, "--record", "a.har", "--json"],
    { cwd },
  );
  const offline = await verify(["--recording", "a.har", "--json", "--record", "b.har"], {
    cwd,
    env: { HUBSPOT_ACCESS_TOKEN: "" },
  });
  expect(JSON.parse(offline.stdout)).toEqual(JSON.parse(online.stdout));
  expect(await readFile(join(cwd, "b.har"), "utf8")).toBe(await readFile(join(cwd, "a.har"), "utf8"));
});

test("a server that cannot be reached, or rejects the token, cannot be judged: exit code 3", async () => {
  const url = await mockUrl({ scenario: "expired-token" });
  const proxy = createServer((_, response) => response.writeHead(407, { "Proxy-Authenticate": "Basic" }).end());
  onTestFinished(() => void proxy.close());
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const [refused, gone, blocked, behind] = await Promise.all([
    verify(["--base-url", url, ...FAST]),
    verify(["--base-url", await closedUrl()]),
    verify(["--base-url", "http://127.0.0.1:6000"]),
    verify(["--base-url", `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`]),
  ]);
  expect(refused).toMatchObject({ code: 3, stdout: expect.stringContaining("HUBSPOT_ACCESS_TOKEN") });
  expect(gone).toMatchObject({ code: 3, stdout: expect.stringContaining("ECONNREFUSED") });
  expect(blocked).toMatchObject({ code: 3, stdout: expect.stringContaining("fetch blocks the port of this address") });
  expect(behind).toMatchObject({ code: 3, stdout: expect.stringContaining("as after a 407") });
});

test("the command line wins over the environment, and that over import-kit.config.json", async () => {
  const url = await mockUrl();
  const config = {
    baseUrl: "http://127.0.0.1:1",
    pollInterval: "20ms",
    skip: ["schema"],
    report: ["junit=a.xml", "json=b.json"],
  };
  const cwd = await directoryOf({ "import-kit.config.json": JSON.stringify(config) });
  expect(await verify([], { cwd })).toMatchObject({ code: 3 });
  expect(await verify([], { cwd, env: { IMPORT_KIT_BASE_URL: url } })).toMatchObject({ code: 0 });
  const report = JSON.parse(await readFile(join(cwd, "b.json"), "utf8")) as { checks: { id: string }[] };
  expect(report.checks.map(({ id }) => id)).toEqual(serverRules.map(({ id }) => id).filter((id) => id !== "schema"));
  const run = await verify(["--base-url", "http://127.0.0.1:1"], { cwd, env: { IMPORT_KIT_BASE_URL: url } });
  expect(run).toMatchObject({ code: 3 });
});

test("--list prints the checks, for people and for programs", async () => {
  const [text, json] = await Promise.all([verify(["--list"]), verify(["--list", "--json"])]);
  expect(text.stdout).toContain("status-declared");
  const listed = JSON.parse(json.stdout) as { id: string }[];
  expect(listed.map(({ id }) => id)).toEqual(serverRules.map(({ id }) => id));
});

test("the token is in nothing that is written, even where the server repeats it", async () => {
  const cwd = await directoryOf();
  const reports = KINDS.flatMap((kind) => ["--report", `${kind}=out/report.${kind}`]);
  const env = { GITHUB_STEP_SUMMARY: "summary.md" };
  const { url, tokens } = await echoServer();
  const run = await verify(["--base-url", url, ...FAST, "--timeout", "1s", ...reports, "--record", "out/run.har"], {
    cwd,
    env,
  });
  expect(tokens()).toBeGreaterThan(0);
  const names = [...(await readdir(join(cwd, "out"))).map((name) => join("out", name)), "summary.md"];
  const files = await Promise.all(names.map((name) => readFile(join(cwd, name), "utf8")));
  expect(files.length).toBe(KINDS.length + 2);
  for (const text of [run.stdout, run.stderr, ...files]) {
    for (const form of [TOKEN, encodeURIComponent(TOKEN), Buffer.from(TOKEN).toString("base64")])
      expect(text).not.toContain(form);
  }
});

const onLinux = test.runIf(process.platform === "linux");

onLinux("Ctrl-C ends a run early, on a terminal, too, and what it made is deleted all the same", async () => {
  const calls: string[] = [];
  const url = await mockUrl({
    scenario: "instant",
    onExchange: ({ request, response }) => calls.push(`${request.method} ${response.status}`),
  });
  const args = ["verify", "--base-url", url, "--poll-interval", "30s"];
  const start = async (command: string, rest: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    spawn(command, rest, { cwd: await directoryOf(), env: environment(env) });
  // `exec`, since a shell that stayed would take the Ctrl-C, too, and end with a code of its own.
  const command = ["exec", process.execPath, BIN, ...args].join(" ");
  const onTerminal = (TERM: string) => start("script", ["-qec", command, "/dev/null"], { TERM, SHELL: "/bin/sh" });
  const [piped, terminal, dumb] = await Promise.all([
    start(process.execPath, [BIN, ...args]),
    onTerminal("xterm-256color"),
    onTerminal("dumb"),
  ]);
  const ends = await Promise.all([
    broken(piped, (child) => child.kill("SIGINT")),
    broken(terminal, (child) => child.stdin?.write(CTRL_C)),
    broken(dumb, (child) => child.stdin?.write(CTRL_C)),
  ]);
  expect(ends.map(({ code }) => code)).toEqual([3, 3, 3]);
  for (const { output } of ends) expect(output).toContain("could not be judged: interrupted.");
  expect(ends.map(({ output }) => output.includes("\u001B"))).toEqual([false, true, false]);
  expect(calls.filter((call) => call === "DELETE 204").length).toBe(3);
});

const CTRL_C = "\u0003";

/** What a run prints that is broken off when its first import is complete. */
async function broken(child: ChildProcess, breakOff: (child: ChildProcess) => void) {
  let output = "";
  let isBroken = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      output += chunk;
      if (isBroken || !output.includes("complete: COMPLETE")) return;
      isBroken = true;
      breakOff(child);
    });
  }
  const code = await new Promise((done) => child.once("close", done));
  return { code, output };
}

/** A server that repeats the token in headers, bodies, links and in other encodings. */
async function echoServer(): Promise<{ readonly url: string; readonly tokens: () => number }> {
  let tokens = 0;
  const server = createServer((request, response) => {
    const authorization = request.headers.authorization ?? "";
    if (authorization.includes(TOKEN)) tokens += 1;
    const base64 = Buffer.from(TOKEN).toString("base64");
    const id = request.url?.split("/").at(-2) ?? "";
    const task = {
      taskId: id,
      status: "CANCELED",
      numErrors: 1,
      echo: authorization,
      errors: [{ status: "error", category: "X", message: `${TOKEN} ${base64}` }],
    };
    const body = request.method === "POST" ? { id: `id-${TOKEN}`, links: { status: `${url}/x?token=${TOKEN}` } } : task;
    response.writeHead(request.method === "POST" ? 202 : 200, {
      "Content-Type": "application/json",
      "X-Echo": authorization,
      "X-HubSpot-Correlation-Id": base64,
    });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, tokens: () => tokens };
}
