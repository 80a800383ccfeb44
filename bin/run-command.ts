import { inspect } from "node:util";
import { Command, CommanderError } from "commander";
import { version } from "../mocks/version.js";
import { printable, shortened } from "../src/text.js";
import { deniedPermission, UserError } from "../src/user-error.js";
import { commandsFor, isCommand } from "./commands.js";
import { printAside } from "./print.js";

const USER_MISTAKE = 2;
/** Not 1: a crash shows nothing about the judged server. */
const OUR_BUG = 4;

/** Runs the command that the arguments name, and prints its errors on standard error. */
export async function runCommand(): Promise<void> {
  const program = new Command("hubspot-import-kit")
    .description("A contract and a mock for HubSpot's asynchronous import of a file from a URL.")
    .version(version);

  const [first = "", ...others] = process.argv.slice(2);
  const name = isCommand(first) ? first : program.name();

  process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
    // `verify | head -1`: a reader that stops early still gets the exit code and the files.
    if (code !== "EPIPE") void tellMistake(name, `cannot write to standard output: ${message}.`);
  });
  // If standard error is closed, nothing can be printed.
  process.stderr.on("error", () => {});
  process.on("uncaughtException", (error) => void tellCrash(name, error).finally(() => process.exit()));

  try {
    for (const command of await commandsFor(isCommand(first) ? [first] : [first, ...others]))
      program.addCommand(command);
    for (const command of [program, ...program.commands]) command.exitOverride().configureOutput({ outputError() {} });
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) await endWithUsage(name, error);
    else if (error instanceof UserError) await tellMistake(name, error.message);
    else throw error;
  }
}

async function endWithUsage(name: string, { exitCode, code, message }: CommanderError): Promise<void> {
  // Help is printed on standard output, requested or not.
  if (exitCode === 0) return;
  process.exitCode = USER_MISTAKE;
  if (code === "commander.help") return;
  // The text after an unknown option may be a token.
  const unnamed = message.replace(/^(error: unknown option '[^'=]*=).*'/s, "$1…'");
  const sentence = unnamed.replace(/^error: /, "").replaceAll("\n", " ");
  await tellMistake(name, `${sentence.replace(/\.?$/, ".")} Add --help for the options.`);
}

async function tellCrash(name: string, error: unknown): Promise<void> {
  const denied = deniedPermission(error);
  if (denied !== undefined) return tellMistake(name, `${denied}.`);
  process.exitCode = OUR_BUG;
  const withoutToken = await redaction();
  const request = `this is a bug of hubspot-import-kit ${version}. Please report it with the lines above.`;
  printAside(`${withoutToken(inspect(error))}\n${name}: ${request}\n`);
}

async function tellMistake(name: string, message: string): Promise<void> {
  process.exitCode = USER_MISTAKE;
  const withoutToken = await redaction();
  const values = process.argv.filter((value) => value.length > 200);
  const text = values.reduce((before, value) => before.replaceAll(value, shortened(value)), withoutToken(message));
  // Values from a file or the environment are between quotation marks, or have no spaces.
  const short = text.replace(/"[^"]{201,}"|\S{201,}/g, (value) => shortened(value));
  printAside(`${name}: ${printable(short)}\n`);
}

/** Loaded on demand: a command without messages saves 12 ms at its start. */
async function redaction(): Promise<(text: string) => string> {
  return (await import("./without-token.js")).withoutToken;
}
