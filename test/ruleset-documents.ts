import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A document that follows every rule that its version of OpenAPI has. */
export function tidy(version: string): object {
  const text = { type: "string", description: "What it is called.", "x-evidence": "documented" };
  const error = { type: "object", description: "What went wrong.", properties: { message: text } };
  const described = { description: "A thing.", "x-evidence": "documented" };
  const info = {
    ...{
      title: "Things",
      version: "1",
      description: "Things.",
      license: { name: "MIT", url: "https://example.com/mit" },
    },
    contact: { name: "Us", url: "https://example.com", email: "us@example.com" },
  };
  const operation = { operationId: "getThing", summary: "Get", description: "Gets a thing.", tags: ["things"] };
  const common = { info, tags: [{ name: "things", description: "Things." }] };
  const thing = { type: "object", description: "A thing.", properties: { name: text } };
  if (version === "2.0") {
    const responses = {
      200: { ...described, schema: { $ref: "#/definitions/Thing" } },
      404: { ...described, schema: { $ref: "#/definitions/Error" } },
    };
    return {
      ...{
        swagger: version,
        ...common,
        host: "example.org",
        schemes: ["https"],
        consumes: [],
        produces: ["application/json"],
      },
      paths: { "/thing": { get: { ...operation, responses } } },
      definitions: { Thing: thing, Error: error },
    };
  }
  const answer = (name: string, example: object) => ({
    ...described,
    content: {
      "application/json": { schema: { $ref: `#/components/schemas/${name}` }, examples: { one: { value: example } } },
    },
  });
  const responses = { 200: answer("Thing", { name: "a" }), 404: answer("Error", { message: "none" }) };
  return {
    ...{ openapi: version, ...common, servers: [{ url: "https://example.org" }] },
    ...(version < "3.1" ? {} : { jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema" }),
    paths: { "/thing": { get: { ...operation, responses } } },
    components: { schemas: { Thing: thing, Error: error } },
  };
}

/** A document whose parts are in other files, two of them with what no rule admits. */
export async function writeParts(directory: string): Promise<void> {
  // biome-ignore lint/suspicious/noExplicitAny: reaches into a document of any shape
  const document = tidy("3.1.0") as any;
  const { responses } = document.paths["/thing"].get;
  const { Thing: thing, Error: error } = document.components.schemas;
  const kind = { type: "string", const: "THING", description: "What it is.", "x-evidence": "documented" };
  const media = responses[200].content["application/json"];
  const discriminator = { propertyName: "kind", mapping: { THING: "./parts/thing.json" } };
  media.schema = { oneOf: [{ $ref: "parts/thing.json" }], discriminator };
  media.examples.one.value.kind = "THING";
  responses[403] = { $ref: "parts/bare.json" };
  responses[409] = { $ref: "parts/conflict.json" };
  responses[404].content["application/json"].schema = { $ref: "parts/errors.json#/Error" };
  delete document.components;
  const parts = {
    "thing.json": { ...thing, properties: { ...thing.properties, kind }, required: ["kind"] },
    "conflict.json": {
      ...responses[404],
      content: {
        "application/json": { ...responses[404].content["application/json"], schema: { $ref: "errors.json#/Error" } },
      },
    },
    "bare.json": {
      description: "No.",
      content: { "application/json": { schema: { type: "string" }, examples: { one: { value: "a" } } } },
    },
    "errors.json": { Error: error },
  };
  await mkdir(join(directory, "parts"));
  for (const [name, part] of Object.entries(parts))
    await writeFile(join(directory, "parts", name), JSON.stringify(part));
  await writeFile(join(directory, "whole.json"), JSON.stringify(document));
}
