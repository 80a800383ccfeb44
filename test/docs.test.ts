import { execFile } from "node:child_process";
import { access, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { conductOf } from "../mocks/conduct.js";
import { readScenarios } from "../mocks/scenario-files.js";
import { type Mock, startMock } from "../mocks/server.js";
import packageJson from "../package.json" with { type: "json" };
import reportSchema from "../spec/report.schema.json" with { type: "json" };
import { clientRules } from "../src/judge/client-rules/rules.js";
import { judge } from "../src/judge/judge.js";
import { serverRules } from "../src/judge/server-rules/rules.js";
import { clientResults, forTerminal, serverResults } from "../src/report/results.js";
import { renderText } from "../src/report/text.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { USER_ERROR_CODES } from "../src/user-error.js";
import { createClock } from "./clock.js";
import { createMockHost, runToEnd } from "./command-host.js";
import { IMPORT } from "./doors.js";
import { brokenRun, SURROUNDINGS } from "./report/recordings.js";
import { inLanguage, runBy, runScripts, snippetDirectory, texts, VITEST_CONFIG } from "./snippets.js";
import { V8_FLAGS } from "./v8-flags.js";
import { BIN } from "./verify-command.js";

const run = promisify(execFile);

const mocks = createMockHost();
afterAll(mocks.close);

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ scenarios: await readScenarios(), port: 0, pace: "polls" });
});
afterAll(() => mock.close());
const here = (code: string) => code.replaceAll("http://127.0.0.1:4010", mock.url);

test("every TypeScript snippet says what runs it", () => {
  expect(
    inLanguage("ts")
      .map(({ runner }) => runner)
      .sort(),
  ).toEqual(Array(7).fill("vitest"));
});

const scripts = inLanguage("js");
const asRun = ({ code }: { readonly code: string }) =>
  here(code).replaceAll("resolve, 1000", "resolve, 10").replace('token: "any" }', 'token: "any", pollIntervalMs: 10 }');
let scriptsRun: ReturnType<typeof runScripts> | undefined;

// From here to the last command all run at the same time: most of them wait.
test.concurrent.for(scripts.map(({ page, code }, index) => ({ page, code, index })))(
  "the JavaScript of $page prints what it says",
  async ({ code, index }) => {
    scriptsRun ??= runScripts(scripts.map(asRun));
    expect((await scriptsRun)[index]?.trim()).toBe(/console\.log\(.*\); \/\/ (.*)/.exec(code)?.[1]);
  },
);

const underVitest = runBy("vitest");
/** What became of the tests of each of them, by file. All in one run: Vitest takes longer to start than any to run. */
async function runUnderVitest(): Promise<ReadonlyMap<string, readonly string[]>> {
  const directory = await mkdtemp(".snippet-");
  await writeFile(join(directory, "vitest.config.mjs"), VITEST_CONFIG);
  await Promise.all(underVitest.map(({ code }, index) => writeFile(join(directory, `snippet-${index}.test.ts`), code)));
  const options = ["--no-isolate", "--reporter=json", "--hookTimeout=60000", "--testTimeout=60000"];
  const { stdout }: { stdout: string } = await run(
    process.execPath,
    [...V8_FLAGS, "node_modules/vitest/vitest.mjs", "run", ...options, "--root", directory],
    { env: { ...process.env, NO_COLOR: "1", VITEST: "" } },
    // Where one fails, Vitest ends with a code of its own, and says of the others that they pass.
  ).catch((error) => error);
  await rm(directory, { recursive: true });
  const { testResults } = JSON.parse(stdout) as {
    readonly testResults: readonly {
      readonly name: string;
      readonly message: string;
      readonly assertionResults: readonly { readonly status: string; readonly failureMessages: readonly string[] }[];
    }[];
  };
  return new Map(
    testResults.map(({ name, message, assertionResults }) => [
      basename(name),
      assertionResults.map(({ status, failureMessages }) => [status, message, ...failureMessages].join("")),
    ]),
  );
}

let underVitestRun: ReturnType<typeof runUnderVitest> | undefined;

const numbered = underVitest.map(({ page }, index) => ({ page, index }));

test.concurrent.for(numbered)("Vitest passes the snippet of $page", async ({ index }) => {
  underVitestRun ??= runUnderVitest();
  expect((await underVitestRun).get(`snippet-${index}.test.ts`)).toEqual(["passed"]);
});

const shellLines = inLanguage("sh").flatMap(({ page, code }) =>
  code
    .trim()
    .split("\n")
    .map((line) => ({ page, line })),
);

const curlLines = shellLines.filter(({ line }) => line.startsWith("curl"));

/** The lines that are to show an error; one of them comes without a token. */
const SHOWS_ERROR = /\/tasks\/(expired-token|missing-scopes|link-on-other-host)\/|Prefer: code=429/;
const STATE = expect.stringMatching(/^(PENDING|PROCESSING|COMPLETE|CANCELED)$/);

test.concurrent.for([...new Set(curlLines.map(({ page }) => page))])(
  "the curl lines of %s are answered, one after the other",
  async (page) => {
    for (const { line } of curlLines.filter((one) => one.page === page)) {
      const { stdout } = await run("sh", ["-c", here(line)]);
      const answer = JSON.parse(stdout || "{}") as object;
      if (line.includes("/__mock/")) expect(answer, line).not.toHaveProperty("errors");
      else expect(answer, line).toMatchObject({ status: SHOWS_ERROR.test(line) ? "error" : STATE });
    }
  },
);

test("the mistakes of clients name scenarios that are there, each tried with curl, and rules that are there", async () => {
  const [, table = ""] = /\| a client that .*?\n\|---.*?\n(.*?)\n\n/s.exec(texts.get("docs/mistakes.md") ?? "") ?? [];
  const rows = [...table.matchAll(/^\| (.*?) \| `(.*?)` \| (?:`(.*?)`)? ?\|$/gm)];
  expect(rows).toHaveLength(11);
  const names = (await readScenarios()).map(({ name }) => name);
  expect(texts.get("README.md")).toContain(`[All ${names.length} scenarios`);
  expect(texts.get("README.md")).toContain(`with ${names.length} scenarios of`);
  for (const [, , scenario = "", rule] of rows) {
    expect(names).toContain(scenario);
    expect(curlLines.some(({ line }) => line.includes(`/tasks/${scenario}/status`))).toBe(true);
    if (rule !== undefined) expect(clientRules.map(({ id }) => id)).toContain(rule);
  }
});

const CHECKS = /^npx hubspot-import-kit (verify|drift|mock.*--(replay|conduct-report))/;
const checkLines = shellLines.filter(({ line }) => CHECKS.test(line));

test.concurrent.for([...new Set(checkLines.map(({ page }) => page))])(
  "the checks of %s run, one after the other",
  async (page, context) => {
    const directory = await snippetDirectory(context);
    // Nobody waits for a sandbox's pace here.
    const env = { ...process.env, HUBSPOT_ACCESS_TOKEN: "any", IMPORT_KIT_POLL_INTERVAL: "10ms" };
    for (const { line } of checkLines.filter((one) => one.page === page)) {
      const [, , ...args] = here(line).split(" ");
      if (args[0] === "mock") await startsListening(args, directory);
      else expect(await runToEnd({ bin: BIN, args, cwd: resolve(directory), env }), line).toMatchObject({ code: 0 });
    }
  },
);

async function startsListening(args: readonly string[], cwd = ".") {
  // Two lines at once cannot both have the default port.
  const all = args.includes("--port") ? args : [...args, "--port", "0"];
  const started = await mocks.start({ bin: BIN, args: all, cwd: resolve(cwd), env: process.env });
  expect(started, all.join(" ")).toMatchObject({ code: 0, stdout: expect.stringMatching(/^listening on http/) });
}

test.concurrent.for(shellLines.filter(({ line }) => line.startsWith("npx hubspot-import-kit") && !CHECKS.test(line)))(
  "$page: $line",
  async ({ line }) => {
    const [, , ...args] = line.split(" ");
    await startsListening(args);
  },
);

test("the shell snippets are those that are tried, and the README's commands for npm", () => {
  const others = shellLines
    .filter(({ line }) => !/^(curl|npx hubspot-import-kit|export HUBSPOT_ACCESS_TOKEN=any$)/.test(line))
    .map(({ line }) => line.split("#")[0]?.trim());
  expect(others).toEqual([
    "npm ci && npm start",
    "npm ci && npm test",
    "npm install --save-dev hubspot-import-kit msw",
    "npx msw init public --save",
  ]);
  expect(texts.get("README.md")?.indexOf("npm ci && npm start")).toBeLessThan(500);
});

test.each(inLanguage("yaml"))("the scenario of $page is one", async ({ code }) => {
  const directory = await snippetDirectory({ onTestFinished });
  await writeFile(join(directory, "snippet.yaml"), code);
  expect((await readScenarios(directory)).some(({ name }) => name === "snippet")).toBe(true);
});

test("docs/scenarios.md lists the catalogue, name by name and word by word", async () => {
  const table = (texts.get("docs/scenarios.md") ?? "").split("## Choosing one")[0] ?? "";
  const listed = [...table.matchAll(/^\| `([a-z0-9-]+)`(.*?) \| (.*) \| (.*) \|$/gm)].map(
    ([, name = "", parameters, summary, client]) => ({ name, parameters, summary, client }),
  );
  const catalogue = (await readScenarios()).map(({ name, summary, client, parameters = [] }) => ({
    name,
    parameters: parameters
      .map(({ name: key, default: value }) => ` \`;${key}=${value.includes("%") ? "…" : value}\``)
      .join(""),
    summary,
    client,
  }));
  expect(listed.sort((a, b) => a.name.localeCompare(b.name))).toEqual(catalogue);
});

test("docs/conduct.md shows what a mock prints at its end", async () => {
  const clock = createClock();
  const simulator = createSimulator({ scenarios: await readScenarios(), now: clock.now });
  const headers = { Authorization: "Bearer any", "X-Mock-Client": "upload-form" };
  for (const waitMs of [0, 1200, 2200, 1000, 1000]) {
    clock.advance(waitMs);
    await simulator.answer(new Request(`http://localhost${IMPORT}/tasks/canceled/status`, { headers }));
  }
  const results = { conduct: conductOf(simulator), coverage: simulator.coverageOfAll() };
  const shown = forTerminal(clientResults(results), results.conduct);
  const printed = renderText(shown, { colors: false, files: ["conduct.xml (junit)"] });
  expect(texts.get("docs/conduct.md")).toContain(`\n\`\`\`\n${printed}\`\`\`\n`);
});

test("docs/verify.md shows how a red run ends", () => {
  const report = judge(brokenRun());
  const printed = renderText(serverResults(report, brokenRun(), SURROUNDINGS), { colors: false });
  expect(texts.get("docs/verify.md")).toContain(`\n\`\`\`\n${printed.slice(printed.indexOf("Next steps"))}\`\`\`\n`);
});

test("docs/red.md has a row for each reason why a run could not be judged", () => {
  const { enum: reasons } = reportSchema.$defs.unjudged.properties.reason;
  const [, table = ""] = /^## Inconclusive\n(.*?)^## /ms.exec(texts.get("docs/red.md") ?? "") ?? [];
  expect([...table.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, reason]) => reason)).toEqual(reasons);
});

test("docs/verify.md lists the checks, in their order and their words", () => {
  const listed = [...(texts.get("docs/verify.md") ?? "").matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)];
  const rows = listed.map(([, id, sentence]) => [id, sentence]);
  expect(rows.filter(([id]) => serverRules.some((rule) => rule.id === id))).toEqual(
    serverRules.map(({ id, sentence, severity }) => [id, severity === "drift" ? `${sentence} (drift)` : sentence]),
  );
});

test("docs/errors.md lists the codes of the users' errors", () => {
  const codes = [...(texts.get("docs/errors.md") ?? "").matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code);
  expect(codes).toEqual(USER_ERROR_CODES);
});

/** The names that an entry of the package exports, as its declarations list them. */
async function namesOf(types: string): Promise<readonly string[]> {
  const text = await readFile(types, "utf8");
  const listed = [...text.matchAll(/^export (?:type )?\{(.*?)\}/gms)].flatMap(([, list = ""]) => list.split(","));
  const declared = [
    ...text.matchAll(/^export (?:declare )?(?:async )?(?:interface|type|function|const|class) (\w+)/gm),
  ];
  return [...listed, ...declared.map(([, name = ""]) => name)].flatMap((name) => /(\w+)\s*$/.exec(name)?.[1] ?? []);
}

test("docs/api.md names what each entry of the package exports, under the entry's heading", async () => {
  const sections = (texts.get("docs/api.md") ?? "").split(/^## /m);
  for (const [entry, target] of Object.entries(packageJson.exports)) {
    const name = entry.replace(/^\./, "hubspot-import-kit");
    if (typeof target === "string") {
      if (entry !== "./package.json") expect(sections.at(-1)).toContain(`\`${name}\``);
      continue;
    }
    const section = sections.find((one) => one.startsWith(`\`${name}\`\n`)) ?? "";
    const missing = (await namesOf(target.types.default)).filter((one) => !new RegExp(`\`${one}[\`(]`).test(section));
    expect(missing, name).toEqual([]);
  }
});

test("docs/README.md leads to every page", () => {
  const linked = [...(texts.get("docs/README.md") ?? "").matchAll(/\]\(([^)#\s]+)/g)].map(([, path = ""]) =>
    join("docs", path),
  );
  const missing = [...texts.keys()].filter((page) => page !== "docs/README.md" && !linked.includes(page));
  expect(missing).toEqual([]);
});

test("README.md has at most 150 lines, and links to the index before any other page", () => {
  const text = texts.get("README.md") ?? "";
  expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(150);
  expect(/\]\(((?:docs|examples|spec)\/[^)]*\.(?:md|ya?ml))\)/.exec(text)?.[1]).toBe("docs/README.md");
});

test("every link between the pages leads somewhere", async () => {
  for (const [page, text] of texts) {
    for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      await expect(access(join(page, "..", target)), `${page} → ${target}`).resolves.toBeUndefined();
    }
  }
});
