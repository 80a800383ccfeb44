import { Command, Option } from "commander";
import { readScenarios } from "../mocks/scenario-files.js";
import { splitReference } from "../src/scenario/reference.js";
import { catalogueOf, requireScenario } from "../src/session/choose-scenario.js";
import { requireSessionName } from "../src/session/names.js";
import { encodeTaskId } from "../src/task/task-id.js";
import { parseInstant, parseSeed } from "./options.js";
import { print } from "./print.js";

interface Options {
  readonly seed: number;
  readonly at?: number;
  readonly scenarios?: string;
}

/** `task-id`: an id that any mock understands, without an import. */
export function taskIdCommand(): Command {
  return new Command("task-id")
    .argument("<scenario>", "the task's scenario, with parameters and session if any: 'rate-limited;burst=3@anna'")
    .addOption(new Option("--seed <number>", "seed of the task's file").default(1).argParser(parseSeed))
    .addOption(new Option("--at <time>", "when the task was requested; default now").argParser(parseInstant))
    .option("--scenarios <directory>", "your own scenarios, as .yaml files")
    .action(async (scenario: string, { seed, at = Date.now(), scenarios }: Options) => {
      const { scenario: reference, session } = splitReference(scenario);
      const { name } = requireScenario(reference, catalogueOf(await readScenarios(scenarios)));
      if (session !== undefined) requireSessionName(session);
      const suffix = session === undefined ? "" : `@${session}`;
      print(`${encodeTaskId({ requestedAt: at, seed, serial: 0, scenario: name })}${suffix}\n`);
    });
}
