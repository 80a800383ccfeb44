import { Command, Option } from "commander";
import {
  endingOptions,
  parseHost,
  parseHostName,
  parsePort,
  parsePublicUrl,
  parseSpeed,
  parseToken,
} from "./mock/options.js";
import type { MockCommandOptions } from "./mock/run.js";
import { parseSeed } from "./options.js";
import { CONTROL_TOKEN } from "./without-token.js";

/** `mock`: serve until Ctrl-C. */
export function mockCommand(): Command {
  const command = new Command("mock")
    .addOption(
      new Option("--port <number>", "port to listen on; 0 takes a free one").default(4010).argParser(parsePort),
    )
    .addOption(new Option("--host <address>", "address to listen on").default("127.0.0.1").argParser(parseHost))
    .addOption(
      new Option(
        "--public-url <url>",
        "address by which clients call the mock through a proxy, for links; such as https://mock.test/hubspot",
      ).argParser(parsePublicUrl),
    )
    .option("--trust-proxy", "believe what a proxy says in Forwarded or X-Forwarded-* of the address that was called")
    .option("--scenario <name>", "scenario of imports that choose none (default: happy; with --replay: replay-1)")
    .addOption(new Option("--seed <number>", "decides every random value").default(1).argParser(parseSeed))
    .addOption(new Option("--speed <factor>", "how many times faster tasks move").default(1).argParser(parseSpeed))
    .addOption(
      new Option("--pace <kind>", "what moves tasks; under manual, Enter in this terminal")
        .choices(["time", "polls", "manual", "immediate"])
        .default("time"),
    )
    .option("--scenarios <directory>", "your own scenarios, as .yaml files; read anew when one changes")
    .option(
      "--replay <file>",
      "do what a HAR file shows: scenarios replay-1, replay-2 and so on, in its order and timing",
    )
    .addOption(
      new Option("--in-flight-status <status>", "HTTP status before the end (HubSpot's is unknown)")
        .choices(["200", "202"])
        .default("200"),
    )
    .addOption(
      new Option("--in-flight-dates <style>", "dates that do not apply yet (HubSpot's way is unknown)")
        .choices(["omit", "null", "filled"])
        .default("omit"),
    )
    .addOption(
      new Option("--failure <kind>", "how a failed import ends (HubSpot's way is unknown)")
        .choices(["canceled", "complete", "silent"])
        .default("canceled"),
    )
    .addOption(
      new Option("--as-published", "satisfy HubSpot's published document, too: dates in flight filled, errors complete")
        .default(false)
        .implies({ inFlightDates: "filled" }),
    )
    .option("--errors", "answer 500 where the mock's answer breaks the contract")
    .option("--no-control", "serve no control API under /__mock")
    .addOption(
      new Option(
        "--control-token <token>",
        "demand this token of the control API; off loopback the default is a random one",
      )
        .env(CONTROL_TOKEN)
        .argParser(parseToken),
    )
    .addOption(
      new Option("--allow-host <name>", "a name by which the control API may be called; repeatable")
        .default([], "localhost and its addresses")
        .argParser(parseHostName)
        .conflicts("control"),
    )
    .option("--quiet", "print the listening line alone, and the control token if one was made up")
    // Loaded on demand: the help and a wrong option need nothing of it.
    .action(async (options: MockCommandOptions) => (await import("./mock/run.js")).run(options));
  for (const option of endingOptions()) command.addOption(option);
  return command;
}
