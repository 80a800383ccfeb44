import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readScenarios } from "../mocks/scenario-files.js";
import { createSimulator } from "../src/simulator/simulator.js";
import { installed } from "./installed.js";
import { violations } from "./judge.js";
import { rightAnswers, wrongAnswers } from "./readers/answers.mjs";
import { GENERATORS, type Generator } from "./readers/generators.mjs";
import { compile } from "./readers/types.mjs";
import { expressOpenapiValidator, redocly } from "./readers/validators.mjs";
import { V8_FLAGS } from "./v8-flags.js";

const FOLDER = resolve("test/readers");
const COMPILER = resolve("node_modules/typescript-7/bin/tsc");
const CONTRACT = resolve("spec/openapi.yaml");
const run = promisify(execFile);

const right = await rightAnswers(createSimulator, await readScenarios());
const wrong = wrongAnswers(right);
/** What it writes is in the repository, and test/generated.test.ts holds that it is what it writes today. */
const KEPT = "openapi-typescript";
let directory: string;
const written = new Map<string, string>();

beforeAll(async () => {
  await installed(FOLDER);
  directory = await mkdtemp(join(FOLDER, ".snippet-"));
  for (const [index, name] of Object.keys(GENERATORS).entries()) written.set(name, join(directory, `${index}`));
  const { [KEPT]: kept = "", ...others } = Object.fromEntries(written);
  await cp("spec/openapi.gen.ts", join(kept, "api.ts"));
  const args = [join(FOLDER, "generate.mjs"), CONTRACT, ...Object.entries(others).flat()];
  await run(process.execPath, [...V8_FLAGS, ...args]);
}, 120_000);
afterAll(() => rm(directory, { recursive: true }));

test("the valid responses are fourteen of the mock's, the invalid ones seven that break the contract", () => {
  const broken = (answers: Readonly<Record<string, object>>) =>
    Object.entries(answers)
      .filter(
        ([, answer]) => violations("checkImportStatus", 200, "application/json", JSON.stringify(answer)).length > 0,
      )
      .map(([name]) => name);
  expect(broken(right)).toEqual([]);
  expect(Object.keys(right)).toHaveLength(14);
  expect(broken(wrong)).toEqual(Object.keys(wrong));
  expect(Object.keys(wrong)).toHaveLength(7);
});

const validators = Object.entries(GENERATORS).filter(([, { validator }]) => validator !== undefined);
test.each(validators)(
  "%s accepts the mock's answers and rejects seven wrong ones",
  async (name, { validator, accepts }) => {
    const module: unknown = await import(/* @vite-ignore */ `${written.get(name)}/${validator}`);
    const accept = accepts?.(module as never);
    const accepted = Object.entries({ ...right, ...wrong }).filter(([, answer]) => accept?.(answer));
    expect(accepted.map(([one]) => one)).toEqual(Object.keys(right));
  },
);

test.concurrent("express-openapi-validator lets the mock's answers through, and no wrong one", async () => {
  expect(await expressOpenapiValidator(CONTRACT, { ...right, ...wrong })).toEqual(Object.keys(right));
});

test.concurrent("Redocly takes the mock's answers for valid examples, and no wrong one", async () => {
  const command = [process.execPath, ...V8_FLAGS, "node_modules/@redocly/cli/bin/cli.js"];
  expect(await redocly(CONTRACT, { ...right, ...wrong }, command)).toEqual(Object.keys(right));
});

const TYPED = ["openapi-typescript", "kubb, zod"];
let compiled: ReturnType<typeof compile> | undefined;

/** All in one program: most of its time goes into the types of the platform. */
function compiledTypes(): ReturnType<typeof compile> {
  const generators = TYPED.map((name) => [written.get(name) ?? "", GENERATORS[name] as Generator] as const);
  compiled ??= compile(COMPILER, Object.fromEntries(generators), { ...right, ...wrong });
  return compiled;
}

test.each(TYPED)("the types of %s compile under strict, and narrow by status", (name) => {
  const found = compiledTypes()[written.get(name) ?? ""];
  // A type cannot say that a number is at least 1.
  const accepted = [...Object.keys(right), "COMPLETE with neither file nor error"];
  expect(found).toEqual({ compiles: true, problems: [], narrows: true, accepted });
});
