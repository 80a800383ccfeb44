import type { Scenario } from "../src/scenario/scenario.js";
import { catalogueJson } from "./catalogue-json.gen.js";

/**
 * Reads the scenarios of the catalogue, and of a user's directory with its subdirectories. A user's scenario replaces one of
 * the catalogue with the same name.
 *
 * @throws UserError if the directory cannot be read, or a file is invalid: with file, line and property
 * @example (await readScenarios()).map(({ name }) => name); // ["bad-gateway-page", …]
 */
export async function readScenarios(directory?: string): Promise<readonly Scenario[]> {
  ours ??= JSON.parse(catalogueJson) as readonly Scenario[];
  if (directory === undefined) return ours;
  // Loaded on demand: most commands read no user's files.
  const { readDirectory } = await import("./scenario-directory.js");
  const scenarios = new Map([...ours, ...(await readDirectory(directory))].map((one) => [one.name, one]));
  // By code unit, which is alphabetical for these names: loading the collation of a language takes 20 ms.
  return [...scenarios.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The catalogue, which does not change while the mock runs. */
let ours: readonly Scenario[] | undefined;
