import { expect, test } from "vitest";
import { measureMswEntry } from "./bench/msw-size.mjs";

test("the MSW entry stays under 60 kB gzipped, and nothing of Node's side is in it", async () => {
  const { gzipped, modules } = await measureMswEntry();
  expect(gzipped).toBeLessThanOrEqual(60_000);
  expect(gzipped).toBeGreaterThan(20_000);
  const names = modules.join("\n");
  expect(names).toContain("simulator.js");
  expect(names).not.toMatch(/prism|hono|yaml|spectral|commander|ajv|node:/);
});
