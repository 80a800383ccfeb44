import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judge } from "../../src/judge/judge.js";
import { renderAnnotations } from "../../src/report/annotations.js";
import { brokenRun, driftingRun, faithfulRun, hostileRun, refusedRun } from "./recordings.js";

function lines(exchanges: readonly RecordedExchange[], options: { readonly strict?: boolean } = {}): readonly string[] {
  return renderAnnotations(judge(exchanges, options), { contractFile: "spec/openapi.yaml" }).split("\n").slice(0, -1);
}

test("a run that keeps the contract has no annotation", () => {
  expect(renderAnnotations(judge(faithfulRun()), {})).toBe("");
});

test("a check is an annotation at the line of the contract that it breaks", () => {
  const found = judge(brokenRun()).checks.find(({ id }) => id === "refusal-no-token")?.findings[0];
  expect(lines(brokenRun())).toContain(
    `::error file=spec/openapi.yaml,line=${found?.line},title=refusal-no-token (violation)::` +
      "A request without a token gets a 401.%0Arequest 5%0A- 401%0A+ 404%0A" +
      "Next: See what your client does with this status, because its error handling relies on it. If HubSpot's changelog does " +
      "not mention it, report it to HubSpot with the recording.",
  );
});

test("a finding without a line belongs to no file", () => {
  expect(lines(brokenRun()).filter((line) => line.includes("state-order"))).toEqual([
    expect.stringMatching(/^::error title=state-order \(violation\)::/),
  ]);
});

test("drift is a warning, and an error in a strict run", () => {
  expect(lines(driftingRun())).toEqual([expect.stringMatching(/^::warning /)]);
  expect(lines(driftingRun(), { strict: true })).toEqual([expect.stringMatching(/^::error /)]);
});

test("where the contract is no file of the checkout, an annotation names none", () => {
  const commands = renderAnnotations(judge(brokenRun()), {});
  expect(commands).toContain("::error title=schema (violation)::");
  expect(commands).not.toContain("file=");
});

test("what could not be judged is a warning whose title has its colon escaped", () => {
  expect(lines(refusedRun())).toEqual([
    "::warning title=could not be judged%3A token-refused::importFromUrl got a 401: Not this way.%0A" +
      "Set HUBSPOT_ACCESS_TOKEN to a valid token with the scope files (or files.write), and files.delete to delete the files of a run.",
  ]);
});

test("a server's text starts no command of its own", () => {
  const commands = lines(hostileRun());
  expect(commands.every((line) => /^::(error|warning) [^:]*::/.test(line))).toBe(true);
  expect(commands.join("")).not.toMatch(/\p{Cc}/u);
  // What the server wrote as %0A is shown as that, and starts no line.
  expect(commands.join("")).toContain("%250A");
});
