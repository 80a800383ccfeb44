import { readdir } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import {
  type Alias,
  type Document,
  isAlias,
  isScalar,
  LineCounter,
  parseDocument,
  type Scalar,
  visit,
  type YAMLError,
} from "yaml";
import { findSourceProblem, isScenarioName, NAME_RULE } from "../src/scenario/define.js";
import { parseScenario } from "../src/scenario/parse.js";
import type { Scenario } from "../src/scenario/scenario.js";
import type { ScenarioSource } from "../src/scenario/source.js";
import { deniedPermission, UserError } from "../src/user-error.js";
import { readProblem, readText } from "./read-file.js";

/** Whether a path is that of a scenario file. */
export function isScenarioFile(path: string): boolean {
  return /\.ya?ml$/i.test(path) && !isIgnored(basename(path));
}

/**
 * Whether to ignore a file or directory by its name. Names with a leading dot are an editor's drafts, git's store, and
 * `..data`, to which the links in a ConfigMap mounted by Kubernetes lead.
 */
export function isIgnored(name: string): boolean {
  return name.startsWith(".") || name === "node_modules";
}

/** Reads the scenarios of a user's directory. @throws UserError as for `readScenarios` */
export async function readDirectory(directory: string): Promise<readonly Scenario[]> {
  const scenarios = new Map<string, { readonly file: string; readonly scenario: Scenario }>();
  for (const file of await listScenarioFiles(directory)) {
    const scenario = await readScenario(file);
    const twin = scenarios.get(scenario.name);
    if (twin) throw new UserError("scenario-file", `${file} has the same name as ${twin.file}. Rename or remove one.`);
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
  if (files.length === 0) throw new UserError("scenario-file", `${directory} contains no .yaml file.`);
  const unusable = files.find((file) => !isScenarioName(basename(file, extname(file))));
  if (unusable !== undefined)
    throw new UserError("scenario-file", `${unusable}: a scenario is named after its file, and ${NAME_RULE}`);
  return files;
}

/** Lists the scenario files below a directory. Does not follow links to directories, which may be circular. */
async function walk(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    const denied = deniedPermission(error) ?? "";
    const problem = error.code === "ENOTDIR" ? "is not a directory" : `cannot be read${denied && ` (${denied})`}`;
    throw new UserError("scenario-file", `${directory} ${problem}. Pass a directory of .yaml files to --scenarios.`);
  });
  const found = entries.map(async (entry): Promise<readonly string[]> => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return isIgnored(entry.name) ? [] : walk(path);
    return isScenarioFile(path) ? [path] : [];
  });
  return (await Promise.all(found)).flat();
}

/** The catalogue's files have a few thousand bytes. */
const MAX_BYTES = 1_000_000;

async function readScenarioFile(file: string): Promise<string> {
  return readText(file, MAX_BYTES).catch((error: NodeJS.ErrnoException) => {
    throw new UserError("scenario-file", `${file} ${readProblem(error)}. Fix or remove it.`);
  });
}

/**
 * Parses a YAML file to its data and the lines of its nodes.
 *
 * @throws UserError `scenario-file`, with file and line, if the text is not YAML or cannot be represented as JSON
 */
export function parseYaml(
  file: string,
  text: string,
): { readonly data: unknown; readonly lineOf: (pointer: string) => number } {
  const lines = new LineCounter();
  const unusable = (node: Alias | Scalar | undefined, problem: string) =>
    new UserError("scenario-file", `${file}:${lines.linePos(node?.range?.[0] ?? 0).line} ${problem}`);
  // Without the library's check for unique keys, which compares each key with all others of its map.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const [broken] = document.errors;
  if (broken) {
    throw new UserError("scenario-file", `${file}:${broken.linePos?.[0].line ?? 1} ${yamlProblem(broken)}`);
  }
  const twice = repeatedKey(document);
  if (twice) throw unusable(twice, `has the key ${twice.source} a second time. Remove one.`);
  if (hasTooManyAliases(document))
    throw unusable(undefined, `has more than ${MAX_ALIASES} aliases. Write the values themselves.`);
  const stray = undefinedAlias(document);
  if (stray) {
    const sentence = `*${stray.source} is an alias, but nothing before it has the anchor &${stray.source}.`;
    throw unusable(stray, `${sentence} Write the value itself, or quote a text.`);
  }
  let data: unknown;
  try {
    data = document.toJS();
    JSON.stringify(data);
  } catch (error) {
    // Aliases that are circular, or expand to too much data.
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

/** Renders an error as the end of a sentence that begins with the file's name. */
function yamlProblem({ code, message }: YAMLError): string {
  if (code === "MULTIPLE_DOCS") return "begins a second document. Write one scenario a file.";
  return `is not YAML: ${message.split(/ at line|\n/, 1)[0]}.`;
}

/** Returns the first repeated key of a map. */
function repeatedKey(document: Document): Scalar | undefined {
  let repeated: Scalar | undefined;
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          repeated = key;
          return visit.BREAK;
        }
        seen.add(key.value);
      }
      return undefined;
    },
  });
  return repeated;
}

/** Returns the first alias without an anchor before it. `alias.resolve` would walk the document for each alias. */
function undefinedAlias(document: Document): Alias | undefined {
  const anchors = new Set<string>();
  let stray: Alias | undefined;
  visit(document, {
    Node(_, node) {
      if (!isAlias(node)) {
        if (node.anchor !== undefined) anchors.add(node.anchor);
        return undefined;
      }
      if (anchors.has(node.source)) return undefined;
      stray = node;
      return visit.BREAK;
    },
  });
  return stray;
}

/** A limit, as the yaml library searches all anchors and aliases for each alias. */
export const MAX_ALIASES = 1000;

/** Whether a document has more aliases than can be resolved in reasonable time. */
export function hasTooManyAliases(document: Document): boolean {
  let count = 0;
  visit(document, {
    Alias() {
      count += 1;
      return count > MAX_ALIASES ? visit.BREAK : undefined;
    },
  });
  return count > MAX_ALIASES;
}
