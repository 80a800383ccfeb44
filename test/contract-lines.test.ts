import { expect, test } from "vitest";
import { readContract } from "../src/contract/document.js";
import { openapiText } from "../src/contract/spec-texts.gen.js";
import { escapePointer } from "../src/json.js";

const { root, lineOf } = readContract();
const lines = openapiText.split("\n");

test("each key of the contract stands in the line that is told for it, and below what it is in", () => {
  const wrong: string[] = [];
  let count = 0;
  look(root, "");
  expect(wrong).toEqual([]);
  expect(count).toBeGreaterThan(1000);

  function look(node: unknown, pointer: string): void {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node)) {
      const at = `${pointer}/${escapePointer(key)}`;
      count += 1;
      const isThere = Array.isArray(node) || lines[lineOf(at) - 1]?.includes(key);
      if (!isThere || lineOf(at) < lineOf(pointer)) wrong.push(`${at}: line ${lineOf(at)}`);
      look(value, at);
    }
  }
});

test("what the contract does not have stands where the nearest thing above it does", () => {
  expect(lineOf("/components/schemas/File/no/such/node")).toBe(lineOf("/components/schemas/File"));
  expect(lines[lineOf("/components/schemas/File") - 1]).toBe("    File:");
  expect(lineOf("/nowhere")).toBe(1);
});
