/** Generates files from the scenarios' files. */
import { readdir, readFile } from "node:fs/promises";
import { basename } from "node:path";
import openapiTypescript, { astToString } from "openapi-typescript";
import ts from "typescript";
import { parse } from "yaml";
import { bundled, validators } from "../standalone.mjs";
import { noticeOf, noticeOfCode, root, textModule } from "./text.mjs";

/** Scenario sources by name, in the order of their folders, which are their first tags. */
const scenarioSources = await readSources();

async function readSources() {
  const folder = new URL("mocks/scenarios/", root);
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".yaml")).sort();
  const sources = {};
  for (const file of files) sources[basename(file, ".yaml")] = parse(await readFile(new URL(file, folder), "utf8"));
  return sources;
}

/**
 * The scenarios as a text of JSON for a browser, without files and without the texts for people. A program would be read as
 * a whole at each import.
 */
export async function catalogue() {
  const sources = Object.entries(scenarioSources).map(([name, source]) => {
    const { summary: _, client: __, tags: ___, parameters, ...rest } = source;
    const bare = Object.entries(parameters ?? {}).map(([key, { description: ____, ...one }]) => [key, one]);
    return [name, { ...rest, ...(parameters && { parameters: Object.fromEntries(bare) }) }];
  });
  return textModule("mocks/scenarios", "catalogueSources", JSON.stringify(Object.fromEntries(sources)));
}

/**
 * The scenarios as the kit reads them, parsed: parsing 114 files of YAML would cost each start 0.2 s of processor time.
 */
export async function parsedCatalogue() {
  const scenarios = (await parsedScenarios()).toSorted((a, b) => (a.name < b.name ? -1 : 1));
  // JSON has no infinity, but parsers read a number that is too large as infinity.
  const text = JSON.stringify(scenarios, (_, value) => (value === Number.POSITIVE_INFINITY ? "∞" : value));
  return textModule("mocks/scenarios", "catalogueJson", text.replaceAll('"∞"', "1e999"));
}

let parsed;

/** Every scenario, in the order of the folders. */
function parsedScenarios() {
  parsed ??= parseScenarios();
  return parsed;
}

async function parseScenarios() {
  const parser = await bundled('export { parseScenario } from "./src/scenario/parse.ts";');
  const { parseScenario } = await import(`data:text/javascript,${encodeURIComponent(parser)}`);
  return Object.entries(scenarioSources).map(([name, source]) => parseScenario(name, source));
}

/** Validators of a scenario's file and of an effect alone; with the values and schemas for their explanation. */
export async function scenarioValidators() {
  const { $id: _, ...schema } = await scenarioSchema();
  const refs = { validateScenario: "scenario#", validateEffect: "scenario#/$defs/effect" };
  // src/schema-error.ts has the messages. Ajv's would be 14 kB that are not used.
  const options = { messages: false };
  return noticeOfCode("spec/scenario.schema.json") + (await validators({ $id: "scenario", ...schema }, refs, options));
}

/**
 * The types of a scenario's source, and the words of the effects that a word names. OpenAPI's generator reads a JSON
 * Schema as the components of a document.
 */
export async function sourceTypes() {
  const { $defs, ...scenario } = await scenarioSchema();
  const text = JSON.stringify({ scenario: typed(scenario), ...typed($defs) });
  const schemas = JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/'));
  const document = { openapi: "3.1.0", info: { title: "", version: "" }, paths: {}, components: { schemas } };
  const types = await openapiTypescript(document, {
    immutable: true,
    emptyObjectsUnknown: true,
    transform: ({ title }) => (title === "parameter" ? parameterType() : undefined),
  });
  const named = Object.entries($defs.effect.properties).flatMap(([kind, { anyOf }]) => {
    const words = anyOf?.[0].enum;
    return words ? [[kind, words]] : [];
  });
  return `${noticeOf("spec/scenario.schema.json")}${astToString(types)}
/** The words of each kind of effect that a word names. */
export const effectWords = ${JSON.stringify(Object.fromEntries(named), null, 4)} as const;
`;
}

/** The type \`$${string}\`. */
function parameterType() {
  const { factory: make } = ts;
  const text = make.createKeywordTypeNode(ts.SyntaxKind.StringKeyword);
  const span = make.createTemplateLiteralTypeSpan(text, make.createTemplateTail(""));
  return make.createTemplateLiteralType(make.createTemplateHead("$"), [span]);
}

/**
 * Returns a schema in a form that types can express: without conditions; with each alternative of an object as a
 * separate object, which has only the required properties; a fault extends an effect, whose properties it refers to one
 * by one.
 */
function typed(schema) {
  if (typeof schema !== "object" || schema === null) return schema;
  if (Array.isArray(schema)) return schema.map(typed);
  const { allOf: _, oneOf, ...rest } = schema;
  if (rest.properties?.error?.$ref) {
    const own = Object.entries(rest.properties).filter(([, { $ref = "" }]) => !$ref.startsWith(EFFECT_PROPERTY));
    return { allOf: [{ $ref: "#/$defs/effect" }, typed({ ...rest, properties: Object.fromEntries(own) })] };
  }
  if (!oneOf) return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, typed(value)]));
  const { properties, additionalProperties, type, ...others } = rest;
  return {
    ...others,
    oneOf: oneOf.map(({ required, properties: narrower = {} }) => {
      const own = required.map((name) => [name, { ...properties[name], ...narrower[name] }]);
      return { type, required, additionalProperties, properties: Object.fromEntries(own) };
    }),
  };
}

const EFFECT_PROPERTY = "#/$defs/effect/properties/";

async function scenarioSchema() {
  return JSON.parse(await readFile(new URL("spec/scenario.schema.json", root), "utf8"));
}

/** The page on scenarios with regenerated tables: one for each tag, each scenario under its first tag. */
export async function scenarioTable() {
  const page = await readFile(new URL("docs/scenarios.md", root), "utf8");
  const scenarios = await parsedScenarios();
  const { tags } = (await scenarioSchema()).properties;
  const tables = tags.items.enum.map((tag) => {
    const rows = scenarios.filter((one) => one.tags[0] === tag).map(row);
    return `### ${tag}\n\n| scenario | what it does | what a good client does |\n|---|---|---|\n${rows.join("")}`;
  });
  return page.replace(/(<!-- catalogue -->\n).*(<!-- end of the catalogue -->)/s, (_, head, foot) => {
    return `${head}\n${tables.join("\n")}\n${foot}`;
  });
}

/** A text that has to be encoded is not shown. */
function row({ name, summary, client, parameters = [] }) {
  const texts = parameters.map(({ name: key, default: value }) => `\`;${key}=${value.includes("%") ? "…" : value}\``);
  return `| \`${name}\`${texts.length > 0 ? ` ${texts.join(" ")}` : ""} | ${summary} | ${client} |\n`;
}
