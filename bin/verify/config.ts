import type { Command } from "commander";
import { readProblem, readText } from "../../mocks/read-file.js";
import { explainSchemaError, type SchemaError, schemaSentence } from "../../src/schema-error.js";
import { UserError } from "../../src/user-error.js";

const FILE = "import-kit.config.json";
const MAX_BYTES = 1_000_000;

/**
 * Applies the options of `import-kit.config.json` in the current directory. The command line and the environment override
 * them.
 *
 * @throws UserError `config-file`, with the invalid property
 */
export async function applyConfig(command: Command): Promise<void> {
  const text = await readText(FILE, MAX_BYTES).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw wrong(`${readProblem(error)}. Fix or remove it.`);
  });
  if (text === undefined) return;
  const { $schema: _, ...config } = await parseConfig(text);
  for (const option of command.options) {
    const name = option.attributeName();
    const value = config[name];
    if (value === undefined || command.getOptionValueSource(name) !== undefined) continue;
    const parse = option.parseArg ?? ((one: string) => one);
    try {
      const parsed =
        typeof value === "boolean"
          ? value
          : [value].flat().reduce<unknown>((before, one) => parse(one, before as never), undefined);
      command.setOptionValueWithSource(name, parsed, "config");
    } catch (error) {
      throw wrong(`/${name}: ${(error as Error).message}`);
    }
  }
}

type Config = Readonly<Record<string, string | boolean | readonly string[]>>;

/** @throws UserError `config-file` */
export async function parseConfig(text: string): Promise<Config> {
  // Loaded on demand: most runs have no config file.
  const { validateConfig } = await import("./config.gen.js");
  const validate = validateConfig as ((config: unknown) => boolean) & { errors?: readonly SchemaError[] | null };
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch (error) {
    throw wrong(`is not JSON: ${(error as Error).message}.`);
  }
  if (validate(config)) return config as Config;
  const [error] = validate.errors ?? [];
  if (!error) throw wrong("cannot be read.");
  const { pointer, ...explained } = explainSchemaError(error);
  if (error.keyword === "additionalProperties" && /token/i.test(pointer))
    throw wrong(`${pointer}: a token belongs in HUBSPOT_ACCESS_TOKEN, not in a file.`);
  throw wrong(`${pointer || "/"}: ${schemaSentence(explained)}`);
}

function wrong(what: string): UserError {
  return new UserError("config-file", `${FILE} ${what}`);
}

/**
 * Reads boolean options from the environment. Commander turns one on as soon as its variable exists, so that
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
  // A CI sets a variable without a value to the empty text.
  "": false,
};
