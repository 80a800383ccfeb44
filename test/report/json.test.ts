import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judge } from "../../src/judge/judge.js";
import { isReportKind, REPORT_KINDS } from "../../src/report/kinds.js";
import { render } from "../../src/report/render.js";
import { serverResults } from "../../src/report/results.js";
import { conclude } from "../../src/verify/conclude.js";
import {
  badApp,
  brokenRun,
  driftingRun,
  faithfulRun,
  hostileRun,
  manyPolls,
  refusedRun,
  SURROUNDINGS,
} from "./recordings.js";

const ajv = new Ajv2020({ strict: true, allErrors: true });
formats.default(ajv);
const schema = JSON.parse(await readFile("spec/report.schema.json", "utf8"));
const validate = ajv.compile(schema);
/** Ends at the first mistake. */
const fits = formats.default(new Ajv2020({ strict: true })).compile(schema);

const REPORTS = {
  faithful: judge(faithfulRun()),
  broken: judge(brokenRun()),
  strict: judge(driftingRun(), { strict: true }),
  refused: judge(refusedRun()),
  foreign: conclude({ exchanges: manyPolls(3), judging: {} }, []).report,
  app: conclude({ exchanges: badApp(), judging: {} }, []).report,
  hostile: judge(hostileRun()),
  lost: judge(faithfulRun().slice(0, 1).map(unanswered)),
  empty: judge([]),
  skipping: judge(brokenRun(), { skip: ["schema", "end-fixed"] }),
  "left-out": judge(faithfulRun(), { leftOut: [{ place: "log.entries[3]", why: "a browser's preflight" }] }),
};

function unanswered({ response: _, ...rest }: RecordedExchange): RecordedExchange {
  return { ...rest, failure: { kind: "timeout", message: "no answer" } };
}

/** What may be absent, by its name and the name of what holds it. */
const OPTIONAL =
  /(findings\/\d+\/(pointer|line|guilty)|tasks\/\d+\/(journey|importExchange|importedAtMs)|polls\/\d+\/(status|state)|questions\/\d+\/observed|leftBehind\/\d+\/path|waits\/\d+|versions\/\d+\/supportedUntil|^\/mayBeLeft|^\/skipped|^\/leftOut|^\/conduct)$/;

test.each(Object.entries(REPORTS))("the JSON of the %s report is the report, and fits its schema", (_, report) => {
  const json: unknown = JSON.parse(render.json(serverResults(report, [], SURROUNDINGS)));
  expect(json).toEqual(JSON.parse(JSON.stringify(report)));
  expect(validate(json), ajv.errorsText(validate.errors)).toBe(true);
});

test.each(Object.entries(REPORTS))("the schema rejects the %s report with something missing or added", (_, report) => {
  const widened = new Set<Holder>();
  for (const { path, holder, key } of places(JSON.parse(JSON.stringify(report)), "")) {
    const value = holder[key];
    if (!OPTIONAL.test(`${path}/${key}`)) {
      delete holder[key];
      expect(fits(root(holder)), `without ${path}/${key}`).toBe(false);
    }
    holder[key] = value;
    if (widened.has(holder)) continue;
    widened.add(holder);
    holder["surplus"] = 1;
    expect(fits(root(holder)), `with ${path}/surplus`).toBe(false);
    delete holder["surplus"];
  }
});

test("JSON on a terminal holds no control character", () => {
  expect(render.json(serverResults(REPORTS.hostile, hostileRun(), SURROUNDINGS))).not.toMatch(
    /[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u,
  );
});

test("each kind of report is a text of lines, whatever was recorded", () => {
  for (const run of [faithfulRun(), brokenRun(), hostileRun(), []]) {
    for (const kind of REPORT_KINDS)
      expect(render[kind](serverResults(judge(run), run, SURROUNDINGS))).toMatch(/^$|\n$/);
  }
});

test("only the kinds' names are kinds", () => {
  expect(["html", "github", "HTML", "toString", ""].filter(isReportKind)).toEqual(["html", "github"]);
});

type Holder = Record<string, unknown>;
const roots = new WeakMap<Holder, unknown>();

function root(holder: Holder): unknown {
  return roots.get(holder);
}

/** Every property of every object in a report. */
function places(node: unknown, path: string, top: unknown = node): { path: string; holder: Holder; key: string }[] {
  if (typeof node !== "object" || node === null) return [];
  if (!Array.isArray(node)) roots.set(node as Holder, top);
  const own = Array.isArray(node) ? [] : Object.keys(node).map((key) => ({ path, holder: node as Holder, key }));
  return [...own, ...Object.entries(node).flatMap(([key, below]) => places(below, `${path}/${key}`, top))];
}
