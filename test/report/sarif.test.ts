import type { Log, Result, Run } from "sarif";
import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { type JudgeOptions, judge } from "../../src/judge/judge.js";
import { renderSarif } from "../../src/report/sarif.js";
import { brokenRun, driftingRun, faithfulRun, hostileRun, refusedRun, SURROUNDINGS } from "./recordings.js";

function sarif(exchanges: readonly RecordedExchange[], options?: JudgeOptions): Run & { readonly results: Result[] } {
  const log = JSON.parse(renderSarif(judge(exchanges, options), SURROUNDINGS)) as Log;
  expect(log).toMatchObject({ version: "2.1.0", runs: [{}] });
  return { results: [], ...log.runs[0] } as Run & { readonly results: Result[] };
}

const levels = ({ results }: { readonly results: Result[] }) =>
  results.map(({ ruleId, level }) => `${ruleId} ${level}`);

test("each check is a rule, and each result names its own", () => {
  const { tool, results } = sarif(brokenRun());
  const rules = tool.driver.rules ?? [];
  expect(rules).toHaveLength(judge([]).checks.length);
  expect(results.map(({ ruleIndex = -1 }) => rules[ruleIndex]?.id)).toEqual(results.map(({ ruleId }) => ruleId));
});

test("the tool and each rule say what code scanning shows of them", () => {
  const { driver } = sarif(brokenRun()).tool;
  expect(driver).toMatchObject({ version: "1.0.0", informationUri: "pkg:npm/hubspot-import-kit@1.0.0" });
  const texts = (driver.rules ?? []).map(({ name, fullDescription }) => [name, fullDescription?.text]);
  expect(texts[0]).toEqual([
    "HttpCheck",
    "Each response is valid HTTP. HTTP, or a format that the response declares, requires it.",
  ]);
  expect(texts.every(([name = "", text = ""]) => /^([A-Z][a-z]+)+Check$/.test(name) && /\. .+\.$/.test(text))).toBe(
    true,
  );
});

test("the contract is named where it lies in the checkout", () => {
  const log = JSON.parse(
    renderSarif(judge(brokenRun()), { ...SURROUNDINGS, contractFile: "kit/spec/openapi.yaml" }),
  ) as Log;
  const [result] = log.runs[0]?.results ?? [];
  expect(result?.locations?.[0]?.physicalLocation?.artifactLocation?.uri).toBe("kit/spec/openapi.yaml");
});

test("a run that could not be judged has no results, and so closes no alert", () => {
  const log = (exchanges: readonly RecordedExchange[]) =>
    JSON.parse(renderSarif(judge(exchanges), SURROUNDINGS)) as Log;
  expect(log(refusedRun()).runs[0]).not.toHaveProperty("results");
  expect(log(faithfulRun()).runs[0]?.results).toEqual([]);
});

test("violations are errors and drift is a warning", () => {
  expect(levels(sarif(brokenRun()))).toEqual([
    ...["schema error", "schema error", "schema error", "state-order error"],
    ...["end-fixed error", "end-fixed error", "end-fixed error"],
    ...["refusal-no-token error", "undocumented-property warning", "result-as-asked warning"],
  ]);
});

test("drift is an error in a strict run", () => {
  expect(levels(sarif(driftingRun(), { strict: true }))).toEqual(["undocumented-property error"]);
});

test("a result points at its line of the contract, or at the contract where no line says so", () => {
  const report = judge(brokenRun());
  const lines = report.checks.flatMap(({ findings }) => findings.map(({ line }) => line));
  const places = sarif(brokenRun()).results.map(({ locations }) => locations?.[0]?.physicalLocation);
  expect(places.map((place) => place?.artifactLocation?.uri)).toEqual(lines.map(() => "spec/openapi.yaml"));
  expect(places.map((place) => place?.region)).toEqual(lines.map((startLine = 1) => ({ startLine })));
  expect(lines).toContain(undefined);
});

test("results have fingerprints of their own that a later run shows again", () => {
  const prints = (run: readonly RecordedExchange[]) =>
    sarif(run).results.map(({ partialFingerprints }) => partialFingerprints?.["ruleAndPointer/v1"]);
  const later = brokenRun().map((one) => ({ ...one, startedAt: one.startedAt + 60_000 }));
  expect(new Set(prints(brokenRun())).size).toBe(10);
  expect(prints(later)).toEqual(prints(brokenRun()));
  const alike = brokenRun().map(
    (one): RecordedExchange => JSON.parse(JSON.stringify(one).replace('status\\":\\"PENDING', 'status\\":\\"SLEEPING')),
  );
  expect(prints(alike)).toEqual(expect.arrayContaining(["schema /status 1", "schema /status 2"]));
});

test("what could not be judged is a failed invocation with its reason", () => {
  expect(sarif(faithfulRun()).invocations).toMatchObject([
    { executionSuccessful: true, startTimeUtc: "2026-11-23T10:00:00.000Z", endTimeUtc: "2026-11-23T10:00:06.240Z" },
  ]);
  expect(sarif(refusedRun()).invocations).toMatchObject([
    { executionSuccessful: false, toolExecutionNotifications: [{ descriptor: { id: "token-refused" } }] },
  ]);
});

test("a server's text holds no control character", () => {
  const messages = sarif(hostileRun()).results.map(({ message }) => message.text);
  expect(messages.join("")).not.toMatch(/\p{Cc}|\p{Cf}|\p{Cs}/u);
  expect(renderSarif(judge(hostileRun()), SURROUNDINGS)).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
});
