import { XMLParser } from "fast-xml-parser";
import type { Log } from "sarif";
import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judge } from "../../src/judge/judge.js";
import type { Report } from "../../src/judge/report.js";
import { serverRules } from "../../src/judge/server-rules/rules.js";
import type { ReportKind } from "../../src/report/kinds.js";
import { render } from "../../src/report/render.js";
import { serverResults } from "../../src/report/results.js";
import { brokenServers } from "../verify/broken-servers.js";
import { verified } from "../verify/run.js";
import { brokenRun, driftingRun, faithfulRun, hostileRun, refusedRun, SURROUNDINGS } from "./recordings.js";

/** How many checks failed and drifted, by what each report says of it. */
function counts(report: Report, exchanges: readonly RecordedExchange[]) {
  const as = (kind: ReportKind) => render[kind](serverResults(report, exchanges, SURROUNDINGS));
  const found = (text: string, pattern: RegExp) => (text.match(pattern) ?? []).length;
  const said = (text: string) => {
    const [, failed, drifted] = /, (\d+) failed, (\d+) drifted, \d+ not exercised/.exec(text) ?? [];
    return { failed: Number(failed), drifted: Number(drifted) };
  };
  const [text, markdown, html, github] = [as("text"), as("markdown"), as("html"), as("github")];
  const tile = (name: string) => Number(new RegExp(`<dt>${name}</dt><dd>(\\d+)</dd>`).exec(html)?.[1] ?? 0);
  const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: "" }).parse(as("junit"));
  const results = (JSON.parse(as("sarif")) as Log).runs[0]?.results;
  const ruled = (level: string) =>
    new Set(results?.filter((one) => one.level === level).map(({ ruleId }) => ruleId)).size;
  const checks = (JSON.parse(as("json")) as Report).checks;
  const verdict = text.trimEnd().split("\n").slice(-2).join(" ");
  const [, failed = "0"] = /(\d+) checks? failed/.exec(verdict) ?? [];
  return {
    "text, in words": said(text.replace(/\n +/g, " ")),
    "text, as signs": { failed: found(text, /^✗/gm), drifted: found(text, /^~/gm) },
    "text, its verdict": { failed: Number(failed), drifted: Number(/(\d+) drifted/.exec(verdict)?.[1] ?? 0) },
    "markdown, in words": said(markdown),
    "markdown, its table": { failed: found(markdown, /^\| ❌ /gm), drifted: found(markdown, /^\| ⚠️ /gm) },
    "html, its tiles": { failed: tile("failed"), drifted: tile("drifted") },
    "html, its cards": {
      failed: found(html, /<article class="failure violation">/g),
      drifted: found(html, /<article class="failure drift">/g),
    },
    "html, its table": { failed: found(html, /<tr class="fail /g), drifted: found(html, /<tr class="drift /g) },
    junit: { failed: Number(testsuites.failures) },
    "junit, its suite": { failed: Number(testsuites.testsuite.failures) },
    ...(results && { sarif: { failed: ruled("error"), drifted: ruled("warning") } }),
    json: {
      failed: checks.filter(({ result }) => result === "fail").length,
      drifted: checks.filter(({ result }) => result === "drift").length,
    },
    github: {
      failed: found(github, /^::error /gm),
      drifted: found(github, /^::warning (?!title=could not be judged)/gm),
    },
  };
}

/** A few of each kind: with one failure, and with several. */
const some = [
  ...brokenServers.filter((_, index) => index % 60 === 0),
  ...brokenServers.filter(({ fails }) => fails.length > 1).slice(0, 3),
];

test.for([
  ["keeps the contract", faithfulRun(), false, { failed: 0, drifted: 0 }],
  ["breaks it", brokenRun(), false, { failed: 4, drifted: 2 }],
  ["drifts", driftingRun(), false, { failed: 0, drifted: 1 }],
  ["drifts in a strict run", driftingRun(), true, { failed: 1, drifted: 0 }],
  ["breaks it in a strict run", brokenRun(), true, { failed: 6, drifted: 0 }],
  ["rejects the token", refusedRun(), false, { failed: 0, drifted: 0 }],
  ["is hostile", hostileRun(), false, undefined],
  ["was never reached", [], false, undefined],
] as const)("each report of a server that %s has the same counts", ([, exchanges, strict, expected]) => {
  expectAlike(judge(exchanges, { strict }), exchanges, expected);
});

test.for([
  [{ skip: ["schema", "end-fixed"] }, "2 checks skipped", "schema, end-fixed"],
  [{ only: ["headers"] }, `${serverRules.length - 1} checks skipped`, "all but headers"],
] as const)("each report names the skipped checks: %j", ([choice, verdict, named]) => {
  const report = judge(brokenRun(), choice);
  const as = (kind: ReportKind) => render[kind](serverResults(report, brokenRun(), SURROUNDINGS));
  expect(as("text")).toContain(`\n  skipped        ${named}\n`);
  expect(as("markdown")).toContain(` skipped: ${named}; `);
  expect(as("github")).toContain(`::notice title=skipped checks::${named}\n`);
  for (const kind of ["text", "markdown", "html"] as const) expect(as(kind)).toContain(verdict);
  expect(JSON.parse(as("json")).skipped.map(({ id }: { id: string }) => id)).toContain("schema");
  expect(as("junit")).toMatch(/name="schema: [^>]*>\s*<skipped message="Skipped by --skip or --only."/);
  expect(as("html")).toMatch(/<td><code>schema<\/code>.*– skipped/);
  expect(as("sarif")).toContain("Skipped by --skip or --only: schema.");
});

test("the line that replays names the failed import's scenario, and a check that is the only one is not left out", () => {
  const only = (exchanges: readonly RecordedExchange[]) =>
    render.text(serverResults(judge(exchanges, { only: ["schema"] }), exchanges, SURROUNDINGS));
  const ofAnApp = brokenRun().map(({ step: _, ...exchange }) => exchange);
  for (const text of [only(brokenRun()), only(ofAnApp)]) {
    expect(text).toContain("\nnpx hubspot-import-kit mock --port 0 --replay run.har --scenario replay-2\n");
    expect(text).not.toContain("--skip");
  }
});

test("the page's first sentence links each failed check's card", () => {
  const page = render.html(serverResults(judge(brokenRun()), brokenRun(), SURROUNDINGS));
  const [, ...linked] = /drifted\. Failed:(.*)<\/p>/.exec(page)?.[0].split('href="#') ?? [];
  expect(linked.map((link) => link.split('"')[0])).toEqual(
    ["schema", "state-order", "end-fixed", "refusal-no-token"].map((id) => `check-${id}`),
  );
  for (const id of linked.map((link) => link.split('"')[0])) expect(page).toContain(`<h3 id="${id}">`);
});

test.concurrent.for(some)("each report has the same counts: $name", async (server) => {
  const { report, exchanges } = await verified(server);
  expectAlike(report, exchanges, undefined);
});

function expectAlike(report: Report, exchanges: readonly RecordedExchange[], expected?: object) {
  const all = counts(report, exchanges);
  const wanted = expected ?? all.json;
  // Of a run that was not judged, the verdict is its reason alone.
  const { "text, its verdict": verdict, ...others } = all;
  for (const [place, one] of Object.entries(report.conclusion === "unjudged" ? others : { ...others, verdict })) {
    expect(wanted, place).toMatchObject(one);
  }
}
