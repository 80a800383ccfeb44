import { Command } from "commander";
import { collectTargets, parsePublicUrl, parseToken, parseVersions } from "./mock/options.js";
import type { MockCommandOptions } from "./mock/run.js";
import { optionTables } from "./options.gen.js";
import { optionsFrom } from "./options.js";
import { CONTROL_TOKEN } from "./without-token.js";

/** `mock`: serves until Ctrl-C. */
export function mockCommand(): Command {
  const command = new Command("mock");
  for (const option of optionsFrom(optionTables.mock, PARSERS)) {
    const name = option.attributeName();
    if (name === "asPublished") option.implies({ inFlightDates: "filled" });
    if (name === "controlToken") option.env(CONTROL_TOKEN);
    if (name === "allowHost") option.conflicts("control");
    command.addOption(option);
  }
  // Loaded on demand: the help and an invalid option do not need it.
  return command.action(async (options: MockCommandOptions) => (await import("./mock/run.js")).run(options));
}

const PARSERS = {
  publicUrl: parsePublicUrl,
  controlToken: parseToken,
  apiVersions: parseVersions,
  conductReport: collectTargets,
};
