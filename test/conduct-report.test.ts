import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { XMLParser } from "fast-xml-parser";
import { expect, test } from "vitest";
import { judgeRun } from "../bin/mock/conclusion.js";
import { mockCommand } from "../bin/mock.js";
import { boundedPolling } from "../src/judge/client-rules/bounded-polling.js";
import { runMock } from "./command.js";
import { IMPORT } from "./doors.js";
import { directoryOf } from "./verify-command.js";

/** Runs `mock` until its clients are done, then ends it as Ctrl-C or a CI does. */
async function visit(
  args: readonly string[],
  use: (poll: (task: string) => Promise<unknown>) => Promise<unknown>,
  { signal = "SIGTERM", ...options }: Parameters<typeof runMock>[1] & { readonly signal?: NodeJS.Signals } = {},
) {
  const { child, url, ended, stdout, stderr } = await runMock(args, { cwd: await directoryOf(), ...options });
  const headers = { Authorization: "Bearer pat-na1-secret-token", "X-Mock-Client": "test-client" };
  await use((task) => fetch(`${url}${IMPORT}/tasks/${task}/status`, { headers }));
  child.kill(signal);
  return { code: await ended, stdout: stdout(), stderr: stderr() };
}

async function pollsOn(poll: (task: string) => Promise<unknown>): Promise<void> {
  for (let times = 0; times < 3; times += 1) await poll("instant");
}

test("on Ctrl-C a mock reports what a client did wrong, what to do, and writes its reports", async () => {
  const cwd = await directoryOf();
  const reports = ["--conduct-report", "out/conduct.xml", "--conduct-report", "json=conduct.out"];
  const env = { GITHUB_STEP_SUMMARY: join(cwd, "summary.md") };
  const { code, stdout, stderr } = await visit([...reports, "--fail-under", "99.5"], pollsOn, {
    cwd,
    signal: "SIGINT",
    env,
  });
  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^mock: scenario coverage is [\d.]+ %, less than 99.5 %\. Exercise what the coverage lists as never seen/,
  );
  expect(stdout).toContain("✗ stops-at-end test-client (session default)\n");
  expect(stdout).toContain("Next: Leave the loop, and clear its timer");
  expect(stdout).toMatch(/states {4}1 of 4; never: PENDING, PROCESSING, CANCELED/);
  expect(stdout).toMatch(
    /\n\nReports\n {2}out\/conduct\.xml \(junit\)\n {2}conduct\.out \(json\)\n\n1 rule was broken by 1 of 1 client\.\n$/,
  );
  const [xml, json, summary] = await Promise.all(
    ["out/conduct.xml", "conduct.out", "summary.md"].map((file) => readFile(join(cwd, file), "utf8")),
  );
  expect(new XMLParser({ ignoreAttributes: false }).parse(xml ?? "").testsuites["@_failures"]).toBe("1");
  expect(JSON.parse(json ?? "")).toMatchObject({ conduct: { result: "fail" } });
  expect(summary).toContain("## ❌ Conduct: 1 rule was broken by 1 of 1 client.");
  expect([stdout, stderr, xml, json, summary].join()).not.toContain("secret-token");
});

test("of coverage nothing is said to who did not ask for it", async () => {
  const cwd = await directoryOf();
  const env = { GITHUB_STEP_SUMMARY: join(cwd, "summary.md") };
  const { code, stdout, stderr } = await visit(["--fail-on", "conduct"], pollsOn, { cwd, env });
  expect(code).toBe(1);
  const summary = await readFile(join(cwd, "summary.md"), "utf8");
  expect([stdout, stderr, summary].join()).not.toMatch(/coverage|never:/);
  expect([stdout, summary].join()).toMatch(/stops-at-end.*stops-at-end/s);
});

test("a terminal that is closed ends the mock as well, with its report", async () => {
  const cwd = await directoryOf();
  const args = ["--fail-on", "conduct", "--conduct-report", "conduct.json"];
  const { code } = await visit(args, pollsOn, { cwd, signal: "SIGHUP" });
  expect(code).toBe(1);
  expect(JSON.parse(await readFile(join(cwd, "conduct.json"), "utf8"))).toMatchObject({ conduct: { result: "fail" } });
});

test("a run that requires good conduct and gets no request ends with 3, silently with --quiet", async () => {
  const { code, stdout } = await visit(["--fail-on", "conduct", "--quiet"], async () => {});
  expect([code, stdout]).toEqual([3, expect.stringMatching(/^listening on \S+\n$/)]);
});

const FULL = { met: ["happy"], missed: [] };
const covered = (percent: number) => ({ percent, scenarios: FULL, states: FULL, faults: FULL });

test.each([
  ["fail", 80, {}, 0],
  ["fail", 80, { failOn: "conduct" }, 1],
  ["pass", 80, { failOn: "conduct" }, 0],
  ["not-exercised", 0, { failOn: "conduct" }, 3],
  ["not-exercised", 0, { failUnder: 0 }, 0],
  ["pass", 79.9, { failOn: "conduct", failUnder: 80 }, 1],
  ["pass", 80, { failUnder: 80 }, 0],
  ["not-exercised", 0, { failOn: "conduct", failUnder: 80 }, 1],
] as const)("conduct %s at %f %% coverage, asked for %j, ends with %i", (result, percent, options, exitCode) => {
  expect(judgeRun({ conduct: { result, clients: [] }, coverage: covered(percent) }, options).exitCode).toBe(exitCode);
});

test.each([
  ["still polls and gave up nothing", ["task-1"], "not-exercised", 3],
  ["still polls, but gave up another task", ["task-1"], "pass", 0],
  ["stopped", [], "not-exercised", 0],
] as const)("a run whose client %s, %j, ends with the right code", (_, stillPolled, bound, exitCode) => {
  const check = { ...boundedPolling, result: bound, judged: 0, findings: [], exchanges: [] };
  const client = { session: "default", client: "app", forgotten: 0, checks: [check], tasks: [], stillPolled };
  const conduct = { result: "pass", clients: [{ ...client, result: "pass" }] } as const;
  expect(judgeRun({ conduct, coverage: covered(100) }, { failOn: "conduct" }).exitCode).toBe(exitCode);
  expect(judgeRun({ conduct, coverage: covered(100) }, {}).exitCode).toBe(0);
});

test.each([
  [["--conduct-report", "conduct.pdf"], "Write a file ending in .xml, .md, .json, .html or .txt"],
  [["--conduct-report", "junit="], "Write a file ending in .xml"],
  [["--conduct-report", "a.xml", "--conduct-report", "junit=a.xml"], "Two reports have this file."],
  [["--fail-on", "everything"], "Allowed choices are conduct"],
  [["--fail-under", "many"], "Write a percentage from 0 to 100"],
  [["--fail-under", "101"], "Write a percentage from 0 to 100"],
])("mock refuses %j", async (args, words) => {
  const command = mockCommand()
    .exitOverride()
    .configureOutput({ outputError() {} });
  await expect(command.parseAsync(["--port", "0", ...args], { from: "user" })).rejects.toThrow(words);
});

test("a report that cannot be written is reported before the mock listens", async () => {
  const command = mockCommand().exitOverride();
  const asked = ["--port", "0", "--conduct-report", "/dev/null/conduct.md"];
  await expect(command.parseAsync(asked, { from: "user" })).rejects.toThrow("conduct.md cannot be written");
});
