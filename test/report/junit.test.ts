import { spawnSync } from "node:child_process";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { type JudgeOptions, judge } from "../../src/judge/judge.js";
import { renderJunit } from "../../src/report/junit.js";
import { serverResults } from "../../src/report/results.js";
import { debianCommand } from "../debian.js";
import { brokenRun, driftingRun, faithfulRun, HOSTILE, hostileRun, refusedRun, SURROUNDINGS } from "./recordings.js";

interface Case {
  readonly name: string;
  readonly failure?: { readonly type: string; readonly message: string; readonly "#text": string };
  readonly error?: { readonly type: string; readonly message: string };
  readonly skipped?: unknown;
  readonly "system-out"?: string;
}

interface Suite {
  readonly [attribute: string]: unknown;
  readonly testcase: readonly Case[];
}

function parse(exchanges: readonly RecordedExchange[], options?: JudgeOptions): Suite {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    isArray: (name) => name === "testcase",
    parseTagValue: false,
  });
  return parser.parse(renderJunit(serverResults(judge(exchanges, options), exchanges, SURROUNDINGS))).testsuites
    .testsuite;
}

function counts({ testcase }: Suite) {
  const number = (kind: keyof Case) => String(testcase.filter((one) => one[kind] !== undefined).length);
  return {
    tests: String(testcase.length),
    failures: number("failure"),
    errors: number("error"),
    skipped: number("skipped"),
  };
}

const RUNS = { faithful: faithfulRun(), broken: brokenRun(), refused: refusedRun(), hostile: hostileRun() };

test.each(Object.entries(RUNS))("the counts of the %s run are those of its test cases", (_, exchanges) => {
  const suite = parse(exchanges);
  expect(suite).toMatchObject(counts(suite));
});

test("the broken run fails in its four violations and not in its drift", () => {
  const suite = parse(brokenRun());
  expect(suite).toMatchObject({ tests: "33", failures: "4", errors: "0", skipped: "7" });
  expect(suite).toMatchObject({ time: "10.640", timestamp: "2026-11-23T10:00:00" });
  const drift = suite.testcase.find(({ name }) => name.startsWith("undocumented-property"));
  expect(drift?.failure).toBeUndefined();
  expect(drift?.["system-out"]).toContain("/eta");
});

test("drift fails a strict run", () => {
  expect(parse(driftingRun())).toMatchObject({ failures: "0" });
  const failed = parse(driftingRun(), { strict: true }).testcase.flatMap(({ failure }) => failure?.type ?? []);
  expect(failed).toEqual(["drift"]);
});

test("what could not be judged is an error", () => {
  const errors = parse(refusedRun()).testcase.flatMap(({ error }) => error?.type ?? []);
  expect(errors).toEqual(["token-refused"]);
});

test("a failure has the diff and the next step", () => {
  const schema = parse(brokenRun()).testcase.find(({ name }) => name.startsWith("schema: "));
  expect(schema?.failure?.message).toBe(
    '/status: expected one of PENDING, PROCESSING, COMPLETE, CANCELED, but got "QUEUED" (and 2 more)',
  );
  expect(schema?.failure?.["#text"]).toMatch(
    /request 12\n {2}1124 +size:\n> 1125 +type: integer\n {2}1126 .*\n- a whole number\n\+ "12"\n/,
  );
  expect(schema?.failure?.["#text"]).toMatch(/\nNext: .+\.\n/);
});

test("whatever a server says, the file is XML 1.0", () => {
  const xml = renderJunit(serverResults(judge(hostileRun(), { target: HOSTILE }), hostileRun(), SURROUNDINGS));
  expect(XMLValidator.validate(xml)).toBe(true);
  expect(xml).not.toMatch(/[^\P{Cc}\n]|\p{Cs}|\ufffe|\uffff/u);
  expect(xml).not.toContain("<script");
});

const xmllint = debianCommand("xmllint", "libxml2-utils");

test.runIf(xmllint)("Jenkins' xUnit plugin accepts every file", () => {
  const strict = renderJunit(serverResults(judge(driftingRun(), { strict: true }), driftingRun(), SURROUNDINGS));
  for (const xml of [
    ...Object.values(RUNS).map((run) => renderJunit(serverResults(judge(run), run, SURROUNDINGS))),
    strict,
  ]) {
    const args = ["--noout", "--schema", "test/report/jenkins-junit.xsd", "-"];
    const { status, stderr } = spawnSync(xmllint ?? "", args, { input: xml, encoding: "utf8" });
    expect(status, stderr).toBe(0);
  }
});

test("a text that is the word true stays an attribute's value", () => {
  expect(renderJunit(serverResults(judge(faithfulRun(), { target: "true" }), [], SURROUNDINGS))).toContain(
    'value="true"',
  );
});
