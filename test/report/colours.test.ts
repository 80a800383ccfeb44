import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { paint } from "../../src/report/page.js";

test("the README's picture of a task's life paints each state as the report does", async () => {
  const svg = await readFile("docs/lifecycle.svg", "utf8");
  const fills = [...svg.matchAll(/<rect x="\d+" [^>]*rx="6" fill="(#\w+)"/g)].map(([, fill]) => fill);
  const states = ["pending", "processing", "complete", "canceled"] as const;
  expect(fills).toEqual(states.map((state) => paint(state)));
});
