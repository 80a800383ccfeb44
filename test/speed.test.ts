import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { readResults, renderPicture, withFigures } from "../bench/results.mjs";
import { compare, TARGETS } from "../bench/targets.mjs";

const found = await readResults();
const page = await readFile("docs/speed.md", "utf8");

test("docs/speed.md and its picture show what bench/results has", async () => {
  expect(withFigures(page, found)).toBe(page);
  expect(page).toContain(`| ${found.results[0]?.name} | ${found.results[0]?.value} `);
  expect(page).toContain(await readFile("bench/results/speed.md", "utf8").then((text) => text.split("\n\n")[1]));
  expect(await readFile("docs/speed.svg", "utf8")).toBe(renderPicture(found.servers));
});

test("bench/results has each figure that has a target, held against it", () => {
  const expected = Object.keys(TARGETS).flatMap((section) => {
    const ofSection = found.results.filter((one) => one.section === section);
    return compare(section, Object.fromEntries(ofSection.map(({ name, value }) => [name, value])));
  });
  expect(found.results).toEqual(expected);
});

test.each([
  [["--only", "throughput,speed"], "bench: There is no section 'speed'. Add --help for the options.\n"],
  [["--kit", "docs"], /^bench: No build of hubspot-import-kit is in \S+docs\. /],
  [["--fast"], "bench: Unknown option '--fast'. Add --help for the options.\n"],
])("npm run bench -- %j is a mistake in the call", async (args, message) => {
  const ended = promisify(execFile)(process.execPath, ["bench/run.mjs", ...args]);
  await expect(ended).rejects.toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(message) });
});
