import { Command } from "commander";
import { viewScenario, viewWholeScenario } from "../mocks/control/scenario-view.js";
import { readScenarios } from "../mocks/scenario-files.js";
import type { Scenario } from "../src/scenario/scenario.js";
import { print } from "./print.js";

/** `scenarios`: what the mock can do. */
export function scenariosCommand(): Command {
  return new Command("scenarios")
    .argument("[name]", "the scenario to show")
    .option("--scenarios <directory>", "your own scenarios, as .yaml files")
    .option(
      "--json",
      "print JSON: a list of { name, summary, client, tags, parameters?, breaks?: ids of checks }, or one of them with steps and faults",
    )
    .action(async (name: string | undefined, { scenarios, json }: { scenarios?: string; json?: boolean }) => {
      const all = await readScenarios(scenarios);
      if (name === undefined) return print(json ? asJson(all.map(viewScenario)) : table(all));
      // Loaded on demand: listing takes half as long without it.
      const { catalogueOf, requireScenario } = await import("../src/session/choose-scenario.js");
      const { scenarioDetails } = await import("./scenario-details.js");
      const one = requireScenario(name, catalogueOf(all));
      print(json ? asJson(viewWholeScenario(one)) : scenarioDetails(one));
    });
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function table(scenarios: readonly Scenario[]): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  return scenarios.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}\n`).join("");
}
