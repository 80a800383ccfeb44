import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020, type ErrorObject, type SchemaObject } from "ajv/dist/2020.js";
import { LineCounter, parseDocument } from "yaml";
import {
  findProblems,
  parseScenario,
  type Scenario,
  type ScenarioProblem,
  type ScenarioSource,
} from "../src/task/scenario.js";
import { UserError } from "../src/user-error.js";

const CATALOGUE = fileURLToPath(new URL("./scenarios/", import.meta.url));
const SCHEMA = new URL("../spec/scenario.schema.json", import.meta.url);

/**
 * Every scenario of the catalogue and of a directory of the user's; there, a file of the same name replaces ours.
 *
 * @throws UserError if the directory cannot be read, or a file is no scenario: which file, line and property
 * @example (await readScenarios()).map(({ name }) => name); // ["canceled", "canceled-silent", …]
 */
export async function readScenarios(directory?: string): Promise<readonly Scenario[]> {
  const schema = JSON.parse(await readFile(SCHEMA, "utf8")) as SchemaObject;
  const validate = new Ajv2020({ allErrors: true, strict: false, verbose: true }).compile<ScenarioSource>(schema);
  const scenarios = new Map<string, Scenario>();
  for (const folder of directory === undefined ? [CATALOGUE] : [CATALOGUE, directory]) {
    for (const file of await listScenarioFiles(folder)) {
      const { data, lineOf } = parseYaml(file, await readScenarioFile(file));
      const problem = validate(data) ? findProblems(data)[0] : schemaProblem(validate.errors ?? []);
      if (problem) {
        throw new UserError(
          "scenario-file",
          `${file}:${lineOf(problem.pointer)} ${problem.pointer}: ${problem.message}`,
        );
      }
      const name = basename(file, extname(file));
      scenarios.set(name, parseScenario(name, data as ScenarioSource));
    }
  }
  return [...scenarios.values()].sort((a, b) => a.name.localeCompare(b.name));
}

async function listScenarioFiles(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    const problem = error.code === "ENOTDIR" ? "is not a directory" : "cannot be read";
    throw new UserError("scenario-file", `${folder} ${problem}. Pass a directory of .yaml files to --scenarios.`);
  });
  const files = names.filter((name) => /\.ya?ml$/.test(name)).sort();
  if (files.length === 0) throw new UserError("scenario-file", `${folder} holds no .yaml file.`);
  const unusable = files.find((name) => !/^[a-z0-9]+(-[a-z0-9]+)*\.ya?ml$/.test(name));
  if (unusable !== undefined) {
    const rule = "A scenario is named after its file: write it in lower-case letters, digits and single hyphens.";
    throw new UserError("scenario-file", `${join(folder, unusable)}: ${rule}`);
  }
  return files.map((name) => join(folder, name));
}

async function readScenarioFile(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new UserError("scenario-file", `${file} cannot be read (${error.code}). Mend or remove it.`);
  });
}

function parseYaml(
  file: string,
  text: string,
): { readonly data: unknown; readonly lineOf: (pointer: string) => number } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [broken] = document.errors;
  if (broken) {
    const [sentence] = broken.message.split(/ at line|\n/);
    throw new UserError("scenario-file", `${file}:${broken.linePos?.[0].line ?? 1} is not YAML: ${sentence}.`);
  }
  let data: unknown;
  try {
    data = document.toJS();
    JSON.stringify(data);
  } catch (error) {
    // Aliases that lead nowhere, in a circle, or to more than a scenario can hold.
    throw new UserError("scenario-file", `${file}:1 cannot be used: ${(error as Error).message.split("\n")[0]}.`);
  }
  return {
    data,
    lineOf(pointer) {
      const path = pointer.split("/").slice(1);
      for (let depth = path.length; depth > 0; depth -= 1) {
        const node = document.getIn(path.slice(0, depth), true) as { range?: readonly number[] } | undefined;
        if (node?.range) return lines.linePos(node.range[0] ?? 0).line;
      }
      return 1;
    },
  };
}

/**
 * Of everything Ajv reports, the error that names the mistake: an outer one only says that something inside is wrong,
 * and a property "does not belong" merely because its neighbour is misspelt.
 */
function schemaProblem(errors: readonly ErrorObject[]): ScenarioProblem {
  const rank = (error: ErrorObject) =>
    ["oneOf", "anyOf", "if"].includes(error.keyword) ? 0 : error.keyword === "false schema" ? 1 : 1 + depth(error);
  const worst = [...errors].sort((a, b) => rank(b) - rank(a))[0] as ErrorObject; // Ajv refused, so there is one
  return { pointer: pointerOf(worst) || "/", message: sentenceFor(worst) };
}

function depth(error: ErrorObject): number {
  return pointerOf(error).split("/").length;
}

function pointerOf({ instancePath, keyword, params }: ErrorObject): string {
  return keyword === "additionalProperties" ? `${instancePath}/${params["additionalProperty"]}` : instancePath;
}

function sentenceFor({ keyword, data, params, message, parentSchema }: ErrorObject): string {
  const value = JSON.stringify(data);
  switch (keyword) {
    case "pattern":
      return `${value} is not a duration. ${parentSchema?.["description"]}`;
    case "type":
      if (data === null && params["type"] === "object") return "is empty. Write at least summary and steps.";
      if (parentSchema?.["pattern"]) return `${value} is not a duration. ${parentSchema["description"]}`;
      return params["type"] === "array" ? `${value} must be a list: [${data}].` : `${value} ${message}.`;
    case "enum":
      return `${value} is not one of ${params["allowedValues"].join(", ")}.`;
    case "additionalProperties":
      return `unknown property. Known here: ${Object.keys(parentSchema?.["properties"] ?? {}).join(", ")}.`;
    case "const":
      return `${value} must be ${JSON.stringify(params["allowedValue"])} where polls or body is given: the status call alone has them.`;
    case "required":
      return `${params["missingProperty"]} is missing.`;
    case "false schema":
      return "does not belong here. See the schema of scenarios: docs/scenarios.md.";
    default:
      return `${value} ${message}.`;
  }
}
