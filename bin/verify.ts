import { Command, Option } from "commander";
import { parseDuration } from "./options.js";
import { applyConfig, applySwitches } from "./verify/config.js";
import type { VerifyCommandOptions } from "./verify/run.js";

/** `verify`: hold a server, or a recording of one, against the contract. Exit code 0, 1 or 3, as the report says. */
export function verifyCommand(): Command {
  return (
    new Command("verify")
      .addOption(withEnvironment("--base-url <url>", "the address before /files/v3, such as https://api.hubapi.com"))
      .addOption(withEnvironment("--import-url <url>", "a file that can be fetched (default: a picture of the W3C's)"))
      .addOption(withEnvironment("--failing-url <url>", "a file that cannot (default: on a host that cannot exist)"))
      .addOption(withEnvironment("--folder-path <path>", "where the files go (default: /import-kit)"))
      .addOption(withEnvironment("--access <access>", "who may see them (default: PRIVATE)"))
      .addOption(
        withEnvironment(
          "--poll-interval <time>",
          "the first pause between polls; each is half as long again (default: 1s)",
        ).argParser(parseDuration),
      )
      .addOption(
        withEnvironment("--timeout <time>", "how long a task may take (default: 60s)").argParser(parseDuration),
      )
      .addOption(withEnvironment("--strict", "fail on drift, too: what the contract does not know or only assumes"))
      .option("--no-strict", "do not, whatever the environment or the config file says")
      .addOption(withEnvironment("--keep", "do not delete the files that the run made"))
      .option("--no-keep", "delete them, whatever the environment or the config file says")
      .addOption(withEnvironment("--only <checks...>", "judge these checks alone").argParser(collectIds))
      .addOption(withEnvironment("--skip <checks...>", "do not judge these checks").argParser(collectIds))
      .addOption(withEnvironment("--record <file>", "write what was sent and answered as a HAR file, redacted"))
      .addOption(
        withEnvironment(
          "--report <kind=file>",
          "write a report, as text, markdown, junit, json, sarif, html or github, to a file or to -; repeatable",
        ).argParser(collectReports),
      )
      .option("--recording <file>", "judge a HAR file, without a network")
      .option("--update-evidence", "add what was observed to spec/evidence.md, for a person to review")
      .option("--json", "the same as --report json=- (schema: hubspot-import-kit/report.schema.json)")
      .option("--list", "list the checks and do nothing else")
      .option("--quiet", "tell neither progress nor the text beside a report")
      .addHelpText(
        "after",
        `
The token comes from the environment variable HUBSPOT_ACCESS_TOKEN, is written nowhere, and travels over https alone, or
within this machine. Each option with an environment variable may stand in import-kit.config.json, too; the command line
wins over the environment, and that over the file.

Exit code: 0 the server keeps the contract; 1 it does not; 2 a mistake in the call; 3 too little was seen to judge;
4 a bug of this command's.`,
      )
      .hook("preAction", applySwitches)
      .hook("preAction", applyConfig)
      // Loaded on demand: the judge and the reports take as long to load as all the rest.
      .action(async (options: VerifyCommandOptions) => (await import("./verify/run.js")).run(options))
  );
}

/** An option whose default may stand in the environment: `--base-url` in `IMPORT_KIT_BASE_URL`. */
function withEnvironment(flags: string, description: string): Option {
  const option = new Option(flags, description);
  return option.env(`IMPORT_KIT_${option.name().replaceAll("-", "_").toUpperCase()}`);
}

/** Ids one by one or, as in an environment variable, with commas or spaces. */
function collectIds(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(/[\s,]+/).filter(Boolean)];
}

/** One or, as in an environment variable, several with commas. */
function collectReports(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(",").filter(Boolean)];
}
