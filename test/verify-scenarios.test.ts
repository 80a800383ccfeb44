import { expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { serverRules } from "../src/verify/server-rules/rules.js";
import { failures, verifyMock } from "./verify-mock.js";

const scenarios = await readScenarios();

/** They answer an open question otherwise than is assumed, which is what they are for. */
const DRIFTING = ["canceled-silent", "complete-with-errors"];

/** No import is ever accepted, so there is nothing to judge. */
const REFUSING = ["expired-token", "missing-scopes"];

for (const strict of [false, true]) {
  test.each(scenarios)(
    `$name fails the checks that it declares to break, and no other (strict: ${strict})`,
    async ({ name, breaks = [] }) => {
      const run = await verifyMock({ scenario: name }, { strict, timeoutMs: 90_000 });
      expect(failures(run)).toEqual([...breaks, ...(DRIFTING.includes(name) ? ["open-question"] : [])]);
      const fails = breaks.length > 0 || (strict && DRIFTING.includes(name));
      expect(run.report.exitCode).toBe(REFUSING.includes(name) ? 3 : fails ? 1 : 0);
      expect(run.report.leftBehind).toEqual([]);
      expect(run.defects).toEqual([]);
    },
  );
}

test.each([
  { inFlightStatus: 202, observed: ["Q1", "202 in 6 of 6"] },
  { inFlightDates: "null", observed: ["Q2", "startedAt while PENDING null in 2 of 2"] },
  { inFlightDates: "filled", observed: ["Q2", "startedAt while PENDING filled in 2 of 2"] },
  { failure: "silent", observed: ["Q3", "CANCELED without a word in 1 of 1"] },
  { failure: "complete", observed: ["Q3", "COMPLETE with errors in 1 of 1"] },
] as const)(
  "what nobody has published is drift, and told: $observed",
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
