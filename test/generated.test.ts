import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { generate } from "../scripts/generate.mjs";

test("the generated files are those that the contract generates today (npm run generate)", async () => {
  const files = Object.entries(await generate());
  expect(files.length).toBe(24);
  for (const [path, text] of files) expect(await readFile(path, "utf8"), path).toBe(text);
});
