import { expect, test } from "vitest";
import { judge } from "../../src/judge/judge.js";
import { renderMarkdown } from "../../src/report/markdown.js";
import { serverResults } from "../../src/report/results.js";
import { brokenRun, driftingRun, faithfulRun, hostileRun, refusedRun, SURROUNDINGS } from "./recordings.js";

test("a run that keeps the contract is a short text", async () => {
  await expect(renderMarkdown(serverResults(judge(faithfulRun()), faithfulRun(), SURROUNDINGS))).toMatchFileSnapshot(
    "golden/faithful.md",
  );
});

test("a run that breaks the contract has its findings as diffs", async () => {
  await expect(renderMarkdown(serverResults(judge(brokenRun()), brokenRun(), SURROUNDINGS))).toMatchFileSnapshot(
    "golden/broken.md",
  );
});

test("drift that fails a strict run is marked as a failure", async () => {
  await expect(
    renderMarkdown(serverResults(judge(driftingRun(), { strict: true }), driftingRun(), SURROUNDINGS)),
  ).toMatchFileSnapshot("golden/drifting-strict.md");
});

test("a run that could not be judged says why", async () => {
  await expect(renderMarkdown(serverResults(judge(refusedRun()), refusedRun(), SURROUNDINGS))).toMatchFileSnapshot(
    "golden/refused.md",
  );
});

test("nothing that a server says is read as Markdown, HTML or a mention", () => {
  const markdown = renderMarkdown(serverResults(judge(hostileRun()), hostileRun(), SURROUNDINGS));
  expect(markdown).toContain("@octocat");
  const withoutCode = markdown
    .replace(/^```diff\n(?:(?:@@|[-+ ]) .*\n)+```$/gm, "")
    .replace(/^```sh\n(?:(?:#|curl|npx) .*\n)+```$/gm, "")
    .replace(/(?<!`)(`+)(?!`).*?[^`]\1(?!`)/g, "");
  expect(withoutCode).not.toMatch(/octocat|script|evil|Heading|injected/);
});

test("a table's rows all have its columns", () => {
  const rows = renderMarkdown(serverResults(judge(hostileRun()), hostileRun(), SURROUNDINGS)).match(/^\|.*\|$/gm) ?? [];
  expect(rows.length).toBeGreaterThan(4);
  expect(new Set(rows.map((row) => row.replaceAll("\\|", "").split("|").length))).toEqual(new Set([7]));
});
