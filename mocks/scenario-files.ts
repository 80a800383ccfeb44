import type { Scenario } from "../src/scenario/scenario.js";
import { catalogueJson } from "./catalogue-json.gen.js";

/**
 * Every scenario of the catalogue and of a directory of the user's, its folders included; there, a file of the same name
 * replaces ours.
 *
 * @throws UserError if the directory cannot be read, or a file is no scenario: which file, line and property
 * @example (await readScenarios()).map(({ name }) => name); // ["bad-gateway-page", …]
 */
export async function readScenarios(directory?: string): Promise<readonly Scenario[]> {
  ours ??= JSON.parse(catalogueJson) as readonly Scenario[];
  if (directory === undefined) return ours;
  // Loaded on demand: most commands read no files of the user's.
  const { readDirectory } = await import("./scenario-directory.js");
  const scenarios = new Map([...ours, ...(await readDirectory(directory))].map((one) => [one.name, one]));
  // By code unit, which for these names is the alphabet: to load a language's own order takes 20 ms.
  return [...scenarios.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The catalogue, which does not change while the mock runs. */
let ours: readonly Scenario[] | undefined;
