import { Command } from "commander";
import { readScenarios } from "../mocks/scenario-files.js";
import { catalogueOf, requireScenario } from "../src/simulator/choose-scenario.js";
import type { Scenario } from "../src/task/scenario.js";
import { print } from "./print.js";

/** `scenarios`: what the mock can do. */
export function scenariosCommand(): Command {
  return new Command("scenarios")
    .description("List what the mock can do, or show one scenario in detail.")
    .argument("[name]", "the scenario to show")
    .option("--scenarios <directory>", "your own scenarios, as .yaml files")
    .option(
      "--json",
      "print JSON: { name, summary, client, tags, parameters?, breaks?: ids of checks }, or a list of it",
    )
    .action(async (name: string | undefined, { scenarios, json }: { scenarios?: string; json?: boolean }) => {
      const all = await readScenarios(scenarios);
      if (name === undefined) return print(json ? asJson(all.map(listed)) : table(all));
      const one = requireScenario(name, catalogueOf(all));
      print(json ? asJson(listed(one)) : details(one));
    });
}

function listed({ name, summary, client, tags, parameters, breaks }: Scenario) {
  return { name, summary, client, tags, parameters, breaks };
}

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function table(scenarios: readonly Scenario[]): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  return scenarios.map(({ name, summary }) => `${name.padEnd(width)}  ${summary}\n`).join("");
}

function details({ name, summary, client, tags, parameters = [], breaks = [] }: Scenario): string {
  const lines = [
    name,
    `  ${summary}`,
    client && `  A good client: ${client}`,
    tags.length > 0 && `  Tags: ${tags.join(", ")}`,
    ...parameters.map(
      ({ name: key, default: value, allowed, description = "" }) =>
        `  ;${key}=${value}  ${description} ${allowed[0]?.toUpperCase()}${allowed.slice(1)}.`,
    ),
    breaks.length > 0 && `  Fails these checks of verify: ${breaks.join(", ")}`,
  ];
  return `${lines.filter(Boolean).join("\n")}\n`;
}
