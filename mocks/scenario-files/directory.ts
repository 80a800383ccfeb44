import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { deniedPermission } from "../../src/denied-permission.js";
import { findSourceProblem, isScenarioName, NAME_RULE } from "../../src/task/scenario/define.js";
import { parseScenario } from "../../src/task/scenario/parse.js";
import type { ScenarioSource } from "../../src/task/scenario/source.js";
import type { Scenario } from "../../src/task/scenario.js";
import { UserError } from "../../src/user-error.js";
import { readProblem, readText } from "../read-file.js";
import { parseYaml } from "./yaml.js";

/** Whether a path is that of a scenario's file. */
export function isScenarioFile(path: string): boolean {
  return /\.ya?ml$/.test(path) && !isPassedOver(basename(path));
}

/**
 * Whether a file or folder of that name is none of the user's scenarios: editors keep drafts under names with a dot, git its
 * store, and Kubernetes, which mounts a ConfigMap as links into `..data`, the files themselves.
 */
export function isPassedOver(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

/** The scenarios of a directory of the user's. @throws UserError as for `readScenarios` */
export async function readDirectory(directory: string): Promise<readonly Scenario[]> {
  const scenarios = new Map<string, { readonly file: string; readonly scenario: Scenario }>();
  for (const file of await listScenarioFiles(directory)) {
    const scenario = await readScenario(file);
    const twin = scenarios.get(scenario.name);
    if (twin) throw new UserError("scenario-file", `${file} has the name of ${twin.file}. Rename or remove one.`);
    scenarios.set(scenario.name, { file, scenario });
  }
  return [...scenarios.values()].map(({ scenario }) => scenario);
}

async function readScenario(file: string): Promise<Scenario> {
  const { data, lineOf } = parseYaml(file, await readScenarioFile(file));
  const problem = findSourceProblem(data);
  if (problem) {
    throw new UserError("scenario-file", `${file}:${lineOf(problem.pointer)} ${problem.pointer}: ${problem.message}`);
  }
  return parseScenario(basename(file, extname(file)), data as ScenarioSource);
}

async function listScenarioFiles(directory: string): Promise<readonly string[]> {
  const files = [...(await walk(directory))].sort();
  if (files.length === 0) throw new UserError("scenario-file", `${directory} holds no .yaml file.`);
  const unusable = files.find((file) => !isScenarioName(basename(file, extname(file))));
  if (unusable !== undefined) throw new UserError("scenario-file", `${unusable}: named after its file, ${NAME_RULE}`);
  return files;
}

/** The scenarios' files in a directory and its folders; a link to a folder is not followed, for it may lead in a circle. */
async function walk(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    const denied = deniedPermission(error) ?? "";
    const problem = error.code === "ENOTDIR" ? "is not a directory" : `cannot be read${denied && ` (${denied})`}`;
    throw new UserError("scenario-file", `${directory} ${problem}. Pass a directory of .yaml files to --scenarios.`);
  });
  const found = entries.map(async (entry): Promise<readonly string[]> => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return isPassedOver(entry.name) ? [] : walk(path);
    return isScenarioFile(path) ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

/** Ours have some thousand bytes. */
const MAX_BYTES = 1_000_000;

async function readScenarioFile(file: string): Promise<string> {
  return readText(file, MAX_BYTES).catch((error: NodeJS.ErrnoException) => {
    throw new UserError("scenario-file", `${file} ${readProblem(error)}. Mend or remove it.`);
  });
}
