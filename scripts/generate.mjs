/**
 * Writes the files that follow from others: the TypeScript types of the contract, the control API and a scenario's
 * source, the contract's paths, the validators of an import's body and of scenarios, the contract's text and what Prism makes of it, the control
 * API's document as JSON and validators of the addresses in it, the catalogue of scenarios with and without its words, and its tables in the documentation; the
 * evidence as Markdown and as data; the commands' options, and which of them the config file and code may have.
 * Run with `npm run generate` after a change in spec or mocks/scenarios; a test compares what is committed.
 */
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import mergeAllOf from "@stoplight/json-schema-merge-allof";
import { getHttpOperationsFromSpec } from "@stoplight/prism-http/dist/utils/operations.js";
import openapiTypescript, { astToString } from "openapi-typescript";
import { isMap, isSeq, LineCounter, parse, parseDocument } from "yaml";
import { addressValidators, controlDocument } from "./generate/control.mjs";
import { evidenceData, evidencePage } from "./generate/evidence.mjs";
import { codeValidator, commandOptions, configSchema, configValidator } from "./generate/options.mjs";
import { catalogue, parsedCatalogue, scenarioTable, scenarioValidators, sourceTypes } from "./generate/scenarios.mjs";
import { jsonModule, noticeOf, noticeOfCode, root } from "./generate/text.mjs";
import { escaped, located, validators, valueAt } from "./standalone.mjs";

const contract = new URL("spec/openapi.yaml", root);
const contractText = await readFile(contract, "utf8");
const contractDocument = parse(contractText);
/** The contract as Prism reads it. */
const operations = await getHttpOperationsFromSpec(fileURLToPath(contract));
const control = new URL("spec/control.openapi.yaml", root);

/** Every generated file with its text, by its path from the project's root. */
export async function generate() {
  return {
    "spec/openapi.gen.ts": noticeOf("spec/openapi.yaml") + astToString(await openapiTypescript(contract)),
    "spec/control.gen.ts": noticeOf("spec/control.openapi.yaml") + astToString(await openapiTypescript(control)),
    "src/contract/paths.gen.ts": contractPaths(),
    "spec/scenario.gen.ts": await sourceTypes(),
    "src/contract/import-request.gen.ts": await importRequestValidator(),
    "src/judge/validators.gen.ts": await contractValidators(),
    // Some tools write numbers as texts, or texts as numbers; we do not.
    "src/exchange/har-entry.gen.ts": await harValidator("entry", { coerceTypes: true, ...HAR_FORMATS }),
    "src/exchange/har-notes.gen.ts": await harValidator("notes"),
    "src/contract/spec-texts.gen.ts": specTexts(),
    "src/contract/evidence.gen.ts": await evidenceData(),
    "src/scenario/validate.gen.ts": await scenarioValidators(),
    "mocks/catalogue.gen.ts": await catalogue(),
    "mocks/catalogue-json.gen.ts": await parsedCatalogue(),
    "mocks/control/document.gen.ts": await controlDocument(),
    "mocks/control/address.gen.ts": await addressValidators(),
    // Reading it at each start would cost 0.5 s of processor time.
    "mocks/prism/operations.gen.ts": jsonModule("spec/openapi.yaml", "operationsJson", operations),
    "mocks/prism/flawless.gen.ts": await flawlessValidators(),
    "spec/config.schema.json": `${JSON.stringify(await configSchema(), null, 2)}\n`,
    "bin/options.gen.ts": await commandOptions(),
    "bin/verify/config.gen.ts": await configValidator(),
    "mocks/options.gen.ts": await codeValidator("mock"),
    "src/verify/options.gen.ts": await codeValidator("verify"),
    "docs/scenarios.md": await scenarioTable(),
    "spec/evidence.md": await evidencePage(),
  };
}

/**
 * The contract as text, for the judge, which reads no files; as JSON, which is parsed much faster; and the line of each
 * of its nodes.
 */
function specTexts() {
  return `${noticeOf("spec/openapi.yaml")}
export const openapiText: string = ${JSON.stringify(contractText)};

export const openapiJson: string = ${JSON.stringify(JSON.stringify(contractDocument))};

/** The line of each node, in the order of the JSON: a node's parts follow the node. */
export const openapiLines: string = ${JSON.stringify(JSON.stringify(lines(contractText)))};
`;
}

/** Returns the line, from 1, of each key and each item of a YAML document, in the order of its data. */
function lines(text) {
  const counter = new LineCounter();
  const lineOf = ({ range }) => counter.linePos(range[0]).line;
  return linesBelow(parseDocument(text, { lineCounter: counter }).contents);

  function linesBelow(node) {
    if (isSeq(node)) return node.items.flatMap((item) => [lineOf(item), ...linesBelow(item)]);
    if (!isMap(node)) return [];
    const below = node.items.map(({ key, value }) => [key.value, [lineOf(key), ...linesBelow(value)]]);
    // An object lists keys that are numbers first.
    return Object.values(Object.fromEntries(below)).flat();
  }
}

/**
 * The operations of each of the contract's paths by their methods: all of the contract that a page needs to route
 * requests.
 */
function contractPaths() {
  const { paths, "x-versions": described } = contractDocument;
  const versions = Object.keys(described);
  const entries = Object.entries(paths).map(([path, operations]) => {
    const [, version, end] = /^\/files\/([^/{}]+)(\/[^{}]*(?:\{[^{}]*\}[^{}]*)?)$/.exec(path) ?? [];
    if (version !== versions[0])
      throw new Error(`${path} is not /files, the first version and at most one parameter, which all readers expect`);
    const ids = Object.entries(operations).map(([method, { operationId }]) => [method.toUpperCase(), operationId]);
    return [end, Object.fromEntries(ids)];
  });
  return `${noticeOf("spec/openapi.yaml")}import type { OperationId } from "./contract.js";

/** The beginning of the paths of all versions. */
export const api = "/files";

export const versions: readonly string[] = ${JSON.stringify(versions)};

/** By the part after the version. */
export const paths: Readonly<Record<string, Readonly<Record<string, OperationId>>>> = ${JSON.stringify(Object.fromEntries(entries))};
`;
}

/**
 * Validators of all that Prism compares with a schema, generated from its own reading of the contract, by operation and
 * status.
 */
async function flawlessValidators() {
  const schemas = {};
  const named = (schema) => {
    // Most operations share most errors' schemas.
    const name = `at${JSON.stringify(schema)}`;
    schemas[name] = schema;
    return Object.keys(schemas).indexOf(name);
  };
  const bodyOf = (contents = [], type = "application/json") => {
    const { schema } = contents.find(({ mediaType }) => mediaType === type) ?? {};
    // Like Prism, which reads allOf only in this way.
    return schema && named(lean(mergeAllOf(structuredClone(schema), ALL_OF)));
  };
  const headOf = (headers) => {
    const properties = headers.map(({ name, schema }) => [name, asText(name, lean(schema))]);
    return named({ type: "object", properties: Object.fromEntries(properties) });
  };
  const table = operations.map(({ iid, request, responses }) => {
    if ([...request.headers, ...request.query].length > 0)
      throw new Error(`${iid} has parameters that are not validated`);
    const declared = responses.map(({ code, contents, headers }) => [
      code,
      { body: bodyOf(contents), page: bodyOf(contents, "text/html"), headers: headOf(headers) },
    ]);
    return [iid, { body: bodyOf(request.body?.contents), responses: Object.fromEntries(declared) }];
  });
  const list = Object.values(schemas);
  const refs = Object.fromEntries(list.map((_, index) => [`at${index}`, `flawless#/$defs/${index}`]));
  const code = await validators({ $id: "flawless", $defs: { ...list } }, refs, {
    allErrors: false,
    verbose: false,
    // Errors of these are not explained.
    messages: false,
    formatsFrom: "../../src/judge/formats.js",
    odd: CONTRACT_FORMATS,
  });
  // By number, as in `places`: a name would be changed when the module is minified.
  const places = JSON.stringify(Object.fromEntries(table));
  const headers = operations.flatMap(({ responses }) =>
    responses.flatMap((one) => one.headers.map(({ name }) => name)),
  );
  return `${noticeOfCode("spec/openapi.yaml")}${code}
export const declared = ${places};
export const declaredHeaders = ${JSON.stringify([...new Set(headers)])};
`;
}

/** Returns a header's schema for its text: it accepts only numbers in plain form that are certainly in range. */
function asText(name, { type, format, minimum = 0, maximum = 1e9, ...rest }) {
  if (type !== "integer") return { type, ...(format && { format }), ...rest };
  if (Object.keys(rest).length > 0 || minimum > 0) throw new Error(`the schema of the header ${name} is not validated`);
  // One digit less than the greatest number has.
  return { type: "string", pattern: `^(0|[1-9]\\d{0,${`${maximum}`.length - 2}})$` };
}

const ALL_OF = { deep: true, ignoreAdditionalProperties: true };

/** Removes from a schema what is for people or other tools. */
function lean(schema) {
  const { description, "x-evidence": _, "x-stoplight": __, examples, discriminator, $schema, ...rest } = schema;
  const entries = Object.entries(rest).map(([key, value]) => {
    if (key === "properties")
      return [key, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, lean(one)]))];
    if (Array.isArray(value)) return [key, value.map((one) => (typeof one === "object" ? lean(one) : one))];
    return [key, typeof value === "object" && value !== null ? lean(value) : value];
  });
  return Object.fromEntries(entries);
}

/** A validator of an import's body, without the rule that it names one folder. */
async function importRequestValidator() {
  // Messages use no description and no evidence, and each browser with the mock would load them.
  const isUnused = (key, value) => key === "x-evidence" || (key === "description" && typeof value === "string");
  const { components } = parse(contractText, (key, value) => (isUnused(key, value) ? undefined : value));
  // `foldersIn` checks the folder with a better message, and the page does not load the code of both branches.
  delete components.schemas.ImportRequest.oneOf;
  const refs = { validateImportRequest: "contract#/components/schemas/ImportRequest" };
  const code = await validators({ $id: "contract", components }, refs, { verbose: false });
  // The rule's place in the schema is not read here.
  return noticeOfCode("spec/openapi.yaml") + code.replace(/schemaPath:`[^`]*`,/g, "");
}

/** A validator for each schema of a response's body or header, and for a link, by their pointers. */
async function contractValidators() {
  const pointers = new Set(["/components/schemas/TaskLocator/properties/links/properties/status"]);
  const schemaAt = (pointer) => {
    const schema = valueAt(contractDocument, pointer);
    return schema.$ref ? schemaAt(schema.$ref.slice(1)) : pointer;
  };
  const withPlaces = (node, at) => {
    if (typeof node !== "object" || node === null) return node;
    const entries = Object.entries(node).map(([key, value]) => {
      const place = `${at}/${escaped(key)}`;
      if (key !== "schema") return [key, withPlaces(value, place)];
      pointers.add(schemaAt(place));
      return [key, located(value, place)];
    });
    return Array.isArray(node) ? entries.map(([, value]) => value) : Object.fromEntries(entries);
  };
  const { schemas, ...components } = contractDocument.components;
  const named = Object.entries(schemas).map(([name, one]) => [name, located(one, `/components/schemas/${name}`)]);
  const schema = {
    $id: "contract",
    paths: withPlaces(contractDocument.paths, "/paths"),
    components: { ...withPlaces(components, "/components"), schemas: Object.fromEntries(named) },
  };
  const list = [...pointers];
  const refs = Object.fromEntries(list.map((pointer, index) => [`at${index}`, `contract#${encodeURI(pointer)}`]));
  const code = await validators(schema, refs, {
    discriminator: true,
    formatsFrom: "./formats.js",
    odd: CONTRACT_FORMATS,
  });
  const places = Object.fromEntries(list.map((pointer, index) => [pointer, `at${index}`]));
  return `${noticeOfCode("spec/openapi.yaml")}${code}\nexport const places = ${JSON.stringify(places)};\n`;
}

const CONTRACT_FORMATS = { "date-time": () => true, uri: () => true, uuid: () => true };

/** A validator of the parts of a HAR's entry that are read, or of our notes in it. */
async function harValidator(name, options = {}) {
  const schema = JSON.parse(await readFile(new URL("spec/har-entry.schema.json", root), "utf8"));
  return (
    noticeOfCode("spec/har-entry.schema.json") +
    (await validators(schema, { [name]: `har#/$defs/${name}` }, { allErrors: false, verbose: false, ...options }))
  );
}

const HAR_FORMATS = {
  formatsFrom: "./har-time.js",
  odd: {
    "a date": () => true,
    "an http address": () => true,
    "a status of HTTP": { type: "number", validate: () => true },
  },
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of Object.entries(await generate())) {
    await writeFile(new URL(path, root), text);
    console.log(`wrote ${path}`);
  }
}
