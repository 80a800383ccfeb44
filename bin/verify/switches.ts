import type { Command } from "commander";
import { UserError } from "../../src/user-error.js";

/**
 * Reads the switches that stand in the environment. To Commander a switch is on as soon as its variable exists, and
 * `IMPORT_KIT_STRICT=false` would be strict.
 *
 * @throws UserError `invalid-option`, with the variable that is neither true nor false
 */
export function applySwitches(command: Command): void {
  for (const option of command.options.filter((one) => one.isBoolean())) {
    const name = option.attributeName();
    const text = process.env[option.envVar ?? ""];
    if (text === undefined || command.getOptionValueSource(name) !== "env") continue;
    const value = WORDS[text.trim().toLowerCase()];
    if (value === undefined) {
      throw new UserError("invalid-option", `${option.envVar} is "${text}". Write true or false.`);
    }
    command.setOptionValueWithSource(name, value, "env");
  }
}

const WORDS: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  on: true,
  1: true,
  false: false,
  no: false,
  off: false,
  0: false,
  // How a CI says that its variable is not set.
  "": false,
};
