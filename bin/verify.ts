import { Command } from "commander";
import { optionTables } from "./options.gen.js";
import { optionsFrom, parseDuration, requireText } from "./options.js";
import { applyConfig, applySwitches } from "./verify/config.js";
import type { VerifyCommandOptions } from "./verify/run.js";

/** `verify`: checks a server, or a recording of one, against the contract. Exit code 0, 1 or 3, as the report says. */
export function verifyCommand(): Command {
  const command = new Command("verify");
  for (const option of optionsFrom(optionTables.verify, PARSERS)) command.addOption(option);
  return (
    command
      .addHelpText(
        "after",
        `
The token comes from the environment variable HUBSPOT_ACCESS_TOKEN, is never written anywhere, and is sent only over https, or
within this machine. Each option with an environment variable may also be in import-kit.config.json; the command line
wins over the environment, and the environment over the file. HUBSPOT_OTHER_ACCESS_TOKEN may have the token of another account, to
ask once whether it can read a task.

Exit code: 0 the server keeps the contract; 1 it does not; 2 a mistake in the command; 3 inconclusive, too little was seen to judge;
4 a bug in this command.`,
      )
      .hook("preAction", applySwitches)
      .hook("preAction", applyConfig)
      // Loaded on demand: the judge and the reports take as long to load as the rest.
      .action(async (options: VerifyCommandOptions) => (await import("./verify/run.js")).run(options))
  );
}

const PARSERS = {
  pollInterval: parseDuration,
  timeout: parseDuration,
  only: listBy(/[\s,]+/),
  skip: listBy(/[\s,]+/),
  report: listBy(/,/),
};

/** A parser for values given one by one or, as in an environment variable, several with separators between. */
function listBy(separator: RegExp) {
  return (text: string, before: readonly string[] = []): readonly string[] => {
    const values = requireText(text).split(separator);
    return [...before, ...values.filter(Boolean)];
  };
}
