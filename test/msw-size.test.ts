import { expect, test } from "vitest";
import { measureMswEntry } from "./bench/msw-size.mjs";

test("the published MSW entry, which has chunks for all entries, is as small in a page", async () => {
  const { gzipped } = await measureMswEntry("dist/mocks/handlers.js");
  expect(gzipped).toBeLessThanOrEqual(50_000);
  expect(gzipped).toBeGreaterThan(20_000);
});

test("the MSW entry stays under 50 kB gzipped, and nothing of Node's side or the judge's is in it", async () => {
  const { gzipped, modules, later } = await measureMswEntry();
  expect(gzipped).toBeLessThanOrEqual(50_000);
  expect(gzipped).toBeGreaterThan(20_000);
  const names = modules.join("\n");
  expect(names).toContain("simulator.js");
  expect(names).not.toMatch(/prism|hono|yaml|spectral|commander|ajv|\/verify\/|node:/);
  expect([...modules, ...later].join("\n")).not.toMatch(/control\/console|console\/(src|page)/);
  expect(later.join("\n")).toContain("/judge/conduct.js");
});
