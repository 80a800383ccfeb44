import { execFile } from "node:child_process";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import { expect, onTestFinished, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { V8_FLAGS } from "./v8-flags.js";

const GITHUB = "examples/ci/github-actions.yml";
const GITLAB = "examples/ci/gitlab-ci.yml";

/** GitHub's own parser. It imports JSON in a way that Node 20 does not, so that it is bundled. */
async function loadParser(): Promise<typeof import("@actions/workflow-parser")> {
  const bundle = await rolldown({ input: "@actions/workflow-parser", platform: "node" });
  const directory = await mkdtemp(join(tmpdir(), "kit-parser-"));
  const { output } = await bundle.write({ dir: directory, entryFileNames: "parser.mjs", codeSplitting: false });
  const parser = await import(pathToFileURL(join(directory, output[0].fileName)).href);
  await rm(directory, { recursive: true });
  return parser;
}

const { NoOperationTraceWriter, parseWorkflow } = await loadParser();

/** What GitHub's own parser finds wrong with a workflow. */
function githubErrors(content: string): readonly string[] {
  const { context } = parseWorkflow({ name: "workflow.yml", content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

test("GitHub's parser takes the workflow", async () => {
  const text = await readFile(GITHUB, "utf8");
  expect(githubErrors(text)).toEqual([]);
  expect(githubErrors(text.replace("runs-on:", "run-on:"))).not.toEqual([]);
});

/** The tool asks for Node 22 for this alone. Its file of JSON Schema is GitLab's own. */
const SET_UNION = "data:text/javascript,Set.prototype.union||=function(other){return new Set([...this,...other])}";

/** Judges a pipeline by GitLab's JSON Schema. */
async function gitlabErrors(text: string | undefined): Promise<string> {
  const cwd = await mkdtemp(join(tmpdir(), "kit-gitlab-"));
  onTestFinished(() => rm(cwd, { recursive: true }));
  await copyFile(GITLAB, join(cwd, ".gitlab-ci.yml"));
  if (text !== undefined) await writeFile(join(cwd, ".gitlab-ci.yml"), text);
  const tool = createRequire(import.meta.url).resolve("gitlab-ci-local");
  return new Promise((done) => {
    execFile(process.execPath, [...V8_FLAGS, "--import", SET_UNION, tool, "--list"], { cwd }, (error, stdout, stderr) =>
      done(error ? `${stdout}${stderr}` : stderr.includes("schema validated") ? "" : stderr),
    );
  });
}

test("GitLab's schema takes the pipeline", async () => {
  const text = await readFile(GITLAB, "utf8");
  const changed = text.replace("exit_codes:", "exit_code:");
  const [asItStands, broken] = await Promise.all([undefined, changed].map(gitlabErrors));
  expect(asItStands).toBe("");
  expect(broken).toContain("allow_failure");
});

test("the examples install the version that they are part of", async () => {
  for (const file of [GITHUB, GITLAB, "examples/ci/README.md"]) {
    const named = [...(await readFile(file, "utf8")).matchAll(/hubspot-import-kit@([\d.]+\d)/g)].map(([, one]) => one);
    expect(named, file).not.toEqual([]);
    expect(new Set(named), file).toEqual(new Set([packageJson.version]));
  }
});
