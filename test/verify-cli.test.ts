import { type ChildProcess, execFile, spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { type MockOptions, startMock } from "../mocks/server.js";
import packageJson from "../package.json" with { type: "json" };
import { serverRules } from "../src/verify/server-rules/rules.js";

const bin = resolve(packageJson.bin["hubspot-import-kit"]);
const TOKEN = "pat-na1-5b1c0e9d-7a34-4f6e-9c58-2d1f0a6e2c87";

interface Result {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A directory of the test's own, where the command runs. */
async function directoryOf(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "kit-verify-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
  return directory;
}

function environment(values: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(GITHUB_|IMPORT_KIT_|HUBSPOT_|FORCE_COLOR|CONTRACT_)/.test(name),
  );
  return { ...Object.fromEntries(kept), ...values };
}

async function verify(
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Result> {
  const directory = cwd ?? (await directoryOf());
  return new Promise((done) => {
    const options = { cwd: directory, env: environment({ HUBSPOT_ACCESS_TOKEN: TOKEN, ...env }) };
    const child = execFile(process.execPath, [bin, "verify", ...args], options, (_, stdout, stderr) =>
      done({ code: child.exitCode, stdout, stderr }),
    );
  });
}

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

test("a mock conforms, in few requests, and every report that was asked for is written", async () => {
  const cwd = await directoryOf();
  const url = await mockUrl();
  const reports = KINDS.flatMap((kind) => ["--report", `${kind}=out/report.${kind}`]);
  const run = await verify(["--base-url", url, ...FAST, ...reports, "--record", "out/run.har"], { cwd });
  expect(run).toMatchObject({ code: 0 });
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

test("drift is told, and fails with --strict alone", async () => {
  const url = await mockUrl({ failure: "silent" });
  const lax = await verify(["--base-url", url, ...FAST]);
  expect(lax).toMatchObject({ code: 0, stdout: expect.stringContaining("open-question") });
  expect(await verify(["--base-url", url, ...FAST, "--strict"])).toMatchObject({ code: 1 });
});

test("a server that cannot be reached, or refuses the token, cannot be judged: exit code 3", async () => {
  const url = await mockUrl({ scenario: "expired-token" });
  const refused = await verify(["--base-url", url, ...FAST]);
  expect(refused).toMatchObject({ code: 3, stdout: expect.stringContaining("HUBSPOT_ACCESS_TOKEN") });
  const gone = await verify(["--base-url", await closedUrl()]);
  expect(gone).toMatchObject({ code: 3, stdout: expect.stringContaining("ECONNREFUSED") });
});

test.each([
  [
    "no base url",
    [],
    "verify: --base-url is missing. Pass the address before /files/v3, such as https://api.hubapi.com, or --recording FILE.har.\n",
  ],
  [
    "no address",
    ["--base-url", "nowhere"],
    "verify: nowhere is no address. Write one such as https://api.hubapi.com.\n",
  ],
  [
    "a base url with a query",
    ["--base-url", "https://a.b/?x=1"],
    "verify: The base url must be scheme, host and path: no user, query or fragment.\n",
  ],
  [
    "plain http",
    ["--base-url", "http://api.hubapi.com"],
    "verify: The token is not sent to api.hubapi.com over plain http. Use https, or a server on this machine.\n",
  ],
  [
    "an unknown check",
    ["--base-url", "http://127.0.0.1:1", "--skip", "shema"],
    'verify: there is no check "shema". Nearest: schema. All: verify --list.\n',
  ],
  [
    "an unknown report",
    ["--base-url", "http://127.0.0.1:1", "--report", "pdf=x"],
    'verify: --report "pdf=x" is no report. Write KIND=FILE, with KIND one of text, markdown, junit, json, sarif, html, github.\n',
  ],
  [
    "a report without a file",
    ["--base-url", "http://127.0.0.1:1", "--report", "html"],
    'verify: --report "html" is no report.',
  ],
  [
    "a report that is a directory",
    ["--base-url", "http://127.0.0.1:1", "--report", "html=."],
    "verify: . cannot be written: it is a directory. Choose another file.\n",
  ],
  ["a time without a unit", ["--timeout", "60"], "Write a duration with its unit, such as 500ms, 1s or 2m, up to 24h."],
  [
    "a recording that is not there",
    ["--recording", "no.har"],
    "verify: no.har does not exist. Pass a HAR file, such as one of verify --record.\n",
  ],
  [
    "a recording that is no HAR",
    ["--recording", bin],
    "is not JSON. Pass a HAR file, such as one of verify --record.\n",
  ],
])("%s is a user's mistake: exit code 2, one line, no stack", async (_, args, message) => {
  const { code, stdout, stderr } = await verify(args);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.each([
  [
    "no token",
    "",
    "verify: HUBSPOT_ACCESS_TOKEN is not set. Put a private app's token with the scope files there; for this kit's mock any word will do.\n",
  ],
  ["a token that cannot be sent", "a b", "verify: The token has to be printable characters without a space.\n"],
])("%s is a user's mistake", async (_, token, message) => {
  const run = await verify(["--base-url", "http://127.0.0.1:1"], { env: { HUBSPOT_ACCESS_TOKEN: token } });
  expect(run).toMatchObject({ code: 2, stderr: message });
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

test.each([
  ["{", "import-kit.config.json is not JSON: "],
  ['{"token":"x"}', "import-kit.config.json /token: a token belongs into HUBSPOT_ACCESS_TOKEN, not into a file."],
  ['{"baseurl":"x"}', "import-kit.config.json /baseurl: is no option. Known: $schema, baseUrl, "],
  ['{"timeout":60}', "import-kit.config.json /timeout: must be string."],
  ['{"timeout":"60"}', "import-kit.config.json /timeout: Write a duration with its unit"],
])("a config file of %s is refused by what is wrong with it", async (text, message) => {
  const cwd = await directoryOf({ "import-kit.config.json": text });
  const run = await verify(["--base-url", "http://127.0.0.1:1"], { cwd });
  expect(run).toMatchObject({ code: 2, stderr: expect.stringContaining(`verify: ${message}`) });
});

test("a GitHub job gets the report in its summary by itself", async () => {
  const cwd = await directoryOf({ "summary.md": "before\n" });
  await verify(["--base-url", await mockUrl(), ...FAST], { cwd, env: { GITHUB_STEP_SUMMARY: "summary.md" } });
  expect(await readFile(join(cwd, "summary.md"), "utf8")).toMatch(/^before\n## .*conforms/);
});

test("what was observed is added to the evidence, under a dated heading", async () => {
  const cwd = await directoryOf();
  const missing = await verify(["--base-url", await mockUrl(), ...FAST, "--update-evidence"], { cwd });
  expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining("spec/evidence.md does not exist here.") });
  await mkdir(join(cwd, "spec"));
  await writeFile(join(cwd, "spec/evidence.md"), "# Evidence\n");
  const run = await verify(["--base-url", await mockUrl({ failure: "silent" }), ...FAST, "--update-evidence"], {
    cwd,
  });
  expect(run).toMatchObject({ code: 0 });
  const text = await readFile(join(cwd, "spec/evidence.md"), "utf8");
  expect(text).toMatch(
    /^# Evidence\n\n## Observed on \d{4}-\d\d-\d\d, 127\.0\.0\.1:\d+\n\n(- .*\n)*- \*\*Q3\*\* .* Observed: CANCELED without a word in 1 of 1/,
  );
});

test("--list tells the checks, for people and for programs", async () => {
  expect((await verify(["--list"])).stdout).toContain("status-declared");
  const listed = JSON.parse((await verify(["--list", "--json"])).stdout) as { id: string }[];
  expect(listed.map(({ id }) => id)).toEqual(serverRules.map(({ id }) => id));
});

test("the token is in nothing that is written, even where the server repeats it", async () => {
  const cwd = await directoryOf();
  const reports = KINDS.flatMap((kind) => ["--report", `${kind}=out/report.${kind}`]);
  const env = { GITHUB_STEP_SUMMARY: "out/summary.md" };
  const { url, tokens } = await echoServer();
  const run = await verify(["--base-url", url, ...FAST, "--timeout", "1s", ...reports, "--record", "out/run.har"], {
    cwd,
    env,
  });
  expect(tokens()).toBeGreaterThan(0);
  const files = await Promise.all(
    (await readdir(join(cwd, "out"))).map((name) => readFile(join(cwd, "out", name), "utf8")),
  );
  expect(files.length).toBe(KINDS.length + 2);
  for (const text of [run.stdout, run.stderr, ...files]) {
    for (const form of [TOKEN, encodeURIComponent(TOKEN), Buffer.from(TOKEN).toString("base64")])
      expect(text).not.toContain(form);
  }
});

test("Ctrl-C ends a run early, and what it made is deleted all the same", async () => {
  const calls: string[] = [];
  const url = await mockUrl({
    scenario: "instant",
    onExchange: ({ request, response }) => calls.push(`${request.method} ${response.status}`),
  });
  const child = spawn(process.execPath, [bin, "verify", "--base-url", url, "--poll-interval", "30s"], {
    cwd: await directoryOf(),
    env: environment({ HUBSPOT_ACCESS_TOKEN: TOKEN }),
  });
  await seen(child, "complete: COMPLETE");
  child.kill("SIGINT");
  const code = await new Promise((done) => child.once("close", done));
  expect(code).toBe(3);
  expect(calls.filter((call) => call === "DELETE 204").length).toBe(1);
});

async function seen(child: ChildProcess, text: string): Promise<void> {
  let all = "";
  await new Promise<void>((done) => {
    child.stderr?.on("data", (chunk) => {
      all += String(chunk);
      if (all.includes(text)) done();
    });
  });
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
