import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { namedError } from "../src/task/hubspot-error.js";
import { parseScenario } from "../src/task/scenario.js";

async function directory(files: Readonly<Record<string, string>>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "scenarios-"));
  onTestFinished(() => rm(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return path;
}

const MINE = "summary: Mine.\nsteps:\n  - state: PENDING\n    for: 250ms\n  - state: COMPLETE\n";

test("a scenario is one file: it joins the catalogue under its file's name", async () => {
  const scenarios = await readScenarios(await directory({ "mine.yaml": MINE }));
  expect(scenarios.find(({ name }) => name === "mine")).toEqual({
    name: "mine",
    summary: "Mine.",
    tags: [],
    steps: [
      { state: "PENDING", forMs: 250, polls: 1 },
      { state: "COMPLETE", errors: 0 },
    ],
    faults: [],
  });
  expect(scenarios.length).toBe((await readScenarios()).length + 1);
});

test("a user's file of the same name replaces ours", async () => {
  const scenarios = await readScenarios(await directory({ "happy.yml": MINE }));
  expect(scenarios.filter(({ name }) => name === "happy").map(({ summary }) => summary)).toEqual(["Mine."]);
});

test.each<[string, string, string]>([
  [
    "a misspelt state before the end",
    "summary: s\nsteps:\n  - state: PENDNG\n    for: 10s\n  - state: COMPLETE\n",
    ':3 /steps/0/state: "PENDNG" is not one of PENDING, ',
  ],
  [
    "a duration without a unit",
    "summary: s\nsteps:\n  - state: PENDING\n    for: 10\n  - state: COMPLETE\n",
    ":4 /steps/0/for: 10 is not a duration. Write 2s or 2000ms.",
  ],
  [
    "one operation in place of a list",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - on: importFromUrl\n    error: locked\n",
    ':5 /faults/0/on: "importFromUrl" must be a list: [importFromUrl].',
  ],
  [
    "polls of what is not polled",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - on: [importFromUrl]\n    polls: 1\n    error: locked\n",
    ':5 /faults/0/on: ["importFromUrl"] must be ["checkImportStatus"] where polls or body is given',
  ],
  [
    "polls that end before they begin",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - polls: [3, 2]\n    error: locked\n",
    ":5 /faults/0/polls: [3, 2] ends before it begins.",
  ],
  [
    "a duration that is none",
    "summary: s\nsteps:\n  - state: PENDING\n    for: 2 sec\n  - state: COMPLETE\n",
    ':4 /steps/0/for: "2 sec" is not a duration. Write 2s or 2000ms.',
  ],
  [
    "an unknown state",
    "summary: s\nsteps:\n  - state: FAILED\n",
    ':3 /steps/0/state: "FAILED" is not one of PENDING, PROCESSING, COMPLETE, CANCELED, FAILURE.',
  ],
  [
    "an unknown property",
    "summary: s\nstpes: []\nsteps:\n  - state: PENDING\n",
    ":2 /stpes: unknown property. Known here: summary, tags, steps, faults, breaks.",
  ],
  ["a missing property", "steps:\n  - state: PENDING\n", ":1 /: summary is missing."],
  ["no steps", "summary: s\nsteps: []\n", ":2 /steps: [] must NOT have fewer than 1 items."],
  ["an empty file", "", ":1 /: is empty. Write at least summary and steps."],
  [
    "errors on a task in flight",
    "summary: s\nsteps:\n  - state: PENDING\n    errors: 1\n",
    ":4 /steps/0/errors: does not belong here.",
  ],
  [
    "a last step that passes",
    "summary: s\nsteps:\n  - state: PENDING\n    for: 1s\n",
    ":4 /steps/0/for: the last step is kept for good. Remove for, or add a step.",
  ],
  [
    "a step that never passes",
    "summary: s\nsteps:\n  - state: PENDING\n  - state: COMPLETE\n",
    ":3 /steps/0: only the last step may lack for.",
  ],
  [
    "an end in the middle",
    "summary: s\nsteps:\n  - state: CANCELED\n  - state: COMPLETE\n",
    ":3 /steps/0: CANCELED is an end. Make it the last step.",
  ],
  [
    "a way back",
    "summary: s\nsteps:\n  - state: PROCESSING\n    for: 1s\n  - state: PENDING\n",
    ":5 /steps/1: a task never goes back from PROCESSING to PENDING.",
  ],
  [
    "an unknown error",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - error: teapot\n",
    ':5 /faults/0/error: "teapot" is not one of expired-token, ',
  ],
  ["what is no YAML", "summary: s\nsteps: [\n", ":3 is not YAML: Flow sequence in block collection must be"],
  ["a key twice", "summary: s\nsummary: t\nsteps:\n  - state: PENDING\n", ":2 is not YAML: Map keys must be unique."],
])("%s is refused with its file, line and remedy", async (_, text, message) => {
  const path = await directory({ "bad.yaml": text });
  await expect(readScenarios(path)).rejects.toMatchObject({
    name: "UserError",
    code: "scenario-file",
    message: expect.stringContaining(`${join(path, "bad.yaml")}${message}`),
  });
});

test.each([
  ["an alias that leads nowhere", "summary: *nope\nsteps: []\n"],
  ["an alias in a circle", "summary: s\nsteps: &a [*a]\n"],
  [
    "an alias bomb",
    `a: &a [1,1,1,1,1,1,1,1,1]\n${"bcdefgh"
      .split("")
      .map((k, i) => `${k}: &${k} [${`*${"abcdefg"[i]},`.repeat(9)}]`)
      .join("\n")}\n`,
  ],
])("%s is refused with its file", async (_, text) => {
  const path = await directory({ "bad.yaml": text });
  await expect(readScenarios(path)).rejects.toMatchObject({
    name: "UserError",
    message: expect.stringContaining("bad.yaml:"),
  });
});

test("a scenario in code is held to the same rules", () => {
  const parse = (steps: unknown) => () => parseScenario("mine", { summary: "s", steps: steps as never });
  expect(parse([])).toThrow("mine /steps: needs at least one step.");
  expect(parse([{ state: "DONE" }])).toThrow('mine /steps/0/state: "DONE" is no state of a scenario.');
  expect(parse([{ state: "PENDING", for: "soon" }, { state: "COMPLETE" }])).toThrow(
    'mine /steps/0/for: "soon" is not a duration.',
  );
  expect(parse([{ state: "PROCESSING", for: "1s" }, { state: "PENDING" }])).toThrow("never goes back");
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["an empty directory", {}, "holds no .yaml file"],
  ["a name in capitals", { "Mine.yaml": MINE }, "write it in lower-case letters"],
])("%s is refused", async (_, files, message) => {
  await expect(readScenarios(await directory(files))).rejects.toThrow(message);
});

test("a directory that does not exist is refused", async () => {
  await expect(readScenarios("no/such/directory")).rejects.toThrow(
    "no/such/directory cannot be read. Pass a directory",
  );
  await expect(readScenarios("package.json")).rejects.toThrow("package.json is not a directory");
});

test("every error that the schema admits is one that the engine can answer", async () => {
  const schema = JSON.parse(await readFile("spec/scenario.schema.json", "utf8"));
  const names = schema.properties.faults.items.properties.error.enum as never[];
  expect(names.length).toBe(13);
  for (const name of names) {
    expect(namedError(name, { operation: "deleteFile", now: 0 }).status).toBeGreaterThanOrEqual(401);
  }
});
