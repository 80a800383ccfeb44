#!/usr/bin/env node
import { createRequire } from "node:module";
import { Command, CommanderError } from "commander";
import { UserError } from "../src/user-error.js";
import { driftCommand } from "./drift.js";
import { lintCommand } from "./lint.js";
import { mockCommand } from "./mock.js";
import { scenariosCommand } from "./scenarios.js";
import { taskIdCommand } from "./task-id.js";
import { verifyCommand } from "./verify.js";

const USER_MISTAKE = 2;

const { version } = createRequire(import.meta.url)("hubspot-import-kit/package.json") as { version: string };

const program = new Command("hubspot-import-kit")
  .description("A contract and a mock for HubSpot's asynchronous import of a file from a URL.")
  .version(version)
  .addCommand(mockCommand())
  .addCommand(verifyCommand())
  .addCommand(scenariosCommand())
  .addCommand(taskIdCommand())
  .addCommand(lintCommand())
  .addCommand(driftCommand());

for (const command of [program, ...program.commands])
  command.exitOverride().showHelpAfterError("Add --help for the options.");

// `mock | head` closes the pipe: nobody reads on, so there is nothing left to do.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? 0 : USER_MISTAKE;
  } else if (error instanceof UserError) {
    process.stderr.write(`${process.argv[2]}: ${error.message}\n`);
    process.exitCode = USER_MISTAKE;
  } else {
    throw error;
  }
}
