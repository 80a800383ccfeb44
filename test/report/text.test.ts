import { expect, test } from "vitest";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { judge } from "../../src/judge/judge.js";
import { serverResults } from "../../src/report/results.js";
import { renderText } from "../../src/report/text.js";
import { brokenRun, driftingRun, faithfulRun, hostileRun, manyPolls, refusedRun, SURROUNDINGS } from "./recordings.js";

function text(exchanges: readonly RecordedExchange[], options: { readonly strict?: boolean } = {}): string {
  return renderText(serverResults(judge(exchanges, options), exchanges, SURROUNDINGS), { colors: false });
}

test("a run that keeps the contract reads well", async () => {
  await expect(text(faithfulRun())).toMatchFileSnapshot("golden/faithful.txt");
});

test("a run that breaks the contract says first what is broken", async () => {
  await expect(text(brokenRun())).toMatchFileSnapshot("golden/broken.txt");
});

test("drift that fails a strict run reads as a failure", async () => {
  await expect(text(driftingRun(), { strict: true })).toMatchFileSnapshot("golden/drifting-strict.txt");
});

test("a run that could not be judged says why and what to do", async () => {
  await expect(text(refusedRun())).toMatchFileSnapshot("golden/refused.txt");
});

test("the last line is the verdict", () => {
  const lastLine = (exchanges: readonly RecordedExchange[]) => text(exchanges).trimEnd().split("\n").at(-1);
  expect(lastLine(faithfulRun())).toBe(
    "https://api.hubapi.example conforms to the contract: no check failed, none drifted.",
  );
  expect(lastLine(driftingRun())).toBe(
    "https://api.hubapi.example conforms to the contract: no check failed, 1 drifted.",
  );
  expect(lastLine(brokenRun())).toBe("https://api.hubapi.example violates the contract: 4 checks failed, 2 drifted.");
  expect(lastLine(refusedRun())).toBe("https://api.hubapi.example could not be judged: token-refused.");
  expect(lastLine([])).toBe("The recording could not be judged: no-exchange.");
});

test("violations come before drift", () => {
  const signs = [...text(hostileRun()).matchAll(/^[✗~]/gm)].map(([sign]) => sign).join("");
  expect(signs).toMatch(/^✗+~+$/);
});

test("many findings of one check are counted, not listed", () => {
  const polls = manyPolls(12).map((one, index): RecordedExchange => {
    if (index === 0 || !one.response) return one;
    return { ...one, response: { ...one.response, body: one.response.body.replace("{", `{"extra${index}":1,`) } };
  });
  const shown = text(polls);
  expect(shown.match(/a property of the contract/g)).toHaveLength(5);
  expect(shown).toContain("and 7 more causes of this check");
});

test("a finding names its requests by number where the exchanges are not at hand", () => {
  expect(renderText(serverResults(judge(brokenRun()), [], SURROUNDINGS), { colors: false })).toContain(
    "\n  requests 6, 9\n    /status\n",
  );
});

test("colours are there when they are asked for, and change no letter", () => {
  const report = judge(brokenRun());
  const colored = renderText(serverResults(report, brokenRun(), SURROUNDINGS), { colors: true });
  expect(colored).toContain("\u001b[31m");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  expect(colored.replace(/\u001b\[\d+m/g, "")).toBe(text(brokenRun()));
});

test("nothing that a server says reaches the terminal as a command", () => {
  expect(text(hostileRun())).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Cs}/u);
  expect(text(hostileRun())).toContain("\\u001b[2J");
});

test("no line but a command is longer than 120 characters or ends in a space", () => {
  const lines = [faithfulRun(), brokenRun(), hostileRun()].flatMap((run) =>
    text(run)
      .split("\n")
      .filter((line) => !/(^|: )(curl -i|npx hubspot-import-kit) /.test(line)),
  );
  expect(Math.max(...lines.map((line) => [...line].length))).toBeLessThanOrEqual(120);
  expect(lines.filter((line) => line.endsWith(" "))).toEqual([]);
});
