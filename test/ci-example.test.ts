import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, type TestContext, test } from "vitest";
import { parse } from "yaml";

const run = promisify(execFile);

interface Step {
  readonly name?: string;
  readonly run?: string;
}
interface GithubWorkflow {
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly Step[]; readonly env: Readonly<Record<string, string>> }>
  >;
}
interface GitlabJob {
  readonly script: readonly string[];
}

const github = parse(await readFile("examples/ci/github-actions.yml", "utf8")) as GithubWorkflow;
const gitlab = parse(await readFile("examples/ci/gitlab-ci.yml", "utf8")) as Readonly<Record<string, GitlabJob>>;
const ofGithub = (job: string) =>
  github.jobs[job]?.steps.find(({ name }) => name?.startsWith("Contract check"))?.run ?? "";
const ofGitlab = (job: string) => gitlab[job]?.script.join("\n") ?? "";

test.concurrent.for([
  ["GitHub", ofGithub("mock"), []],
  ["GitLab", ofGitlab("contract-mock"), ["junit.xml"]],
] as const)("the job of %s that runs against the mock passes", async ([, script, files], context) => {
  const { directory, stdout } = await runScript(script, context);
  expect(stdout).toContain("conforms");
  expect(files.length === 0 ? [] : await readdir(join(directory, "contract"))).toEqual(files);
});

test.concurrent.for([
  ["GitHub", ofGithub("sandbox"), ["report.html", "report.json", "run.har"]],
  ["GitLab", ofGitlab("contract-sandbox"), ["junit.xml", "report.html", "run.har"]],
] as const)("the job of %s that runs against a sandbox writes what is kept", async ([, script, files], context) => {
  const startMock = ofGithub("mock").split("\n").slice(0, 3);
  const mocked = [...startMock, script.replace("https://api.hubapi.com", "http://127.0.0.1:4010")].join("\n");
  const { directory } = await runScript(mocked, context);
  expect((await readdir(join(directory, "contract"))).sort()).toEqual(files);
});

/** A job's script in a directory of its own, where this package is installed; on a port of its own. */
async function runScript(
  script: string,
  { onTestFinished }: Pick<TestContext, "onTestFinished">,
): Promise<{ readonly directory: string; readonly stdout: string }> {
  const directory = await mkdtemp(join(tmpdir(), "kit-ci-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  await mkdir(join(directory, "node_modules", ".bin"), { recursive: true });
  const command = `#!/bin/sh\nexec "${process.execPath}" "${resolve("dist/bin/hubspot-import-kit.js")}" "$@"\n`;
  await writeFile(join(directory, "node_modules", ".bin", "hubspot-import-kit"), command, { mode: 0o755 });
  const env = { ...process.env, HUBSPOT_ACCESS_TOKEN: "any", CI: "true" };
  const here = script.replaceAll("4010", String(await freePort()));
  const { stdout } = await run("bash", ["-e", "-c", here], { cwd: directory, env });
  return { directory, stdout };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as { port: number };
  await new Promise((closed) => server.close(closed));
  return port;
}
