import type { OtherWords } from "./other-words.js";

const IMPORT = "/files/v3/files/import-from-url/async";
const STATUS = `${IMPORT}/tasks/{taskId}/status`;

function servedAt(url: string, variables?: object): OtherWords[1] {
  return (d) => {
    d.servers = [{ url, ...(variables && { variables }) }];
    d.paths = Object.fromEntries(Object.entries(d.paths).map(([path, item]) => [path.replace("/files/v3", ""), item]));
  };
}

/** Calls every schema's reference by another name, which is made of the schema's own. */
function rename(document: Parameters<OtherWords[1]>[0], name: (schema: string) => string): void {
  const change = (node: Parameters<OtherWords[1]>[0]) => {
    if (typeof node !== "object" || node === null) return;
    const [, schema] = /^#\/components\/schemas\/(.*)/.exec(String(node.$ref)) ?? [];
    if (schema !== undefined) node.$ref = name(schema);
    for (const value of Object.values(node)) change(value);
  };
  change(document);
}

/** The contract with its paths and references written otherwise. */
export const otherAddresses: readonly OtherWords[] = [
  ["a server's port", servedAt("https://api.hubapi.com:8443/files/v3")],
  ["a server's query", servedAt("https://api.hubapi.com/files/v3?portal=/1#top")],
  ["a server without a scheme, in capitals", servedAt("//API.HUBAPI.COM/files/v3/")],
  ["a server relative to the document", servedAt("../files/./v3")],
  ["a server with steps up", servedAt("https://api.hubapi.com/crm/../files/v3")],
  ["a server with percent signs", servedAt("https://api.hubapi.com/f%69les/v3")],
  ["a server with two slashes", servedAt("https://api.hubapi.com//files//v3")],
  [
    "a server's variable with other values than its default",
    servedAt("https://{region}.hubapi.com:{port}/files/{version}", {
      region: { default: "api", enum: ["api", "api-eu1"] },
      port: { default: "443" },
      version: { default: "2025-09", enum: ["2025-09", "v3"] },
    }),
  ],
  [
    "empty lists of servers",
    (d) => {
      d.servers = [];
      for (const item of Object.values<typeof d>(d.paths)) item.servers = [];
    },
  ],
  [
    "a path item by reference to another path, with a summary of its own",
    (d) => {
      const other = IMPORT.replace("/v3", "/2099-09");
      d.paths[other] = d.paths[IMPORT];
      d.paths[IMPORT] = { summary: "Import.", $ref: `#/paths/${other.replaceAll("/", "~1")}` };
    },
  ],
  [
    "a response by reference to that of another path, in percent signs",
    (d) => {
      const pointer = `#/paths/${STATUS.replaceAll("/", "~1").replace("{", "%7B").replace("}", "%7d")}`;
      d.paths["/files/v3/files/{fileId}"].delete.responses["403"] = { $ref: `${pointer}/get/responses/403` };
    },
  ],
  [
    "a security scheme by reference",
    (d) => {
      d.components.securitySchemes = {
        bearer: { $ref: "#/components/securitySchemes/token" },
        token: d.components.securitySchemes.bearer,
      };
    },
  ],
  [
    "a security scheme by its address (3.2)",
    (d) => {
      d.openapi = "3.2.0";
      d.security = [{ "#/components/securitySchemes/bearer": [] }];
    },
  ],
  [
    "names of schemas with signs that a pointer escapes",
    (d) => {
      const entries = Object.entries(d.components.schemas).map(([name, one]) => [`a~b/c 100% ${name}`, one]);
      d.components.schemas = Object.fromEntries(entries);
      rename(d, (name) => `#/components/schemas/a~0b~1c%20100%25%20${name}`);
    },
  ],
  [
    "references below an $id that are relative to it",
    (d) => {
      for (const [name, one] of Object.entries<typeof d>(d.components.schemas)) {
        one.$id = `https://example.com/schemas/${name}.json`;
      }
      rename(d.components.schemas, (name) => `./${name}.json`);
    },
  ],
  [
    "references below an $id that are relative to the document",
    (d) => {
      d.components.schemas.TaskComplete.$id = "https://example.com/schemas/TaskComplete";
    },
  ],
  [
    "pointers and anchors below an $id",
    (d) => {
      const { File: file, Access } = d.components.schemas;
      const main = { ...file, $anchor: "main", properties: { ...file.properties, access: { $ref: "#/$defs/Access" } } };
      d.components.schemas.File = { $id: "urn:example:file", $ref: "#main", $defs: { main, Access } };
    },
  ],
  [
    "an $id below another, relative to that",
    (d) => {
      const { File: file } = d.components.schemas;
      d.components.schemas.Library = { $id: "https://example.com/library/", $defs: { file: { ...file, $id: "file" } } };
      d.components.schemas.File = { $ref: "https://example.com/library/file" };
    },
  ],
  [
    "anchors in $defs, in the schema of a property and of a response, each called default",
    (d) => {
      const { File: file, Error: error } = d.components.schemas;
      d.components.schemas.Library = { properties: { default: { $defs: { default: { ...file, $anchor: "file" } } } } };
      d.components.schemas.File = { $ref: "#file" };
      const content = { "application/json": { schema: { ...error, $anchor: "error" } } };
      d.paths["/other"] = { get: { responses: { default: { description: "Not done.", content } } } };
      d.components.schemas.Error = { $ref: "#error" };
    },
  ],
  [
    "references relative to the document's own address, and to its file (3.2)",
    (d) => {
      d.openapi = "3.2.0";
      d.$self = "https://example.com/api/openapi.json";
      const files = ["openapi.json", "./openapi.json", "/api/openapi.json", "published.json", ""];
      rename(d, (name) => `${files[name.length % files.length]}#/components/schemas/${name}`);
    },
  ],
];
