/**
 * The contract check as tests, one for each check. `npm run test:contract` runs it against a mock of its own, in virtual
 * time; with CONTRACT_BASE_URL and HUBSPOT_ACCESS_TOKEN against any server.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readScenarios } from "../../mocks/scenario-files.js";
import { type Mock, startMock } from "../../mocks/server.js";
import { serverRules } from "../../src/judge/server-rules/rules.js";
import { type Verification, verifyContract } from "../../src/verify/verify.js";
import { createVirtualTime } from "../virtual-time.js";

const { CONTRACT_BASE_URL: baseUrl, HUBSPOT_ACCESS_TOKEN: token = "" } = process.env;

let mock: Mock | undefined;
let run: Verification;

beforeAll(async () => {
  run = await (baseUrl === undefined ? verifyOwnMock() : verifyContract({ baseUrl, token }));
}, 300_000);
afterAll(() => mock?.close());

describe(`the contract, kept by ${baseUrl ?? "the mock"}`, () => {
  it("could be judged", () => {
    expect(run.report.unjudged).toEqual([]);
  });

  for (const { id, sentence, severity } of serverRules.filter(({ severity }) => severity === "violation")) {
    it(`${id}: ${sentence}`, ({ skip }) => {
      const check = run.report.checks.find((one) => one.id === id);
      if (check?.result === "not-exercised") skip(`No answer of this run had to do with it (${severity}).`);
      expect(check?.findings).toEqual([]);
    });
  }

  it("no file is left behind", () => {
    expect(run.report.leftBehind).toEqual([]);
  });
});

/** The scenario has an outage at first, so that every check has something to judge. */
async function verifyOwnMock(): Promise<Verification> {
  const { advance: _, ...time } = createVirtualTime();
  mock = await startMock({ scenarios: await readScenarios(), scenario: "server-error", now: time.now, port: 0 });
  return verifyContract({ baseUrl: mock.url, token: "any", ...time });
}
