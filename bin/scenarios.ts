import { Command } from "commander";
import { readScenarios } from "../mocks/scenario-files.js";
import { print } from "./print.js";

/** `scenarios`: what the mock can do. */
export function scenariosCommand(): Command {
  return new Command("scenarios")
    .description("List what the mock can do.")
    .option("--scenarios <directory>", "your own scenarios, as .yaml files")
    .option("--json", "print JSON: an array of { name, summary, tags, breaks?: ids of checks }")
    .action(async (options: { readonly scenarios?: string; readonly json?: boolean }) => {
      const scenarios = await readScenarios(options.scenarios);
      if (options.json) {
        const listed = scenarios.map(({ name, summary, tags, breaks }) => ({ name, summary, tags, breaks }));
        print(`${JSON.stringify(listed, null, 2)}\n`);
        return;
      }
      const width = Math.max(...scenarios.map(({ name }) => name.length));
      print(scenarios.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}\n`).join(""));
    });
}
