import { execFile } from "node:child_process";
import { access, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { type Mock, startMock } from "../mocks/server.js";
import packageJson from "../package.json" with { type: "json" };
import { USER_ERROR_CODES } from "../src/user-error.js";

const run = promisify(execFile);
const pages = [
  "README.md",
  "CONTRIBUTING.md",
  ...(await readdir("docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`),
];
const texts = new Map(await Promise.all(pages.map(async (page) => [page, await readFile(page, "utf8")] as const)));
const snippets = [...texts].flatMap(([page, text]) =>
  [...text.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = "", code = ""]) => ({ page, language, code })),
);
const of = (language: string) => snippets.filter((snippet) => snippet.language === language);

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ scenarios: await readScenarios(), port: 0, pace: "polls" });
});
afterAll(() => mock.close());
const here = (code: string) => code.replaceAll("http://127.0.0.1:4010", mock.url);

test.each(of("js"))("the JavaScript of $page prints what it says", async ({ code }) => {
  // In the project's root, so that the package finds itself and its neighbours by name.
  const directory = await mkdtemp(".snippet-");
  onTestFinished(() => rm(directory, { recursive: true }));
  const file = join(directory, "snippet.mjs");
  await writeFile(file, here(code).replaceAll("resolve, 1000", "resolve, 10"));
  const { stdout } = await run(process.execPath, [file]);
  expect(stdout.trim()).toBe(/console\.log\(.*\); \/\/ (.*)/.exec(code)?.[1]);
});

const shellLines = of("sh").flatMap(({ page, code }) =>
  code
    .trim()
    .split("\n")
    .map((line) => ({ page, line })),
);

test.each(shellLines.filter(({ line }) => line.startsWith("curl")))("$page: $line", async ({ line }) => {
  const { stdout } = await run("sh", ["-c", here(line)]);
  expect(JSON.parse(stdout)).toHaveProperty("status");
});

test.each(shellLines.filter(({ line }) => line.startsWith("npx hubspot-import-kit")))(
  "$page: $line",
  async ({ line }) => {
    const [, , ...args] = line.split(" ");
    const child = execFile(process.execPath, [packageJson.bin["hubspot-import-kit"], ...args]);
    onTestFinished(() => void child.kill());
    const first = await new Promise<string>((resolve) => child.stdout?.once("data", (chunk) => resolve(String(chunk))));
    expect(first).toMatch(/^listening on http/);
  },
);

test("the shell snippets are those that are tried, and the README's two commands", () => {
  const others = shellLines
    .filter(({ line }) => !/^(curl|npx hubspot-import-kit)/.test(line))
    .map(({ line }) => line.split("#")[0]?.trim());
  expect(others).toEqual(["npm ci && npm start", "npm ci && npm test"]);
  expect(texts.get("README.md")?.indexOf("npm ci && npm start")).toBeLessThan(500);
});

test.each(of("yaml"))("the scenario of $page is one", async ({ code }) => {
  const directory = await mkdtemp(".snippet-");
  onTestFinished(() => rm(directory, { recursive: true }));
  await writeFile(join(directory, "snippet.yaml"), code);
  expect((await readScenarios(directory)).some(({ name }) => name === "snippet")).toBe(true);
});

test("docs/scenarios.md lists the catalogue, name by name and word by word", async () => {
  const table = (texts.get("docs/scenarios.md") ?? "").split("## Choosing one")[0] ?? "";
  const listed = [...table.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, name = "", summary]) => ({
    name,
    summary,
  }));
  const catalogue = (await readScenarios()).map(({ name, summary }) => ({ name, summary }));
  expect(listed.sort((a, b) => a.name.localeCompare(b.name))).toEqual(catalogue);
});

test("docs/errors.md lists the codes of the users' errors", () => {
  const codes = [...(texts.get("docs/errors.md") ?? "").matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  expect(codes).toEqual(USER_ERROR_CODES);
});

test("every link between the pages leads somewhere", async () => {
  for (const [page, text] of texts) {
    for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      await expect(access(join(page, "..", target)), `${page} → ${target}`).resolves.toBeUndefined();
    }
  }
});
