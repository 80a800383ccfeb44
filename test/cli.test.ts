import { type ChildProcessWithoutNullStreams, execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import packageJson from "../package.json" with { type: "json" };
import { CAT, IMPORT } from "./doors.js";

/** The command as it is published: `npm test` builds it first. */
const BIN = packageJson.bin["hubspot-import-kit"];
const AUTH = { Authorization: "Bearer any" };

const run = (...args: readonly string[]) =>
  new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [BIN, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
    });
  });

/** `mock` on a free port, until the test is over. */
async function mock(...args: readonly string[]) {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [BIN, "mock", "--port", "0", ...args]);
  onTestFinished(() => void child.kill("SIGKILL"));
  let stdout = "";
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
      const found = /^listening on (\S+)\n/.exec(stdout)?.[1];
      if (found) resolve(found);
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${stderr}`)));
  });
  /** All output, once it has shown a text so many times. */
  const printed = async (text: string, times = 1) => {
    while (stdout.split(text).length <= times) await new Promise((resolve) => child.stdout.once("data", resolve));
    return stdout;
  };
  return { child, url, printed, stdout: () => stdout, stderr: () => stderr };
}

const look = async (url: string, id: string) =>
  (await (await fetch(`${url}${IMPORT}/tasks/${id}/status`, { headers: AUTH })).json()) as { status: string };

test("mock says first where it listens, shows how to begin, and then each request in a line", async () => {
  const { url, printed } = await mock("--scenario", "instant");
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  await printed("tasks/canceled/status");
  const started = await fetch(url + IMPORT, {
    method: "POST",
    headers: { ...AUTH, "Content-Type": "application/json" },
    body: JSON.stringify(CAT),
  });
  const { id } = (await started.json()) as { id: string };
  await look(url, id);
  await fetch(`${url}/nowhere`);
  await fetch(`${url}${IMPORT}/tasks/happy/status`);
  const output = await printed("the request breaks the contract");
  expect(output).toContain(`POST ${IMPORT} 202 instant (default) task ${id}\n`);
  expect(output).toContain(`${id.slice(-8)}/status 200 COMPLETE instant (task)\n`);
  expect(output).toContain("GET /nowhere 404 - no operation that this mock has\n");
});

test("mock --quiet prints the listening line alone", async () => {
  const { url, stdout, child } = await mock("--quiet");
  await look(url, "happy");
  child.kill("SIGTERM");
  await new Promise((resolve) => child.once("close", resolve));
  expect(stdout()).toBe(`listening on ${url}\n`);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends mock with code 0, open connections or not", async (signal) => {
  const { url, child } = await mock();
  await look(url, "happy");
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill(signal);
  expect(await ended).toBe(0);
});

test("mock's options reach the tasks", async () => {
  const { url } = await mock(
    "--pace",
    "polls",
    "--in-flight-status",
    "202",
    "--in-flight-dates",
    "null",
    "--failure",
    "complete",
  );
  const first = await fetch(`${url}${IMPORT}/tasks/canceled/status`, { headers: AUTH });
  expect(first.status).toBe(202);
  expect(await first.json()).toMatchObject({ status: "PENDING", startedAt: null });
  await look(url, "canceled");
  expect(await look(url, "canceled")).toMatchObject({ status: "COMPLETE", numErrors: 1 });
});

test("under pace manual, Enter moves every task on", async () => {
  const { url, child, printed } = await mock("--pace", "manual");
  expect(await look(url, "happy")).toMatchObject({ status: "PENDING" });
  child.stdin.write("\n");
  await printed("moved 1 task on\n");
  expect(await look(url, "happy")).toMatchObject({ status: "PROCESSING" });
  child.stdin.write("\n");
  await printed("moved 1 task on\n", 2);
  expect(await look(url, "happy")).toMatchObject({ status: "COMPLETE" });
});

test("a task goes on after a restart, and in another process", async () => {
  const { stdout } = await run("task-id", "canceled", "--seed", "7", "--at", "2026-09-14T12:00:00Z");
  const id = stdout.trim();
  const [one, other] = await Promise.all([mock(), mock("--seed", "99")]);
  const url = `${IMPORT}/tasks/${id}/status`;
  const text = async (base: string) => (await fetch(base + url, { headers: AUTH })).text();
  expect((await text(one.url)).replaceAll(one.url, "")).toBe((await text(other.url)).replaceAll(other.url, ""));
  expect(await look(one.url, id)).toMatchObject({ status: "CANCELED", requestedAt: "2026-09-14T12:00:00.000Z" });
});

test("scenarios lists what there is, for people and for programs", async () => {
  const { stdout } = await run("scenarios");
  expect(stdout).toContain("rate-limited          The second poll answers 429 with Retry-After; then it goes on.\n");
  const listed = JSON.parse((await run("scenarios", "--json")).stdout) as { name: string }[];
  expect(listed.length).toBe((await readScenarios()).length);
  expect(listed.find(({ name }) => name === "malformed-json")).toEqual({
    name: "malformed-json",
    summary: "Every status answer is cut in the middle, so that it is not JSON.",
    tags: ["payload"],
    breaks: ["body-json"],
  });
});

test.each([
  ["an empty file", ""],
  [
    "null in every place",
    "openapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses: { '204': null, '400': null }\ncomponents:\n  schemas:\n    A: { properties: null, discriminator: null }\n",
  ],
])("lint answers %s without a stack", async (_, text) => {
  const directory = await mkdtemp(join(tmpdir(), "lint-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, "openapi.yaml");
  await writeFile(file, text);
  const { code, stderr } = await run("lint", file);
  expect([1, 2]).toContain(code);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("lint passes our contract and fails a broken one with a line for each finding", async () => {
  expect(await run("lint")).toMatchObject({ code: 0, stdout: expect.stringContaining("no finding") });
  const directory = await mkdtemp(join(tmpdir(), "lint-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, "openapi.yaml");
  await writeFile(file, "openapi: 3.1.0\ninfo: { title: t, version: '1' }\npaths: {}\n");
  const { code, stdout } = await run("lint", file);
  expect(code).toBe(1);
  expect(stdout).toMatch(/openapi\.yaml:1 error kit-dialect /);
  expect(JSON.parse((await run("lint", file, "--json")).stdout)).toContainEqual(
    expect.objectContaining({ code: "kit-dialect", line: 1 }),
  );
});

test("--version and --help answer on stdout with code 0", async () => {
  expect(await run("--version")).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: "" });
  for (const command of [[], ["mock"], ["scenarios"], ["task-id"], ["lint"]]) {
    const { code, stdout, stderr } = await run(...command, "--help");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain(`Usage: hubspot-import-kit ${command.join("")}`);
  }
});

test.each<[string[], string]>([
  [["mock", "--port", "abc"], "Write a whole number from 0 to 65535."],
  [["mock", "--port", "65536"], "Write a whole number from 0 to 65535."],
  [["mock", "--seed", "-1"], "Write a whole number from 0 to 4294967295."],
  [["mock", "--speed", "0"], "Write a number greater than 0, such as 20."],
  [["mock", "--pace", "fast"], "Allowed choices are time, polls, manual, immediate."],
  [["mock", "--in-flight-status", "204"], "Allowed choices are 200, 202."],
  [["mock", "--scenaro", "happy"], "(Did you mean --scenario?)"],
  [["mock", "--scenario", "hapy"], 'mock: there is no scenario "hapy". Nearest: happy.'],
  [["mock", "--host", "192.0.2.1"], "mock: 192.0.2.1 is no address of this machine. Pass --host 127.0.0.1."],
  [["mock", "--scenarios", "no/such"], "mock: no/such cannot be read. Pass a directory of .yaml files to --scenarios."],
  [["mock", "extra"], "too many arguments"],
  [["task-id"], "missing required argument 'scenario'"],
  [["task-id", "hapy"], 'task-id: there is no scenario "hapy". Nearest: happy.'],
  [
    ["task-id", "happy", "--at", "soon"],
    "Write a date with its zone, such as 2026-09-14T09:30:00Z, or epoch milliseconds.",
  ],
  [["task-id", "happy", "--at", "2026"], "Write a date with its zone"],
  [["task-id", "happy", "--at", "2026-09-14T12:00"], "Write a date with its zone"],
  [["mock", "--host", ""], "Write an address of this machine"],
  [["mock", "--host", "fe80::1"], "Pass --host 127.0.0.1."],
  [["lint", "no-such.yaml"], "lint: no-such.yaml does not exist. Pass the path of an OpenAPI document."],
  [["moc"], "(Did you mean mock?)"],
  [[], "Usage: hubspot-import-kit"],
])("the mistake %j gets one clear message, code 2 and no stack", async (args, message) => {
  const { code, stdout, stderr } = await run(...args);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/\n\s+at /);
});

test("a taken port gets one clear line and code 2", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as AddressInfo;
  const { code, stderr } = await run("mock", "--port", String(port));
  expect(code).toBe(2);
  expect(stderr).toBe(`mock: port ${port} is taken. Stop what listens there, or pass --port 0 for a free one.\n`);
});
