#!/usr/bin/env node
import { inspect } from "node:util";
import { Command, CommanderError } from "commander";
import { version } from "../mocks/version.js";
import { deniedPermission } from "../src/denied-permission.js";
import { printable } from "../src/report/printable.js";
import { shortened } from "../src/shortened.js";
import { UserError } from "../src/user-error.js";
import { printAside, withoutToken } from "./print.js";

const USER_MISTAKE = 2;
/** Not 1: a crash says nothing about the server that was to be judged. */
const OUR_BUG = 4;

const program = new Command("hubspot-import-kit")
  .description("A contract and a mock for HubSpot's asynchronous import of a file from a URL.")
  .version(version);

/** Loaded when asked for: the mock need not wait for the judge. */
const COMMANDS = new Map<string, () => Promise<Command>>([
  ["mock", async () => (await import("./mock.js")).mockCommand()],
  ["verify", async () => (await import("./verify.js")).verifyCommand()],
  ["scenarios", async () => (await import("./scenarios.js")).scenariosCommand()],
  ["task-id", async () => (await import("./task-id.js")).taskIdCommand()],
  ["drift", async () => (await import("./drift.js")).driftCommand()],
  ["docs", async () => (await import("./docs.js")).docsCommand()],
]);
const [, , word = ""] = process.argv;
const asked = COMMANDS.get(word);
const name = asked ? word : program.name();

process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  // `verify | head -1`: who reads no further still gets the exit code, and the files.
  if (code !== "EPIPE") tellMistake(`standard output cannot be written: ${message}.`);
});
// Where nobody hears, nothing can be told.
process.stderr.on("error", () => {});
process.on("uncaughtException", (error) => {
  const denied = deniedPermission(error);
  if (denied !== undefined) {
    tellMistake(`${denied}.`);
    process.exit();
  }
  const request = `this is a bug of hubspot-import-kit ${version}. Please report it with the lines above.`;
  printAside(`${withoutToken(inspect(error))}\n${name}: ${request}\n`);
  process.exit(OUR_BUG);
});

try {
  for (const load of asked ? [asked] : COMMANDS.values()) program.addCommand(await load());
  for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({ outputError() {} });
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) endWithUsage(error);
  else if (error instanceof UserError) tellMistake(error.message);
  else throw error;
}

function endWithUsage({ exitCode, code, message }: CommanderError): void {
  // Asked for or not, help is an answer of its own.
  if (exitCode === 0) return;
  process.exitCode = USER_MISTAKE;
  if (code === "commander.help") return;
  // What stands behind an option that does not exist may be a token.
  const unnamed = message.replace(/^(error: unknown option '[^'=]*=).*'/s, "$1…'");
  const sentence = unnamed.replace(/^error: /, "").replaceAll("\n", " ");
  tellMistake(`${sentence.replace(/\.?$/, ".")} Add --help for the options.`);
}

function tellMistake(message: string): void {
  const values = process.argv.filter((value) => value.length > 200);
  const text = values.reduce((before, value) => before.replaceAll(value, shortened(value)), withoutToken(message));
  // What came from a file or the environment stands between quotation marks, or has no spaces.
  const short = text.replace(/"[^"]{201,}"|\S{201,}/g, (value) => shortened(value));
  printAside(`${name}: ${printable(short)}\n`);
  process.exitCode = USER_MISTAKE;
}
