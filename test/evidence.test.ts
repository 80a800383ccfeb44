import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { checkedEvidence } from "../scripts/generate/evidence.mjs";
import { knownDifferences, openQuestions, supportedUntil } from "../src/contract/evidence.js";

const text = await readFile("spec/evidence.yaml", "utf8");
const schema = JSON.parse(await readFile("spec/evidence.schema.json", "utf8")) as unknown;

test.each([
  ["v3", "2027-09"],
  ["v4", "2027-03-30"],
  ["2025-09", "2027-03"],
  ["2026-03", "2027-09"],
  ["2026-09", "2028-03"],
  ["2027-03", "2028-09"],
  ["2026-13", undefined],
  ["2026-09-beta", undefined],
  ["v2", undefined],
  ["constructor", undefined],
])("HubSpot supports %s until %s", (version, end) => {
  expect(supportedUntil(version)).toBe(end);
});

test("the questions have consecutive ids", () => {
  expect(openQuestions.map(({ id }) => id)).toEqual(openQuestions.map((_, index) => `Q${index + 1}`));
  expect(openQuestions.length).toBe(21);
});

test("only rows whose source is the dated versions are limited to them", () => {
  const dated = knownDifferences.filter(({ versions }) => versions === "dated");
  expect(dated.length).toBe(9);
  expect([...new Set(dated.map(({ departure }) => departure))]).toEqual(["D14"]);
});

const ROW = "{ kind: type, where: a, published: b, departure: D1, source: reference }";
test.each([
  ["a departure that is a question", text.replace("departure: D1,", "departure: Q1,"), /departure must match pattern/],
  ["a departure that is not listed", text.replace("departure: D1,", "departure: D99,"), "has no departure D99."],
  ["an unknown kind", text.replace("kind: type", "kind: typo"), "kind must be equal to one of the allowed values"],
  ["a row without a source", text.replace(", source: reference", ""), "must have required property 'source'"],
  ["the same difference twice", text.replace("questions:", `  - ${ROW}\n  - ${ROW}\nquestions:`), "type: a: b twice"],
  ["the same question twice", text.replace("id: Q2", "id: Q1"), "lists Q1 twice."],
  ["a text that would end a cell", text.replace("rule that a request", "rule | request"), "must match pattern"],
  ["an unknown property", text.replace("doubt: D1", "doubt: D1\n    note: x"), "must NOT have additional properties"],
])("%s is rejected", (_, wrong, message) => {
  expect(wrong).not.toBe(text);
  expect(() => checkedEvidence(parse(wrong), schema)).toThrow(message);
});

test("the page has each departure, difference, question and version once", async () => {
  const page = await readFile("spec/evidence.md", "utf8");
  const rows = (pattern: RegExp) => page.match(pattern)?.length;
  expect(rows(/^\| D\d+ \|/gm)).toBe(15);
  expect(rows(/^\| Q\d+ \|/gm)).toBe(21);
  expect(rows(/^\| [a-z ]+ \| `[^`]+` \| `[^`]+` \| D\d+ \|/gm)).toBe(knownDifferences.length);
  expect(rows(/^\| `(?:v\d|\d{4}-\d\d)` \|/gm)).toBe(5);
});
