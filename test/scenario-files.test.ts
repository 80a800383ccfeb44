import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { namedError } from "../src/contract/hubspot-error.js";
import { defineScenario } from "../src/scenario/define.js";

async function directory(files: Readonly<Record<string, string>>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), "scenarios-"));
  onTestFinished(() => rm(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(path, name), text);
  return path;
}

const MINE = "summary: Mine.\nsteps:\n  - state: PENDING\n    for: 250ms\n  - state: COMPLETE\n";

test("a scenario is one file: it joins the catalogue under its file's name", async () => {
  const scenarios = await readScenarios(await directory({ "mine.yaml": MINE }));
  expect(scenarios.find(({ name }) => name === "mine")).toMatchObject({
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

test("folders are read, too, but for node_modules and those with a dot", async () => {
  const root = await directory({});
  for (const folder of ["slow/very", ".git", "node_modules/pkg", "..2026_11_27"]) {
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, "mine.yaml"), folder === "slow/very" ? MINE : "nonsense");
  }
  expect((await readScenarios(root)).filter(({ summary }) => summary === "Mine.")).toHaveLength(1);
});

test("a file's extension may be in capitals, as some systems write it", async () => {
  const scenarios = await readScenarios(await directory({ "mine.YAML": MINE, "yours.Yml": MINE }));
  expect(scenarios.flatMap(({ name, summary }) => (summary === "Mine." ? [name] : []))).toEqual(["mine", "yours"]);
});

test("a user's file of the same name replaces ours", async () => {
  const scenarios = await readScenarios(await directory({ "happy.yml": MINE }));
  expect(scenarios.filter(({ name }) => name === "happy").map(({ summary }) => summary)).toEqual(["Mine."]);
});

test.each<[string, string, string]>([
  [
    "a misspelt state before the end",
    "summary: s\nsteps:\n  - state: PENDNG\n    for: 10s\n  - state: COMPLETE\n",
    ':3 /steps/0/state: must be one of PENDING, PROCESSING, COMPLETE, CANCELED, FAILURE; got "PENDNG". Did you mean PENDING?',
  ],
  [
    "a duration without a unit",
    "summary: s\nsteps:\n  - state: PENDING\n    for: 10\n  - state: COMPLETE\n",
    ":4 /steps/0/for: must be a duration; got 10. Write a number with a unit, such as 500ms, 2s or 1m.",
  ],
  [
    "one operation in place of a list",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - on: importFromUrl\n    error: locked\n",
    ':5 /faults/0/on: must be an array; got "importFromUrl". Write [importFromUrl].',
  ],
  [
    "one step in place of a list",
    "summary: s\nsteps: { state: PENDING }\n",
    ":2 /steps: must be an array; got an object.",
  ],
  ["an empty step", "summary: s\nsteps:\n  -\n", ":3 /steps/0: is empty. Write it out, or remove it."],
  [
    "polls of what is not polled",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - on: [importFromUrl]\n    polls: 1\n    error: locked\n",
    ':5 /faults/0/on: ["importFromUrl"] must be ["checkImportStatus"] if polls is given, because only status requests have it.',
  ],
  [
    "polls that end before they begin",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - polls: [3, 2]\n    error: locked\n",
    ":5 /faults/0/polls: must not end before it begins; got [3, 2].",
  ],
  [
    "a duration that is none",
    "summary: s\nsteps:\n  - state: PENDING\n    for: 2 sec\n  - state: COMPLETE\n",
    ':4 /steps/0/for: must be a duration; got "2 sec". Write a number with a unit, such as 500ms, 2s or 1m.',
  ],
  [
    "an unknown state",
    "summary: s\nsteps:\n  - state: FAILED\n",
    ':3 /steps/0/state: must be one of PENDING, PROCESSING, COMPLETE, CANCELED, FAILURE; got "FAILED". Did you mean FAILURE?',
  ],
  [
    "an unknown property",
    "summary: s\nstpes: []\nsteps:\n  - state: PENDING\n",
    ":2 /stpes: is unknown; known here: summary, client, tags, parameters, breaks, steps, faults, file, limits. Did you mean steps?",
  ],
  ["a missing property", "steps:\n  - state: PENDING\n", ":1 /summary: is missing."],
  ["no steps", "summary: s\nsteps: []\n", ":2 /steps: must be an array of at least 1 item; got an empty array."],
  ["an empty file", "", ":1 /: is empty. Write at least summary and steps."],
  [
    "errors on a task in flight",
    "summary: s\nsteps:\n  - state: PENDING\n    errors: 1\n",
    ":4 /steps/0/errors: is not allowed here.",
  ],
  [
    "a last step that passes",
    "summary: s\nsteps:\n  - state: PENDING\n    for: 1s\n",
    ":4 /steps/0/for: the last step has no duration. Remove for, or add a step.",
  ],
  [
    "a step that never passes",
    "summary: s\nsteps:\n  - state: PENDING\n  - state: COMPLETE\n",
    ":3 /steps/0: for is missing. Only the last step may omit it.",
  ],
  [
    "an end in the middle",
    "summary: s\nsteps:\n  - state: CANCELED\n  - state: COMPLETE\n",
    ":3 /steps/0: CANCELED is a final state. Make it the last step.",
  ],
  [
    "a way back",
    "summary: s\nsteps:\n  - state: PROCESSING\n    for: 1s\n  - state: PENDING\n",
    ":5 /steps/1: a task never goes back from PROCESSING to PENDING.",
  ],
  [
    "an unknown error",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - error: teapot\n",
    ":5 /faults/0/error: must be one of expired-token, ",
  ],
  [
    "two things in one fault",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - error: locked\n    page: 502\n",
    ":5 /faults/0: needs exactly one of error, page, body, wire, alter, headers, answer, but has error and page.",
  ],
  [
    "nothing in a fault",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - polls: 2\n",
    ":5 /faults/0: needs exactly one of error, page, body, wire, alter, headers, answer, but has none.",
  ],
  [
    "a pause without a drip",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - error: locked\n    pause: 1s\n",
    ":6 /faults/0/pause: can be used only with wire: drip.",
  ],
  [
    "an acceptance that nothing hides",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - error: locked\n    accepted: true\n",
    ":6 /faults/0/accepted: needs on: [importFromUrl], because only an import can be accepted.",
  ],
  [
    "a parameter that is not declared",
    "summary: s\nsteps:\n  - state: PENDING\n    for: $wait\n  - state: COMPLETE\n",
    ":4 /steps/0/for: $wait is not declared. Add it to parameters.",
  ],
  [
    "a parameter that nothing asks for",
    "summary: s\nparameters:\n  wait: { type: duration, default: 1s }\nsteps:\n  - state: PENDING\n",
    ":3 /parameters/wait: $wait is not used in this file. Remove the parameter.",
  ],
  [
    "a default that its own parameter forbids",
    "summary: s\nparameters:\n  n: { type: integer, default: 9, maximum: 5 }\nsteps:\n  - state: CANCELED\n    errors: $n\n",
    ':3 /parameters/n/default: "9" is not a valid value of this parameter.',
  ],
  [
    "a parameter of a type that its place does not take",
    "summary: s\nparameters:\n  n: { default: many }\nsteps:\n  - state: CANCELED\n    errors: $n\n",
    ':6 /steps/0/errors: must be a whole number; got "many".',
  ],
  [
    "a pointer without its slash",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - alter:\n      - { remove: status }\n",
    ':6 /faults/0/alter/0/remove: must be a JSON pointer; got "status". Write /status',
  ],
  [
    "three polls where two have a place",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - polls: [3, 1, 0]\n    error: locked\n",
    ":5 /faults/0/polls: must be an array of at most 2 items; got an array of 3. Write the first and the last, such as [2, 4].",
  ],
  [
    "a poll before the first",
    "summary: s\nsteps:\n  - state: PENDING\nfaults:\n  - polls: [0, 2]\n    error: locked\n",
    ":5 /faults/0/polls/0: must be a whole number of at least 1; got 0.",
  ],
  [
    "two documents",
    "summary: s\nsteps:\n  - state: PENDING\n---\nsummary: t\n",
    ":4 begins a second document. Write one scenario a file.",
  ],
  [
    "an alias that leads nowhere",
    "summary: s\nsteps:\n  - state: COMPLETE\n    result: *nope\n",
    ":4 *nope is an alias, but nothing before it has the anchor &nope. Write the value itself, or quote a text.",
  ],
  ["what is no YAML", "summary: s\nsteps: [\n", ":3 is not YAML: Flow sequence in block collection must be"],
  [
    "a key twice",
    "summary: s\nsummary: t\nsteps:\n  - state: PENDING\n",
    ":2 has the key summary a second time. Remove one.",
  ],
])("%s is refused with its file, line and remedy", async (_, text, message) => {
  const path = await directory({ "bad.yaml": text });
  await expect(readScenarios(path)).rejects.toMatchObject({
    name: "UserError",
    code: "scenario-file",
    message: expect.stringContaining(`${join(path, "bad.yaml")}${message}`),
  });
});

test.each([
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
  const parse = (steps: unknown) => () => defineScenario("mine", { summary: "s", steps: steps as never });
  expect(parse([])).toThrow("mine /steps: must be an array of at least 1 item; got an empty array.");
  expect(parse([{ state: "DONE" }])).toThrow("mine /steps/0/state: must be one of PENDING, ");
  expect(parse([{ state: "PENDING", for: "soon" }, { state: "COMPLETE" }])).toThrow(
    'mine /steps/0/for: must be a duration; got "soon".',
  );
  expect(parse([{ state: "PROCESSING", for: "1s" }, { state: "PENDING" }])).toThrow("never goes back");
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["an empty directory", {}, "contains no .yaml file"],
  ["a name in capitals", { "Mine.yaml": MINE }, "a scenario's name is lower-case letters"],
])("%s is refused", async (_, files, message) => {
  await expect(readScenarios(await directory(files))).rejects.toThrow(message);
});

test("a directory that does not exist is rejected", async () => {
  await expect(readScenarios("no/such/directory")).rejects.toThrow(
    "no/such/directory cannot be read. Pass a directory",
  );
  await expect(readScenarios("package.json")).rejects.toThrow("package.json is not a directory");
});

test("every error of the schema is one that the engine can return", async () => {
  const schema = JSON.parse(await readFile("spec/scenario.schema.json", "utf8"));
  const names = schema.$defs.effect.properties.error.anyOf[0].enum as never[];
  expect(names.length).toBe(14);
  for (const name of names) {
    expect(namedError(name, { operation: "deleteFile", now: 0 }).status).toBeGreaterThanOrEqual(401);
  }
});
