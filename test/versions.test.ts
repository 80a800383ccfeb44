import { getHttpOperationsFromSpec } from "@stoplight/prism-http";
import { expect, test } from "vitest";
import { createOperations } from "../mocks/prism/judge.js";
import { paths } from "../src/contract/paths.gen.js";
import { splitVersion } from "../src/contract/versions.js";
import { contract } from "./judge.js";

const VERSIONS = ["v3", "2025-09", "2026-03", "2026-09"];

test("every version has the operations of v3, written once", () => {
  const { "x-versions": versions } = contract as unknown as { "x-versions": Record<string, object> };
  expect(Object.keys(versions)).toEqual(VERSIONS);
  for (const version of Object.values(versions)) {
    expect(version).toEqual({
      description: expect.any(String),
      "x-evidence": expect.stringMatching(/^(live|documented)$/),
    });
  }
  const rests = VERSIONS.map((version) =>
    Object.entries(paths).flatMap(([path, operations]) => {
      const split = splitVersion(path);
      return split?.version === version ? [[split.rest, operations]] : [];
    }),
  );
  expect(rests[0]?.length).toBe(3);
  for (const rest of rests) expect(rest).toEqual(rests[0]);
  const written = Object.entries(contract.paths).filter(([, item]) => !("$ref" in item));
  expect(written.map(([path]) => splitVersion(path)?.version)).toEqual(["v3", "v3", "v3"]);
});

test("Prism reads in the whole document what the mock derives from one version", async () => {
  const derived = createOperations();
  expect(derived.length).toBe(12);
  expect(withoutIds(derived)).toEqual(withoutIds(await getHttpOperationsFromSpec("spec/openapi.yaml")));
  // So Prism compiles their validators once.
  const polls = derived.filter(({ iid }) => iid === "checkImportStatus");
  expect(new Set(polls.map(({ responses }) => responses)).size).toBe(1);
});

/** Prism makes an id of each node's place, which it never reads. */
function withoutIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, one) => (key === "id" && /^[\da-f]{13}$/.test(one) ? undefined : one));
}
