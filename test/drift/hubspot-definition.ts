import { at, type Json, properties, schema } from "./change.js";
import type { Loose } from "./published.js";

/** The place is undefined where drift finds nothing. */
type Harmless = readonly [
  words: string,
  reason: string,
  change: (document: Loose) => unknown,
  where: string | undefined,
];

/** A change in words, the reason that drift gives, and the place where it finds the change: once, and nothing else breaking. */
type Classed = readonly [words: string, reason: string, change: (document: Loose) => unknown, where: string];

/** An operation of a document in any version, by its method. */
function operation(document: Loose, method: "post" | "get" | "delete"): Loose {
  const items = Object.entries(document["paths"] as unknown as Json).filter(([path]) => !path.includes("/folders/"));
  const found = items.map(([, item]) => (item as Json)[method]).find((one) => one !== undefined);
  return found as Loose;
}

const paths = (document: Loose) => document["paths"] as unknown as Json;
const ofRequest = (document: Loose, name: string) => properties(document, "UrlImport")[name] as Json;
const ofFile = (document: Loose, name: string) => properties(document, "StoredFile")[name] as Json;

function parameter(name: string, place: string, required: boolean) {
  return (document: Loose) => {
    const post = operation(document, "post") as unknown as Json;
    post["parameters"] = [{ name, in: place, required, schema: { type: "string" } }];
  };
}

/** Of several schemes, all: as long as one of the contract's is left, no client is locked out. */
const otherSchemes = (document: Loose) => {
  (operation(document, "get") as unknown as Json)["security"] = [
    { mutual: ["files", "files.read", "files.ui_hidden.read"] },
  ];
  at(document, "components", "securitySchemes")["mutual"] = { type: "mutualTLS" };
};

/** Each kind of HubSpot's definition. */
export const breakingChanges: readonly Classed[] = [
  [
    "an endpoint is removed",
    "an endpoint is removed",
    (d) => {
      const path = Object.keys(paths(d)).find((one) => one.endsWith("/{fileId}")) ?? "";
      delete paths(d)[path];
    },
    "deleteFile",
  ],
  [
    "an endpoint is renamed",
    "an endpoint is removed",
    (d) => {
      const path = Object.keys(paths(d)).find((one) => one.endsWith("/import-from-url/async")) ?? "";
      paths(d)[path.replace("import-from-url", "import")] = paths(d)[path];
      delete paths(d)[path];
    },
    "importFromUrl",
  ],
  [
    "a response field is removed",
    "a response field is removed",
    (d) => delete properties(d, "StoredFile")["fileMd5"],
    "checkImportStatus 200 result.fileMd5",
  ],
  [
    "a response field is renamed",
    "a response field is removed, or renamed to sizeBytes",
    (d) => {
      const { size, ...rest } = properties(d, "StoredFile");
      schema(d, "StoredFile")["properties"] = { ...rest, sizeBytes: size };
    },
    "checkImportStatus 200 result.size",
  ],
  [
    "an option of a request is removed",
    "an option is removed",
    (d) => delete properties(d, "UrlImport")["ttl"],
    "importFromUrl request ttl",
  ],
  [
    "an option of a request is renamed",
    "an option is removed, or renamed to replace",
    (d) => {
      const { overwrite, ...rest } = properties(d, "UrlImport");
      const required = schema(d, "UrlImport")["required"] as string[];
      Object.assign(schema(d, "UrlImport"), {
        properties: { ...rest, replace: overwrite },
        required: required.filter((name) => name !== "overwrite"),
      });
    },
    "importFromUrl request overwrite",
  ],
  [
    "a value of an option is removed",
    "an option is removed",
    (d) => (ofRequest(d, "duplicateValidationStrategy")["enum"] = ["NONE", "REJECT"]),
    "importFromUrl request duplicateValidationStrategy",
  ],
  [
    "a new request field is required",
    "a request field is newly required",
    (d) => {
      properties(d, "UrlImport")["owner"] = { type: "string" };
      (schema(d, "UrlImport")["required"] as string[]).push("owner");
    },
    "importFromUrl request owner",
  ],
  [
    "a request field becomes required",
    "a request field is newly required",
    (d) => (schema(d, "UrlImport")["required"] as string[]).push("name"),
    "importFromUrl request name",
  ],
  [
    "a header is required",
    "a header is newly required",
    parameter("X-Portal", "header", true),
    "importFromUrl header x-portal",
  ],
  [
    "a parameter is required",
    "a parameter is newly required",
    parameter("portalId", "query", true),
    "importFromUrl query portalId",
  ],
  [
    "a response field has another type",
    "another type",
    (d) => Object.assign(ofFile(d, "id"), { type: "integer", format: "int64" }),
    "checkImportStatus 200 result.id",
  ],
  [
    "a response field has another format",
    "another type",
    (d) => (ofFile(d, "width")["format"] = "int64"),
    "checkImportStatus 200 result.width",
  ],
  [
    "a request field has another type",
    "another type",
    (d) => (ofRequest(d, "overwrite")["type"] = "string"),
    "importFromUrl request overwrite",
  ],
  [
    "a request field has another length limit",
    "another length limit",
    (d) => (ofRequest(d, "name")["maxLength"] = 100),
    "importFromUrl request name",
  ],
  [
    "a request field may only be empty",
    "another length limit",
    (d) => (ofRequest(d, "name")["maxLength"] = 0),
    "importFromUrl request name",
  ],
  [
    "a response field has another length limit",
    "another length limit",
    (d) => (properties(d, "Progress")["taskId"] = { type: "string", minLength: 36 }),
    "checkImportStatus 200 taskId",
  ],
  [
    "an error has another status",
    "another error status",
    (d) => (at(operation(d, "get"), "responses")["409"] = at(operation(d, "get"), "responses", "default")),
    "checkImportStatus error",
  ],
  [
    "a task's error has another category",
    "another error category",
    (d) => (properties(d, "TaskProblem")["category"] = { type: "string", enum: ["IMPORT_FAILED"] }),
    "checkImportStatus 200 errors[].category",
  ],
  ["another authentication", "another authentication", otherSchemes, "checkImportStatus security"],
  [
    "narrower scopes",
    "narrower scopes",
    (d) => {
      const alternatives = (operation(d, "get") as unknown as Json)["security"] as Json[];
      (operation(d, "get") as unknown as Json)["security"] = alternatives.filter(
        (one) => !Object.values(one).flat().includes("files"),
      );
    },
    "checkImportStatus security",
  ],
  [
    "a lower limit",
    "a lower limit",
    (d) => (properties(d, "UrlImport")["access"] = { ...(ofRequest(d, "access") as object), maximum: 5 }),
    "importFromUrl request access",
  ],
  [
    "stricter validation by a pattern",
    "stricter validation",
    (d) => (ofRequest(d, "url")["pattern"] = "^https:"),
    "importFromUrl request url",
  ],
  [
    "stricter validation by a format",
    "stricter validation",
    (d) => (ofRequest(d, "folderId")["format"] = "uuid"),
    "importFromUrl request folderId",
  ],
  [
    "stricter validation by a list of values",
    "stricter validation",
    (d) => (ofRequest(d, "name")["enum"] = ["cat"]),
    "importFromUrl request name",
  ],
];

/** What that definition calls harmless, or what changes nothing for a client. */
export const harmlessChanges: readonly Harmless[] = [
  [
    "a new response field",
    "a new field",
    (d) => (properties(d, "StoredFile")["altText"] = { type: "string" }),
    "checkImportStatus 200 result.altText",
  ],
  [
    "a new request field",
    "a new field",
    (d) => (properties(d, "UrlImport")["altText"] = { type: "string" }),
    "importFromUrl request altText",
  ],
  ["a new parameter", "a new field", parameter("dryRun", "query", false), "importFromUrl query dryRun"],
  [
    "a new endpoint",
    "",
    (d) => (paths(d)[`/files/${at(d, "info")["version"]}/files/import-from-url/async/cancel`] = { post: {} }),
    undefined,
  ],
  [
    "a further authentication",
    "requests that follow the contract are still accepted",
    (d) => {
      at(d, "components", "securitySchemes")["mutual"] = { type: "mutualTLS" };
      ((operation(d, "get") as unknown as Json)["security"] as Json[]).push({ mutual: [] });
    },
    "checkImportStatus security",
  ],
  [
    "another message text",
    "another message text",
    (d) => (properties(d, "TaskProblem")["message"] = { type: "string", enum: ["No such file."] }),
    "checkImportStatus 200 errors[].message",
  ],
  [
    "another description",
    "",
    (d) => Object.assign(ofFile(d, "id"), { description: "An id.", example: null }),
    undefined,
  ],
  [
    "a further value of an option",
    "requests that follow the contract are still accepted",
    (d) => (ofRequest(d, "duplicateValidationScope")["enum"] as string[]).push("FOLDER_TREE"),
    "importFromUrl request duplicateValidationScope",
  ],
  [
    "a higher lower bound of a response",
    "responses still follow the contract",
    (d) => (ofFile(d, "width")["minimum"] = 1),
    "checkImportStatus 200 result.width",
  ],
];
