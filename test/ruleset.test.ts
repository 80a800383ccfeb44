import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import spectral from "@stoplight/spectral-core";
import parsers from "@stoplight/spectral-parsers";
import { expect, onTestFinished, test } from "vitest";
import ruleset from "../spec/ruleset.mjs";
import { contract } from "./judge.js";
import { tidy, writeParts } from "./ruleset-documents.js";
import { V8_FLAGS } from "./v8-flags.js";

/** @param rules all, or one of our own alone: the whole of spectral:oas takes a second */
async function lint(text: string, rules: object = ruleset): Promise<readonly string[]> {
  const linter = new spectral.Spectral();
  linter.setRuleset(rules as never);
  const parser = text.startsWith("{") ? parsers.Json : parsers.Yaml;
  const results = await linter.run(new spectral.Document(text, parser as typeof parsers.Yaml, "openapi.yaml"));
  return results.map(({ code }) => String(code));
}

// biome-ignore lint/suspicious/noExplicitAny: each breakage reaches into a document of any shape
type Breakage = (document: any) => void;

/** The contract with one thing broken, as JSON: written and read as YAML, it takes a multiple of the rules' time. */
function broken(breakIt: Breakage): string {
  const document = structuredClone(contract);
  breakIt(document);
  return JSON.stringify(document);
}

const STATUS = "/files/v3/files/import-from-url/async/tasks/{taskId}/status";

test("the contract itself has no finding", async () => {
  expect(await lint(readFileSync("spec/openapi.yaml", "utf8"))).toEqual([]);
});

test.each<[string, string, Breakage]>([
  ["kit-dialect", "the dialect is gone", (d) => delete d.jsonSchemaDialect],
  ["kit-dialect", "the dialect is draft-07", (d) => (d.jsonSchemaDialect = "http://json-schema.org/draft-07/schema#")],
  [
    "kit-discriminator-mapping",
    "a mapping dangles",
    (d) => (d.components.schemas.TaskStatus.discriminator.mapping.PENDING = "#/components/schemas/Nope"),
  ],
  [
    "kit-discriminator-mapping",
    "a mapping names a schema that is not there",
    (d) => (d.components.schemas.TaskStatus.discriminator.mapping.PENDING = "TaskWaiting"),
  ],
  [
    "kit-discriminator-mapping",
    "a mapping is gone",
    (d) => delete d.components.schemas.TaskStatus.discriminator.mapping,
  ],
  [
    "kit-discriminator-mapping",
    "a state is not pinned",
    (d) => delete d.components.schemas.TaskPending.properties.status.const,
  ],
  [
    "kit-discriminator-mapping",
    "a state pins another",
    (d) => (d.components.schemas.TaskPending.properties.status.const = "PROCESSING"),
  ],
  [
    "kit-state-example",
    "a state has no example",
    (d) => delete d.paths[STATUS].get.responses["200"].content["application/json"].examples.processing,
  ],
  [
    "kit-named-example",
    "a response has no example",
    (d) => delete d.components.responses.Locked.content["application/json"].examples,
  ],
  [
    "kit-named-example",
    "a request has no example",
    (d) =>
      delete d.paths["/files/v3/files/import-from-url/async"].post.requestBody.content["application/json"].examples,
  ],
  [
    "kit-error-schema",
    "an error answers another schema",
    (d) => (d.paths[STATUS].get.responses["404"].content["application/json"].schema.$ref = "#/components/schemas/File"),
  ],
  [
    "kit-error-schema",
    "an error by reference answers another schema",
    (d) => (d.components.responses.Locked.content["application/json"].schema = { type: "object" }),
  ],
  ["kit-error-schema", "an error has no body", (d) => delete d.components.responses.Locked.content],
  [
    "kit-property-evidence",
    "a property has no description",
    (d) => delete d.components.schemas.File.properties.size.description,
  ],
  [
    "kit-property-evidence",
    "a property has no evidence",
    (d) => delete d.components.schemas.File.properties.size["x-evidence"],
  ],
  [
    "kit-property-evidence",
    "evidence is a word of our own",
    (d) => (d.components.schemas.File.properties.size["x-evidence"] = "guessed"),
  ],
  [
    "kit-response-evidence",
    "a response has no evidence",
    (d) => delete d.paths[STATUS].get.responses["200"]["x-evidence"],
  ],
  [
    "kit-response-evidence",
    "a shared response has no evidence",
    (d) => delete d.components.responses.Locked["x-evidence"],
  ],
  [
    "kit-schema-keyword",
    "an unquoted comma ends a description early",
    (d) => (d.components.schemas.File.properties.size["in bytes."] = null),
  ],
  [
    "kit-schema-keyword",
    "a keyword of a parameter's schema has no value",
    (d) => (d.paths[STATUS].get.parameters[0].schema.minLength = null),
  ],
  ["kit-schema-keyword", "a property has no schema", (d) => (d.components.schemas.File.properties.size = null)],
  [
    "kit-schema-keyword",
    "an alternative has a keyword of OpenAPI 3.0",
    (d) => (d.components.schemas.TaskComplete.allOf[2].anyOf[1].properties.numErrors.nullable = true),
  ],
  [
    "kit-schema-keyword",
    "a header whose name begins with x has an unknown keyword",
    (d) => (d.paths[STATUS].get.responses["200"].headers["x-more"] = { schema: { typ: "string" } }),
  ],
  ["kit-operation-verb", "an operationId is no verb", (d) => (d.paths[STATUS].get.operationId = "statusOfImport")],
  [
    "kit-operation-verb",
    "an operationId is not camelCase",
    (d) => (d.paths[STATUS].get.operationId = "check_import_status"),
  ],
])("%s fires when %s", async (rule, _, breakIt) => {
  const own = ruleset.rules[rule];
  expect(await lint(broken(breakIt), { rules: { [rule]: own } })).toContain(rule);
});

test("kit-schema-keyword leaves alone what is data, an extension or a name", async () => {
  const document = broken((d) => {
    const { size, id } = d.components.schemas.File.properties;
    Object.assign(size, { "x-unit": null, default: null, enum: [null, 1], examples: [{ "so many": null }] });
    Object.assign(d.components.schemas.File.properties, {
      schema: { const: null },
      "x-": true,
      "so many": { type: "null" },
    });
    Object.assign(id, { not: false, $defs: { "any name": true } });
    d.components.examples.schema = { value: { schema: { typ: null } } };
    d["x-more"] = { schema: { typ: null } };
  });
  const rule = "kit-schema-keyword";
  expect(await lint(document, { rules: { [rule]: ruleset.rules[rule] } })).toEqual([]);
});

test("a path that refers to another has its operations, and two operations have two ids", async () => {
  // All rules, on a small document: on the contract they take a second.
  const refers = { "/other": { $ref: "#/paths/~1thing" } };
  expect(await lint(withPaths(() => refers))).toEqual([]);
  const sameId = withPaths(({ get }) => ({ ...refers, "/more": { get: { ...get, summary: "More" } } }));
  expect(new Set(await lint(sameId))).toEqual(new Set(["operation-operationId-unique"]));
  const copied = withPaths((thing) => ({ "/other": structuredClone(thing) }));
  expect(await lint(copied)).toEqual(["operation-operationId-unique"]);
});

/** A document that follows all rules, with more paths, as JSON. */
function withPaths(more: (thing: Parameters<Breakage>[0]) => object): string {
  const document: Parameters<Breakage>[0] = tidy("3.1.0");
  Object.assign(document.paths, more(document.paths["/thing"]));
  return JSON.stringify(document);
}

test("a path item with an unknown property is a finding, beside a reference, too", async () => {
  const own = ruleset.rules["oas3-schema"];
  const beside = broken((d) => (refersToDeletion(d).gets = {}));
  expect(await lint(beside, { rules: { "oas3-schema": own } })).toContain("oas3-schema");
  const wrongReference = broken((d) => (refersToDeletion(d).$ref = 1));
  expect(await lint(wrongReference, { rules: { "oas3-schema": own } })).toContain("oas3-schema");
});

/** Adds a path of another version that refers to the one of v3, and returns its path item. */
function refersToDeletion({ paths }: Parameters<Breakage>[0]) {
  paths["/files/2026-09/files/{fileId}"] = { $ref: "#/paths/~1files~1v3~1files~1%7BfileId%7D" };
  return paths["/files/2026-09/files/{fileId}"];
}

test("a mapping may name a schema", async () => {
  const named = broken((d) => (d.components.schemas.TaskStatus.discriminator.mapping.PENDING = "TaskPending"));
  const rule = "kit-discriminator-mapping";
  expect(await lint(named, { rules: { [rule]: ruleset.rules[rule] } })).toEqual([]);
});

test("spectral:oas is on: an example that breaks its schema is a finding", async () => {
  const broken = JSON.stringify(tidy("3.1.0")).replace('"message":"none"', '"message":404');
  expect(await lint(broken)).toEqual(["oas3-valid-media-example"]);
});

test("a wrong example is a finding in each operation that has its body, and one without what is read-only in responses alone", async () => {
  const code = "oas3-valid-media-example";
  const examples = { rules: { [code]: ruleset.rules[code] } };
  const twice = withPaths(({ get }) => ({ "/more": { get } }));
  expect(await lint(twice, examples)).toEqual([]);
  expect(await lint(twice.replaceAll('"message":"none"', '"message":404'), examples)).toEqual([code, code]);
  const id = { type: "string", readOnly: true };
  const schema = { type: "object", required: ["id"], properties: { id } };
  const content = { "application/json": { schema, examples: { one: { value: {} } } } };
  const lacking = withPaths(() => ({
    "/more": { post: { requestBody: { content }, responses: { 200: { content } } } },
  }));
  expect(await lint(lacking, examples)).toEqual([code]);
});

test("through Spectral's own command, a document of any version is judged by the rules that are for it", async () => {
  const directory = await mkdtemp(".snippet-");
  onTestFinished(() => rm(directory, { recursive: true }));
  const [, snippet = ""] = /```mjs\n(.*?)```/s.exec(await readFile("docs/ruleset.md", "utf8")) ?? [];
  await writeFile(join(directory, ".spectral.mjs"), snippet);
  const versions = ["2.0", "3.0.3", "3.1.0", "3.2.0"];
  for (const version of versions) {
    const untidy = JSON.stringify(tidy(version)).replaceAll(/"x-evidence":"documented"/g, '"x-note":"none"');
    await writeFile(join(directory, `tidy-${version}.json`), JSON.stringify(tidy(version)));
    await writeFile(join(directory, `untidy-${version}.json`), untidy.replace("getThing", "thing_get"));
  }
  await writeParts(directory);
  const args = ["lint", "*.json", "--format", "json", "--quiet"];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...V8_FLAGS, resolve("node_modules/@stoplight/spectral-cli/dist/index.js"), ...args],
    { cwd: directory },
  ).catch((error: { stdout: string }) => error);
  const found = new Map<string, Set<string>>();
  for (const { source, code } of JSON.parse(stdout) as { source: string; code: string }[]) {
    const file = source.split("/").at(-1) ?? "";
    found.set(file, (found.get(file) ?? new Set()).add(code));
  }
  const told = Object.fromEntries([...found].map(([file, codes]) => [file, [...codes].sort()]));
  const evidence = ["kit-operation-verb", "kit-property-evidence", "kit-response-evidence"];
  expect(told).toEqual({
    "untidy-2.0.json": evidence,
    "untidy-3.0.3.json": evidence,
    "untidy-3.1.0.json": evidence,
    "untidy-3.2.0.json": evidence,
    "bare.json": ["kit-error-schema", "kit-response-evidence"],
  });
});
