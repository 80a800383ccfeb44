import type { Loose } from "./published.js";

// biome-ignore lint/suspicious/noExplicitAny: each change reaches into a document of any shape
type Document = any;

const STATUS = "/files/v3/files/import-from-url/async/tasks/{taskId}/status";
const FILE = "#/components/schemas/File";

const operations = (document: Document): Document[] =>
  Object.values(document.paths).flatMap((item) => Object.values(item as object));

function renamePaths(document: Document, from: string, to: string): void {
  const entries = Object.entries(document.paths).map(([path, item]) => [path.replace(from, to), item]);
  document.paths = Object.fromEntries(entries);
}

/** Changes every reference to the schema of a file. */
function atReferences(node: Document, change: (holder: Document) => void): void {
  if (typeof node !== "object" || node === null) return;
  if (node.$ref === FILE) change(node);
  for (const value of Object.values(node)) atReferences(value, change);
}

/** Every schema of `components`, downwards. */
function atSchemas(node: Document, change: (schema: Document) => void): void {
  if (typeof node !== "object" || node === null) return;
  if (!Array.isArray(node)) change(node);
  for (const value of Object.values(node)) atSchemas(value, change);
}

function as30(document: Document): void {
  document.openapi = "3.0.3";
  delete document.jsonSchemaDialect;
}

/** A change of the contract in words, after which it says the same. */
export type OtherWords = readonly [words: string, change: (document: Document) => void];

/** The contract in other valid words: documents that say the same. */
export const otherWords: readonly OtherWords[] = [
  [
    "the base path in servers",
    (d) => {
      d.servers = [{ url: "https://api.hubapi.com/files/v3" }];
      renamePaths(d, "/files/v3", "");
    },
  ],
  [
    "a part of the base path in servers, with a slash at its end",
    (d) => {
      d.servers = [{ url: "https://api.hubapi.com/files/" }];
      renamePaths(d, "/files/v3", "/v3");
    },
  ],
  [
    "a server without a host",
    (d) => {
      d.servers = [{ url: "/files/v3" }];
      renamePaths(d, "/files/v3", "");
    },
  ],
  [
    "several servers, of which one is ours",
    (d) => {
      d.servers = [{ url: "https://example.com/elsewhere" }, { url: "https://api.hubapi.com/files/v3" }];
      renamePaths(d, "/files/v3", "");
    },
  ],
  [
    "the version as a server's variable",
    (d) => {
      d.servers = [{ url: "https://api.hubapi.com/files/{version}", variables: { version: { default: "v3" } } }];
      renamePaths(d, "/files/v3", "");
    },
  ],
  [
    "the whole address as a server's variable",
    (d) => {
      d.servers = [{ url: "{base}/v3", variables: { base: { default: "https://api.hubapi.com/files" } } }];
      renamePaths(d, "/files/v3", "");
    },
  ],
  [
    "servers of the path item",
    (d) => {
      for (const item of Object.values<Document>(d.paths)) item.servers = [{ url: "https://api.hubapi.com/files/v3" }];
      renamePaths(d, "/files/v3", "");
    },
  ],
  [
    "servers of the operation",
    (d) => {
      for (const operation of operations(d)) operation.servers = [{ url: "https://api.hubapi.com/files/v3" }];
      renamePaths(d, "/files/v3", "");
    },
  ],
  [
    "2XX in place of 200 and 202",
    (d) => {
      const { responses } = d.paths[STATUS].get;
      responses["2XX"] = responses["200"];
      delete responses["200"];
      delete responses["202"];
    },
  ],
  [
    "4XX and 5XX in place of each",
    (d) => {
      for (const { responses } of operations(d)) {
        for (const status of Object.keys(responses).filter((one) => /^[45]/.test(one))) {
          const range = `${status.charAt(0)}XX`;
          const media = responses[range]?.content ?? {};
          const response = responses[status].$ref
            ? d.components.responses[responses[status].$ref.split("/").at(-1)]
            : responses[status];
          responses[range] = { description: "Any.", content: { ...media, ...response.content } };
          delete responses[status];
        }
      }
    },
  ],
  [
    "header parameters that OpenAPI ignores",
    (d) => {
      for (const operation of operations(d)) {
        operation.parameters ??= [];
        for (const name of ["Authorization", "accept", "Content-Type"]) {
          operation.parameters.push({ name, in: "header", required: true, schema: { type: "string" } });
        }
      }
    },
  ],
  [
    "a path item's parameter, overridden",
    (d) => {
      d.paths[STATUS].parameters = [{ name: "taskId", in: "path", required: true, schema: { type: "integer" } }];
    },
  ],
  [
    "a parameter described by content",
    (d) => {
      const [{ name, schema }] = d.paths[STATUS].get.parameters;
      const content = { "text/plain": { schema } };
      d.paths[STATUS].get.parameters = [{ name, in: "path", required: true, content }];
    },
  ],
  [
    "parameters, bodies, responses and path items by reference",
    (d) => {
      const { get } = d.paths[STATUS];
      d.components.parameters = { Task: get.parameters[0] };
      get.parameters = [{ $ref: "#/components/parameters/Task" }];
      d.components.responses.Told = get.responses["200"];
      get.responses["200"] = { $ref: "#/components/responses/Told" };
      const [, start] = Object.entries<Document>(d.paths).find(([path]) => path.endsWith("/async")) ?? [];
      d.components.requestBodies = { Import: start.post.requestBody };
      start.post.requestBody = { $ref: "#/components/requestBodies/Import" };
      d.components.pathItems = { Status: d.paths[STATUS] };
      d.paths[STATUS] = { $ref: "#/components/pathItems/Status" };
    },
  ],
  [
    "$ref beside required and properties (3.1)",
    (d) => {
      const { File: file, ...schemas } = d.components.schemas;
      const { size, ...properties } = file.properties;
      d.components.schemas = {
        ...schemas,
        FileBase: { ...file, required: file.required.slice(1), properties },
        File: { $ref: "#/components/schemas/FileBase", required: [file.required[0]], properties: { size } },
      };
    },
  ],
  [
    "$ref by $anchor (3.1)",
    (d) => {
      d.components.schemas.File.$anchor = "file";
      atReferences(d, (holder) => {
        holder.$ref = "#file";
      });
    },
  ],
  [
    "$dynamicRef (3.1)",
    (d) => {
      d.components.schemas.File.$dynamicAnchor = "file";
      atReferences(d, (holder) => {
        delete holder.$ref;
        holder.$dynamicRef = "#file";
      });
    },
  ],
  [
    "$ref by $id (3.1)",
    (d) => {
      d.components.schemas.File.$id = "https://example.com/schemas/file";
      atReferences(d, (holder) => {
        holder.$ref = "https://example.com/schemas/file";
      });
    },
  ],
  [
    "$ref by the document's own name (3.2)",
    (d) => {
      d.openapi = "3.2.0";
      d.$self = "https://example.com/openapi.json";
      atReferences(d, (holder) => {
        holder.$ref = `https://example.com/openapi.json${FILE}`;
      });
    },
  ],
  [
    "$ref by the file's own name",
    (d) => {
      atReferences(d, (holder) => {
        holder.$ref = `./published.json${FILE}`;
      });
    },
  ],
  [
    "a chain of references",
    (d) => {
      d.components.schemas.Link = { $ref: FILE };
      d.components.schemas.Chain = { $ref: "#/components/schemas/Link", description: "A file." };
      atReferences(d.components.schemas.TaskComplete, (holder) => {
        holder.$ref = "#/components/schemas/Chain";
      });
    },
  ],
  [
    "an example that has a key $ref",
    (d) => {
      d.components.examples.Accepted.value.links.$ref = "https://example.com/a#/b";
    },
  ],
  [
    "an extension that has a key $ref",
    (d) => {
      d["x-build"] = { overlay: { $ref: "./overlay.yaml" } };
      d.components.schemas.File["x-source"] = { $ref: "./file.java" };
      d.components.schemas.File.default = { $ref: 5 };
    },
  ],
  [
    "another API beside ours, with references to other files",
    (d) => {
      d.paths["/crm/v3/objects/contacts"] = { $ref: "./contacts.yaml" };
      d.paths["/crm/v3/objects/{type}"] = { get: { responses: { 200: { $ref: "./objects.yaml#/a" } } } };
    },
  ],
  ["3.0.3", as30],
  [
    "3.0.3, where keywords beside $ref are ignored",
    (d) => {
      as30(d);
      atReferences(d, (holder) => Object.assign(holder, { nullable: true, type: "string", description: "Ignored." }));
    },
  ],
  [
    "3.1, where nullable is ignored",
    (d) => {
      d.components.schemas.File.properties.id.nullable = true;
    },
  ],
  [
    "types that follow from the values",
    (d) =>
      atSchemas(d.components.schemas, (schema) => {
        if (schema.type === "string" && (Array.isArray(schema.enum) || typeof schema.const === "string"))
          delete schema.type;
      }),
  ],
  [
    "an enum of one value in place of a const",
    (d) =>
      atSchemas(d.components.schemas, (schema) => {
        if (typeof schema.const !== "string") return;
        schema.enum = [schema.const];
        delete schema.const;
      }),
  ],
  [
    "patternProperties in place of additionalProperties",
    (d) =>
      atSchemas(d.components.schemas, (schema) => {
        const { type, additionalProperties } = schema;
        if (type !== "object" || typeof additionalProperties !== "object") return;
        delete schema.additionalProperties;
        schema.patternProperties = { "": additionalProperties };
      }),
  ],
  [
    "anyOf with null in place of a list of types",
    (d) =>
      atSchemas(d.components.schemas, (schema) => {
        if (!Array.isArray(schema.type) || !schema.type.includes("null")) return;
        const { type, ...rest } = schema;
        for (const key of Object.keys(schema)) delete schema[key];
        schema.anyOf = [{ ...rest, type: type.filter((one: string) => one !== "null")[0] }, { type: "null" }];
      }),
  ],
  [
    "an integer that is said to be a number, too",
    (d) => {
      d.components.schemas.File.properties.size = {
        allOf: [{ type: "number" }, d.components.schemas.File.properties.size],
      };
    },
  ],
  [
    "header names and media types in other letters",
    (d) => {
      for (const { requestBody } of operations(d)) {
        if (!requestBody?.content?.["application/json"]) continue;
        requestBody.content = { "Application/JSON; charset=utf-8": requestBody.content["application/json"] };
      }
    },
  ],
];

/** A copy of the contract in other words, with one version of the API, as each published document has. */
export function inOtherWords(contract: object, change: (document: Document) => void): Loose {
  const document: Document = structuredClone(contract);
  const written = Object.entries<Document>(document.paths).filter(([, item]) => !("$ref" in item));
  document.paths = Object.fromEntries(written);
  change(document);
  return document;
}
