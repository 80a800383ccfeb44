/**
 * One reader of the table, run in the folder where the readers are installed: `node try.mjs NAME CASE RESULT`. CASE is a
 * file with the contracts' paths and the answers; what was found goes into the file RESULT.
 */
import { execFile } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { compile } from "../types.mjs";
import { expressOpenapiValidator, redocly } from "../validators.mjs";
import { ALL, orvalFaker } from "./generators.mjs";
import { openapiBackend, prismMock, prismProxy, specmatic, specmaticMock } from "./validators.mjs";

const [name, file, result] = process.argv.slice(2);
const { contract, control, answers } = JSON.parse(await readFile(file, "utf8"));
const here = new URL("../", import.meta.url).pathname;
const COMPILER = `${here}node_modules/typescript/bin/tsc`;
const REDOCLY = [process.execPath, `${here}node_modules/@redocly/cli/bin/cli.js`];

async function generated(generate, document, directory) {
  const own = `${here}written/${directory}`;
  await rm(own, { recursive: true, force: true });
  await mkdir(own, { recursive: true });
  // Kubb writes a second copy of all that it writes there.
  process.chdir(own);
  await generate(document, own, { writeFile, pathToFileURL });
  return own;
}

const compiled = (directory, types, given) => compile(COMPILER, { [directory]: { types } }, given)[directory];

async function tryGenerator({ generate, types, validator, accepts, without = {} }) {
  const own = await generated(generate, contract, "contract");
  const found = compiled(own, types, answers);
  found.control = compiled(await generated(generate, control, "control"), [types[0]], {});
  if (validator !== undefined) {
    const accept = await accepts(await import(`${own}/${validator}`));
    found.accepted = Object.keys(answers).filter((one) => accept(answers[one]));
  }
  found.without = {};
  for (const [what, otherwise] of Object.entries(without)) {
    found.without[what] = compiled(await generated(otherwise, contract, "without"), types, answers).accepted;
  }
  return found;
}

const TRIALS = {
  "express-openapi-validator": async () => ({ accepted: await expressOpenapiValidator(contract, answers) }),
  "openapi-backend": async () => {
    const accepted = (options) => openapiBackend(contract, answers, options);
    return {
      accepted: await accepted({ quick: true, status: 200 }),
      without: {
        "`quick: true`": await accepted({ status: 200 }).catch(failed),
        "the status as the third argument of `validateResponse`": await accepted({ quick: true }),
      },
    };
  },
  Redocly: async () => {
    const [program, ...words] = REDOCLY;
    const run = async (...args) => promisify(execFile)(program, [...words, ...args], { cwd: here });
    await run("lint", contract, "--extends", "recommended");
    await run("bundle", contract, "--output", `${here}bundled.yaml`);
    return { accepted: await redocly(`${here}bundled.yaml`, answers, REDOCLY) };
  },
  Specmatic: async () => ({ accepted: await specmatic(contract, answers) }),
  Prism: async () => ({ accepted: await prismProxy(contract, answers) }),
  "orval, faker": async () => {
    const made = async (useExamples) => ({
      made: await orvalFaker(contract, `${here}written/faker-${useExamples}`, useExamples),
    });
    return { ...(await made(true)), without: { "`useExamples: true`": await made(false).catch(failed) } };
  },
  "Prism, mock": async () => ({ made: await prismMock(contract) }),
  "Prism, dynamic": async () => ({ made: await prismMock(contract, "--dynamic") }),
  "Specmatic, mock": async () => ({ made: await specmaticMock(contract) }),
};

const failed = ({ message }) => ({ failed: message.split("\n")[0].replace(/:$/, "") });

const trial = ALL[name] === undefined ? TRIALS[name] : () => tryGenerator(ALL[name]);
await writeFile(result, JSON.stringify(await trial()));
process.exit(0);
