/**
 * Generates from spec/options.schema.json: the options of the command line, the config file's schema and validator, and
 * the validators of options in code.
 */
import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { validators, valueAt } from "../standalone.mjs";
import { noticeOf, noticeOfCode, root } from "./text.mjs";

const SOURCE = "spec/options.schema.json";

async function propertiesOf(command) {
  const schema = JSON.parse(await readFile(new URL(SOURCE, root), "utf8"));
  return Object.entries(schema.$defs[command].properties);
}

/** The command line's options as data, so that no schema is read when a command starts. */
export async function commandOptions() {
  const [mock, verify] = await Promise.all(["mock", "verify"].map(propertiesOf));
  const tables = { mock: mock.flatMap(entriesOf), verify: verify.map(withEnvironment).flatMap(entriesOf) };
  return `${noticeOf(SOURCE)}import type { OptionEntry } from "./options.js";

export const optionTables: Readonly<Record<"mock" | "verify", readonly OptionEntry[]>> = ${withPatterns(JSON.stringify(tables, null, 2))};
`;
}

/** An option of the config file may also be set in the environment: `baseUrl` as `IMPORT_KIT_BASE_URL`. */
function withEnvironment([name, property]) {
  if (property["x-config"] === false) return [name, property];
  return [name, { ...property, env: `IMPORT_KIT_${kebab(name).replaceAll("-", "_").toUpperCase()}` }];
}

function kebab(name) {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** One entry, and another one for a negation; for a switch that is on by default, only the negation. */
function entriesOf([name, property]) {
  const { type, enum: choices, description, items, env, "x-value": value, "x-no": no, "x-hint": hint } = property;
  const word = kebab(name);
  const { minimum, maximum, exclusiveMinimum } = property;
  const { pattern = items?.pattern } = property;
  const entry = {
    name,
    flags: `--${word}${value === undefined ? "" : ` <${value}>`}`,
    description,
    default: property.default,
    defaultText: property["x-default"],
    choices,
    ...(["integer", "number"].includes(type) && { type, minimum, maximum, exclusiveMinimum }),
    ...(type === "array" && { type }),
    ...(hint && { pattern, hint }),
    env,
  };
  const negation = no === undefined ? [] : [{ name, flags: `--no-${word}`, description: no }];
  return property.default === true ? negation : [entry, ...negation];
}

/** The schema of import-kit.config.json, for editors: the options of `verify` that are valid in a file. */
export async function configSchema() {
  const contract = parse(await readFile(new URL("spec/openapi.yaml", root), "utf8"));
  const properties = (await propertiesOf("verify"))
    .filter(([, property]) => property["x-config"] !== false)
    .map(([name, { type, enum: choices, items, description, "x-config": own = {} }]) => {
      const allowed = own.enum
        ? { enum: valueAt(contract, own.enum.split("#")[1]).enum }
        : choices && { enum: choices };
      const form = allowed ?? { type, ...(items && { items }) };
      return [name, { ...form, description: `${description[0].toUpperCase()}${description.slice(1)}.` }];
    });
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    $id: "https://hubspot-import-kit.invalid/config.schema.json",
    title: "import-kit.config.json",
    description:
      "Defaults of hubspot-import-kit verify. The command line and the environment override this file. The token is never in this file: it comes from HUBSPOT_ACCESS_TOKEN.",
    type: "object",
    additionalProperties: false,
    properties: {
      $schema: { type: "string", description: "Where this schema is, for editors." },
      ...Object.fromEntries(properties),
    },
  };
}

/** A validator of the config file: compiling one takes longer than the rest of reading it. */
export async function configValidator() {
  const { $schema: _, ...schema } = await configSchema();
  const code = await validators({ ...schema, $id: "config" }, { validateConfig: "config#" }, { messages: false });
  return noticeOfCode(SOURCE) + code;
}

/** A validator of the options that `startMock` or `verifyContract` shares with its command; it ignores other names. */
export async function codeValidator(command) {
  const properties = (await propertiesOf(command))
    .filter(([, property]) => property["x-code"] !== false)
    .map(([name, property]) => [name, property["x-code"] ?? formOf(property)]);
  const schema = { $id: "options", type: "object", properties: Object.fromEntries(properties) };
  const code = await validators(schema, { validateOptions: "options#" }, { allErrors: false, messages: false });
  return noticeOfCode(SOURCE) + code;
}

function formOf({ type, enum: allowed, items, minimum, maximum, exclusiveMinimum, pattern, "x-hint": description }) {
  const form = { type, enum: allowed, items, minimum, maximum, exclusiveMinimum, pattern, description };
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined));
}

/** Patterns as literals, so that the test of all patterns finds them. */
function withPatterns(json) {
  return json.replace(/"pattern": ("(?:[^"\\]|\\.)*")/g, (_, text) => `"pattern": ${new RegExp(JSON.parse(text))}`);
}
