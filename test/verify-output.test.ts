import { spawn } from "node:child_process";
import { openSync } from "node:fs";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { brokenRun, faithfulRun, hostileRun } from "./report/recordings.js";
import { BIN, directoryOf, environment, harText, TOKEN, verify } from "./verify-command.js";

/** Where there are /dev/full and /proc. */
const onLinux = test.runIf(process.platform === "linux");
const RECORDING = ["--recording", "run.har"];
const brokenHar = harText(brokenRun());
const faithfulHar = harText(faithfulRun());
const VERDICT = "https://api.hubapi.example violates the contract";

/** What a runner takes for a command: GitHub's in either form, Azure's and TeamCity's. */
const COMMAND = /^\s*::|##\w*\[/m;

test("who stops reading gets the verdict's code all the same, and the files", async () => {
  const cwd = await directoryOf({ "run.har": brokenHar });
  const child = spawn(process.execPath, [BIN, "verify", ...RECORDING, "--report", "json=report.json"], {
    cwd,
    env: environment(),
  });
  child.stdout.destroy();
  child.stderr.destroy();
  expect(await new Promise((done) => child.once("close", done))).toBe(1);
  expect(await readFile(join(cwd, "report.json"), "utf8")).toContain('"conclusion": "violates"');
});

onLinux("a full disk costs a file, not the verdict", async () => {
  const cwd = await directoryOf({ "run.har": brokenHar });
  const [report, summary] = await Promise.all([
    verify([...RECORDING, "--report", "json=/dev/full", "--record", "/proc/x/y", "--report", "text=out/a.txt"], {
      cwd,
    }),
    verify(RECORDING, { cwd, env: { GITHUB_STEP_SUMMARY: "/dev/full" } }),
  ]);
  expect(report).toMatchObject({ code: 2, stdout: expect.stringContaining(VERDICT) });
  expect(report.stderr).toMatch(
    /^verify: \/dev\/full cannot be written: ENOSPC.* \/proc\/x\/y cannot be written: ENOENT.* Choose another file\.\n$/,
  );
  expect(await readdir(join(cwd, "out"))).toEqual(["a.txt"]);
  expect(summary).toMatchObject({ code: 1, stdout: expect.stringContaining(VERDICT) });
  expect(summary.stderr).toMatch(/^verify: the job's summary \/dev\/full cannot be written: ENOSPC.*\n$/);
});

onLinux("standard output on a full disk is a mistake that is told", async () => {
  const stdio = ["ignore", openSync("/dev/full", "w"), "pipe"] as const;
  const cwd = await directoryOf({ "run.har": brokenHar });
  const child = spawn(process.execPath, [BIN, "verify", ...RECORDING], { cwd, env: environment(), stdio: [...stdio] });
  let stderr = "";
  child.stderr?.on("data", (chunk) => {
    stderr += chunk;
  });
  expect(await new Promise((done) => child.once("close", done))).toBe(2);
  expect(stderr).toMatch(/^verify: cannot write to standard output: ENOSPC.*\n$/);
});

test("a job's summary ends below the megabyte that GitHub shows, with a line that says so", async () => {
  const before = "x".repeat(1024 * 1024 - 2000);
  const cwd = await directoryOf({ "run.har": brokenHar, "summary.md": before });
  await verify(RECORDING, { cwd, env: { GITHUB_STEP_SUMMARY: "summary.md" } });
  const summary = await readFile(join(cwd, "summary.md"), "utf8");
  expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(1024 * 1024);
  expect(summary.slice(before.length)).toMatch(
    /violates.*\n\nThe rest is left out, because .* The report files are complete\.\n$/s,
  );
});

test("an annotation names the contract's file only where that is part of the checkout", async () => {
  const cwd = await directoryOf({ "run.har": brokenHar });
  const annotate = () =>
    verify([...RECORDING, "--report", "github=-"], { cwd, env: { GITHUB_WORKSPACE: join(cwd, "..") } });
  expect((await annotate()).stdout).not.toContain("file=");
  await mkdir(join(cwd, "spec"));
  await writeFile(join(cwd, "spec/openapi.yaml"), "openapi: 3.1.0\n");
  expect((await annotate()).stdout).not.toContain("file=");
  await writeFile(join(cwd, "spec/openapi.yaml"), await readFile("spec/openapi.yaml"));
  expect((await annotate()).stdout).toContain(`::error file=${basename(cwd)}/spec/openapi.yaml,line=`);
});

test("a bug of ours is no verdict: exit code 4, the stack, and where to go with it", async () => {
  const cwd = await directoryOf();
  const broken = "globalThis.AbortController=class{constructor(){throw(Error('boom'))}}";
  const run = await verify(["--base-url", "http://127.0.0.1:1"], {
    cwd,
    env: { NODE_OPTIONS: `--import=data:text/javascript,${broken}` },
  });
  expect(run).toMatchObject({ code: 4, stdout: "" });
  expect(run.stderr).toMatch(/Error: boom\n\s+at .*\nverify: this is a bug of hubspot-import-kit \d.*report.*\n$/s);
});

test("a report on standard output has it to itself, beside GitHub's commands alone", async () => {
  const cwd = await directoryOf({ "run.har": brokenHar });
  const [json, quiet, github] = await Promise.all([
    verify([...RECORDING, "--json"], { cwd }),
    verify([...RECORDING, "--report", "json=-", "--quiet"], { cwd }),
    verify([...RECORDING, "--report", "github=-"], { cwd }),
  ]);
  expect(JSON.parse(json.stdout)).toMatchObject({ conclusion: "violates" });
  expect(json.stderr).toContain(VERDICT);
  expect(quiet).toEqual({ code: 1, stdout: json.stdout, stderr: "" });
  expect(github.stdout).toMatch(new RegExp(`^::error title=.*${VERDICT}`, "s"));
});

test("a server's text is no command to a CI's runner, whatever is printed", async () => {
  const text = "::error::a ##[error]b ##vso[task.complete]c ##teamcity[x]d";
  const cwd = await directoryOf({ "run.har": harText(hostileRun(text)) });
  const [json, plain] = await Promise.all([
    verify([...RECORDING, "--json"], { cwd }),
    verify([...RECORDING, "--report", "text=-"], { cwd }),
  ]);
  expect(plain.stdout).toContain("error::a");
  for (const printed of [json.stdout, json.stderr, plain.stdout]) expect(printed).not.toMatch(COMMAND);
  expect(JSON.stringify(JSON.parse(json.stdout))).toContain(text);
  expect(plain.stderr).toBe("");
});

test("a mistake in the call leaves no file and no directory behind", async () => {
  const cwd = await directoryOf();
  const reports = ["--report", "json=out/deep/a.json", "--record", "b.har"];
  const runs = await Promise.all([
    verify(["--base-url", "nowhere", ...reports], { cwd }),
    verify(["--recording", "no.har", ...reports], { cwd }),
    verify(["--base-url", "http://127.0.0.1:1", ...reports, "--report", "html=."], { cwd }),
    verify(["--base-url", "http://127.0.0.1:1", ...reports, "--report", `html=${BIN}/x/y`], { cwd }),
  ]);
  expect(runs.map(({ code, stdout }) => ({ code, stdout }))).toEqual(runs.map(() => ({ code: 2, stdout: "" })));
  expect(runs[2]?.stderr).toBe("verify: . cannot be written: it is a directory. Choose another file.\n");
  expect(runs[3]?.stderr).toMatch(/^verify: \S+ cannot be written: .*\. Choose another file\.\n$/);
  expect(await readdir(cwd)).toEqual([]);
});

test("a recording that is recorded again keeps what it says beside its exchanges", async () => {
  const notes = { target: "https://a.example", timeoutMs: 5000, interrupted: true, keep: true };
  const cwd = await directoryOf({ "run.har": harText(faithfulRun(), notes), "foreign.har": faithfulHar });
  await Promise.all([
    verify([...RECORDING, "--record", "again.har", "--no-keep"], { cwd }),
    verify(["--recording", "foreign.har", "--record", "foreign-again.har", "--timeout", "7s"], { cwd }),
  ]);
  const notesIn = async (file: string) =>
    (JSON.parse(await readFile(join(cwd, file), "utf8")) as { log: { _importKit: object } }).log._importKit;
  expect(await notesIn("again.har")).toEqual({ ...notes, keep: false });
  expect(await notesIn("foreign-again.har")).toEqual({ timeoutMs: 7000 });
});

test("the token is in nothing that is written, even if it is outside the exchanges", async () => {
  const har = harText(brokenRun(), { target: `https://a.example/${TOKEN}` });
  const cwd = await directoryOf({ "run.har": har });
  const kinds = ["text", "markdown", "junit", "json", "sarif", "html", "github"];
  const reports = kinds.flatMap((kind) => ["--report", `${kind}=out/report.${kind}`]);
  const [run, mistake] = await Promise.all([
    verify([...RECORDING, ...reports, "--record", "out/run.har"], { cwd, env: { GITHUB_STEP_SUMMARY: "summary.md" } }),
    verify([...RECORDING, "--report", `pdf=${TOKEN}`], { cwd }),
  ]);
  const names = [...(await readdir(join(cwd, "out"))).map((name) => join("out", name)), "summary.md"];
  const files = await Promise.all(names.map((name) => readFile(join(cwd, name), "utf8")));
  expect(files.length).toBe(kinds.length + 2);
  for (const text of [run.stdout, run.stderr, mistake.stderr, ...files]) expect(text).not.toContain(TOKEN);
  expect(run.stdout).toContain("https://a.example/REDACTED-2 violates the contract");
});

test("what was observed is added to the evidence, which has to be there before anything is asked", async () => {
  const cwd = await directoryOf({ "run.har": faithfulHar });
  const missing = await verify([...RECORDING, "--update-evidence", "--report", "json=a.json"], { cwd });
  expect(missing).toMatchObject({ code: 2, stdout: "" });
  expect(missing.stderr).toMatch(/^verify: spec\/evidence\.md does not exist here\. .*\n$/);
  expect(await readdir(cwd)).toEqual(["run.har"]);
  await mkdir(join(cwd, "spec"));
  await writeFile(join(cwd, "spec/evidence.md"), "# Evidence\n");
  expect(await verify([...RECORDING, "--update-evidence"], { cwd })).toMatchObject({ code: 0 });
  const text = await readFile(join(cwd, "spec/evidence.md"), "utf8");
  expect(text).toMatch(/^# Evidence\n\n## Observed on 2026-11-23, `api\.hubapi\.example`\n\n- \*\*Q1\*\* .*\n/);
});

test("a red run names the commit and the run of GitHub or GitLab, and ends with commands that hold no token", async () => {
  const cwd = await directoryOf({ "run.har": brokenHar });
  const github = {
    GITHUB_SHA: "1f0c3b5",
    GITHUB_SERVER_URL: "https://github.example",
    GITHUB_REPOSITORY: "an/app",
    GITHUB_RUN_ID: "42",
  };
  const gitlab = { GITHUB_SHA: "", GITHUB_RUN_ID: "", CI_COMMIT_SHA: "2e9d", CI_JOB_URL: "https://gitlab.example/7" };
  const [ofGithub, ofGitlab] = await Promise.all([
    verify([...RECORDING, "--strict", "--skip", "schema", "--report", "markdown=-"], { cwd, env: github }),
    verify(RECORDING, { cwd, env: gitlab }),
  ]);
  expect(ofGithub.stdout).toContain("commit: `1f0c3b5` · run: `https://github.example/an/app/actions/runs/42`");
  expect(ofGitlab.stdout).toMatch(/^ {2}commit +2e9d\n {2}run +https:\/\/gitlab\.example\/7$/m);
  const commands = ofGithub.stdout.slice(ofGithub.stdout.indexOf("### Next steps"));
  expect(commands).toMatch(/^npx hubspot-import-kit mock --port 0 --replay run\.har --scenario replay-1$/m);
  expect(commands).toMatch(/^curl -i 'https:\S+' -H "Authorization: Bearer \$HUBSPOT_ACCESS_TOKEN" /m);
  expect(commands).toContain(
    "\nnpx hubspot-import-kit verify --recording run.har --strict --skip schema --skip state-order ",
  );
});
