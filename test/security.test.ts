import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import packageJson from "../package.json" with { type: "json" };

/** Each claim of SECURITY.md with the tests that its source names, as `file: name`. */
async function readClaims() {
  const [promised = ""] = (await readFile("SECURITY.md", "utf8")).split("## What is not promised");
  return [...promised.matchAll(/^- (.*)$/gm)].map(([, line = ""]) => ({
    claim: line.replace(/ *<!--.*$/, ""),
    tests: [...line.matchAll(/<!-- ([\w/.-]+): (.*?) -->/g)].map(([, file = "", name = ""]) => ({ file, name })),
  }));
}

test("each claim of SECURITY.md names a test that there is, and the package has the page", async () => {
  const claims = await readClaims();
  expect(claims.length).toBeGreaterThan(20);
  for (const { claim, tests } of claims) {
    expect(tests, claim).not.toEqual([]);
    for (const { file, name } of tests) {
      expect(await readFile(`test/${file}`, "utf8"), `${claim} ${file}`).toContain(`"${name}"`);
    }
  }
  expect(packageJson.files).toContain("SECURITY.md");
});
