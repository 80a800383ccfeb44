import { spawnSync } from "node:child_process";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import type { SessionExchange } from "../../src/exchange/session-journal.js";
import { conductOfAll, judgeSession } from "../../src/judge/session-conduct.js";
import type { ConductReportKind } from "../../src/report/kinds.js";
import { render } from "../../src/report/render.js";
import { type ConductResults, clientResults } from "../../src/report/results.js";
import { renderText } from "../../src/report/text.js";
import { START } from "../clock.js";
import { IMPORT } from "../conduct/client.js";
import { debianCommand } from "../debian.js";

/** Polls by a client, as a journal keeps them. */
function polls(
  client: string,
  answers: readonly (readonly [atMs: number, state: string])[],
): readonly SessionExchange[] {
  return answers.map(([atMs, state], index) => ({
    id: index + 1,
    startedAt: START + atMs,
    durationMs: 0,
    request: {
      method: "GET",
      url: `https://api.hubapi.com${IMPORT}/tasks/AAAAEqTIHz0/status`,
      headers: { "x-mock-client": client, authorization: "Bearer REDACTED" },
      tokenId: "token-1",
    },
    response: { status: 200, headers: {}, body: JSON.stringify({ taskId: "AAAAEqTIHz0", status: state }) },
  }));
}

const good = [
  [0, "PENDING"],
  [1000, "COMPLETE"],
] as const;
const bad = [
  [0, "PENDING"],
  [1000, "CANCELED"],
  [2000, "CANCELED"],
  [3000, "CANCELED"],
] as const;

function judged(session: string, entries: readonly SessionExchange[], forgotten = 0) {
  return judgeSession({ session, entries, forgotten, watchedUntil: START });
}

const results = {
  conduct: conductOfAll([...judged("anna", polls("upload form", good)), ...judged("ben", polls("batch job", bad), 12)]),
  coverage: {
    percent: 42.9,
    scenarios: { met: ["canceled", "happy"], missed: ["slow"] },
    states: { met: ["PENDING"], missed: ["PROCESSING", "COMPLETE"] },
    faults: { met: [], missed: ["error rate-limited"] },
  },
};

function renderConduct(kind: ConductReportKind, found: ConductResults): string {
  return render[kind](clientResults(found));
}

const xmllint = debianCommand("xmllint", "libxml2-utils");

test.runIf(xmllint)("Jenkins' xUnit plugin accepts the JUnit file, with clients and without", () => {
  for (const conduct of [results.conduct, conductOfAll([])]) {
    const args = ["--noout", "--schema", "test/report/jenkins-junit.xsd", "-"];
    const input = renderConduct("junit", { conduct });
    const { status, stderr } = spawnSync(xmllint ?? "", args, { input, encoding: "utf8" });
    expect(status, stderr).toBe(0);
  }
});

test("a dot in a client's name makes no package of its own", () => {
  const conduct = conductOfAll(judged("v1.2", polls("uploader/2.0 (node.js)", bad)));
  const xml = renderConduct("junit", { conduct });
  const classes = new Set([...xml.matchAll(/classname="([^"]*)"/g)].map(([, name]) => name));
  expect([...classes]).toEqual(["hubspot-import-kit.conduct uploader/2_0 (node_js) (session v1_2)"]);
});

test.each([
  ["text", "txt"],
  ["markdown", "md"],
  ["junit", "xml"],
] as const)("the %s report reads well", async (kind, extension) => {
  await expect(renderConduct(kind, results)).toMatchFileSnapshot(`golden/conduct.${extension}`);
});

test("the JSON report is what was found", () => {
  expect(JSON.parse(renderConduct("json", results))).toEqual(JSON.parse(JSON.stringify(results)));
});

test("of a hundred scenarios that were never requested the text names the first five, and the JSON all", () => {
  const missed = Array.from({ length: 100 }, (_, index) => `scenario-${index}`);
  const many = { ...results, coverage: { ...results.coverage, scenarios: { met: ["happy"], missed } } };
  expect(renderConduct("text", many)).toContain(
    "scenarios 1 of 101; never: scenario-0, scenario-1, scenario-2, scenario-3, scenario-4 and 95 more\n",
  );
  expect(JSON.parse(renderConduct("json", many)).coverage.scenarios.missed).toEqual(missed);
});

test("without a client a report says so, and JUnit shows a skipped case", () => {
  const nobody = { conduct: conductOfAll([]) };
  expect(renderConduct("text", nobody)).toBe(
    "Clients\n  no client sent a request\n\nNo client was judged, because no request exercised a rule.\n",
  );
  expect(
    new XMLParser({ ignoreAttributes: false }).parse(renderConduct("junit", nobody)).testsuites.testsuite["@_skipped"],
  ).toBe("1");
});

test("a client's name can break no report", () => {
  const name = '`<img src=x>` | @team\u001b[2J </details>\n::error::x "&';
  const hostile = { conduct: conductOfAll(judged("anna", polls(name, bad))) };
  const rendered = (kind: ConductReportKind) => renderConduct(kind, hostile);
  expect(rendered("text")).not.toContain("\u001b");
  expect(
    rendered("text")
      .split("\n")
      .every((line) => line.length <= 120),
  ).toBe(true);
  expect(XMLValidator.validate(rendered("junit"))).toBe(true);
  for (const line of rendered("markdown")
    .split("\n")
    .filter((one) => one.includes("<img"))) {
    expect(line).toMatch(/(`` .*<img.* ``)/);
  }
});

test("every report says that a client was still polling a task that does not move", () => {
  const waiting = Array.from({ length: 6 }, (_, index) => [index * 1000, "PENDING"] as const);
  const undecided = { conduct: conductOfAll(judged("anna", polls("app", waiting))) };
  const words = "1 client broke no rule, but it is unknown whether 1 would ever stop polling.";
  expect(renderConduct("text", undecided)).toMatch(
    /not exercised; still polling 1 task\n {4}v3 6 requests \(supported until September 2027\)\n\n.*it is unknown whether 1 would ever stop polling\.\n$/,
  );
  expect(renderConduct("markdown", undecided)).toContain(words);
  expect(renderConduct("junit", undecided)).toContain(
    "The client was still polling a task that did not change when the run ended",
  );
});

test("files that were written are listed before the conclusion", () => {
  const conduct = conductOfAll([]);
  expect(renderText(clientResults({ conduct }), { colors: false, files: ["out.xml (junit)"] })).toMatch(
    /\n\nReports\n {2}out\.xml \(junit\)\n\nNo client was judged/,
  );
});
