import { expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { judge } from "../src/judge/judge.js";
import { serverRules } from "../src/judge/server-rules/rules.js";
import { failures, verifyMock, verifyScenario } from "./verify-mock.js";

const scenarios = await readScenarios();
const timeoutMs = 90_000;

/** They answer an open question otherwise than is assumed, which is what they are for. */
const DRIFTING = ["canceled-silent", "complete-with-errors", "complete-without-result"];

/** No import is ever accepted, or its task never seen, so there is nothing to judge. */
const REFUSING = [
  "accepted-but-500",
  "app-banned",
  "daily-limit-reached",
  "expired-token",
  "feature-gated",
  "import-never-answered",
  "import-reset",
  "missing-scope-to-read",
  "missing-scope-to-write",
  "missing-scopes",
  "outage",
  "token-expired-at-import",
  "token-expires",
];

/** What they do to the file, or to its deletion, leaves it behind. */
const LEAVING = ["end-changes", "missing-file-id", "missing-scope-to-delete"];

/** Of what they break, all is drift: it fails a strict run alone. */
const LENIENT = ["extra-property"];

test.each(scenarios)(
  "$name fails the checks that it declares to break, and no other, strict or not",
  async (scenario) => {
    const { name, breaks = [] } = scenario;
    const { report, exchanges, defects } = await verifyScenario(scenario, { timeoutMs });
    const isDrifting = DRIFTING.includes(name);
    const expected = [...breaks, ...(isDrifting ? ["open-question"] : [])];
    expect(failures({ report })).toEqual(expected);
    const isBroken = breaks.length > 0 && !LENIENT.includes(name);
    expect(report.exitCode).toBe(REFUSING.includes(name) ? 3 : isBroken ? 1 : 0);
    expect(report.leftBehind).toHaveLength(LEAVING.includes(name) ? 1 : 0);
    expect(defects).toEqual([]);
    // Strictness is the judge's alone: the same run is judged again.
    const strict = judge(exchanges, { timeoutMs, strict: true });
    expect(failures({ report: strict })).toEqual(expected);
    expect(strict.exitCode).toBe(REFUSING.includes(name) ? 3 : expected.length > 0 ? 1 : 0);
  },
);
test.each([
  { inFlightStatus: 202, observed: ["Q1", "202 in 6 of 6"] },
  { inFlightDates: "null", observed: ["Q2", "startedAt while PENDING null in 2 of 2"] },
  { inFlightDates: "filled", observed: ["Q2", "startedAt while PENDING filled in 2 of 2"] },
  { failure: "silent", observed: ["Q3", "CANCELED without errors in 1 of 1"] },
  { failure: "complete", observed: ["Q3", "COMPLETE with errors in 1 of 1"] },
] as const)(
  "an unpublished behaviour is drift, and reported: $observed",
  async ({ observed: [id, text], ...unknowns }) => {
    const { report } = await verifyMock(unknowns);
    expect(report.conclusion).toBe("conforms");
    expect(failures({ report })).toEqual(["open-question"]);
    expect(report.questions.find((question) => question.id === id)?.observed).toContain(text);
    expect((await verifyMock(unknowns, { strict: true })).report.conclusion).toBe("violates");
  },
);

test("a scenario can declare every check that there is", async () => {
  const schema = (await import("../spec/scenario.schema.json")).default;
  expect(schema.properties.breaks.items.enum).toEqual(serverRules.map(({ id }) => id));
});
