import { at, type Change, properties, schema } from "./change.js";

/** What may change within a body. */
export const bodyChanges: readonly Change[] = [
  [
    "a property more in an answer",
    (d) => Object.assign(properties(d, "StoredFile"), { altText: { type: "string" } }),
    ["not breaking property checkImportStatus 200 result.altText: string / absent"],
  ],
  [
    "a property fewer in an answer",
    (d) => delete properties(d, "StoredFile")["path"],
    ["breaking property checkImportStatus 200 result.path: absent / string"],
  ],
  [
    "a property more in a request",
    (d) => Object.assign(properties(d, "UrlImport"), { altText: { type: "string" } }),
    ["not breaking property importFromUrl request altText: string / absent"],
  ],
  [
    "a property more that a request has to have",
    (d) => {
      Object.assign(properties(d, "UrlImport"), { owner: { type: "string" } });
      schema(d, "UrlImport")["required"] = ["access", "url", "owner"];
    },
    ["breaking property importFromUrl request owner: string, required / absent"],
  ],
  [
    "a property fewer in a request",
    (d) => delete properties(d, "UrlImport")["ttl"],
    ["breaking property importFromUrl request ttl: absent / string"],
  ],
  [
    "a property that no request may have any more",
    (d) => Object.assign(properties(d, "UrlImport"), { ttl: { type: "string", readOnly: true } }),
    ["breaking property importFromUrl request ttl: absent / string"],
  ],
  [
    "a property that no answer has any more",
    (d) => Object.assign(properties(d, "StoredFile"), { path: { type: "string", writeOnly: true } }),
    ["breaking property checkImportStatus 200 result.path: absent / string"],
  ],
  [
    "another type",
    (d) => Object.assign(properties(d, "StoredFile"), { id: { type: "integer", format: "int64" } }),
    ["breaking type checkImportStatus 200 result.id: integer / string"],
  ],
  [
    "null in an answer",
    (d) => Object.assign(properties(d, "StoredFile"), { name: { type: "string", nullable: true } }),
    ["breaking type checkImportStatus 200 result.name: null or string / string"],
  ],
  [
    "null in a request",
    (d) => Object.assign(properties(d, "UrlImport"), { name: { type: ["string", "null"] } }),
    ["not breaking type importFromUrl request name: null or string / string"],
  ],
  [
    "another type of a map's values",
    (d) =>
      (at(d, "components", "schemas", "TaskProblem", "properties", "context")["additionalProperties"] = {
        type: "string",
      }),
    ["breaking type checkImportStatus 200 errors[].context.*: string / array"],
  ],
  [
    "another type of a list's items",
    (d) => Object.assign(properties(d, "Progress"), { errors: { type: "array", items: { type: "string" } } }),
    ["breaking type checkImportStatus 200 errors[]: string / object"],
  ],
  [
    "another format",
    (d) => Object.assign(properties(d, "StoredFile"), { width: { type: "integer", format: "int64" } }),
    ["breaking format checkImportStatus 200 result.width: int64 / int32"],
  ],
  [
    "a format where we have none",
    (d) => Object.assign(properties(d, "StoredFile"), { parentFolderId: { type: "string", format: "uuid" } }),
    ["not breaking format checkImportStatus 200 result.parentFolderId: uuid / none"],
  ],
  [
    "a state more",
    (d) => (at(d, "components", "schemas", "Progress", "properties", "status")["enum"] as string[]).push("FAILED"),
    [
      "breaking enum checkImportStatus 200 status: CANCELED, COMPLETE, FAILED, PENDING, PROCESSING / CANCELED, COMPLETE, PENDING, PROCESSING",
    ],
  ],
  [
    "a state fewer",
    (d) => (at(d, "components", "schemas", "Progress", "properties", "status")["enum"] as string[]).shift(),
    [
      "not breaking enum checkImportStatus 200 status: COMPLETE, PENDING, PROCESSING / CANCELED, COMPLETE, PENDING, PROCESSING",
    ],
  ],
  [
    "a value fewer in a request",
    (d) =>
      Object.assign(at(d, "components", "schemas", "UrlImport", "properties", "duplicateValidationScope"), {
        enum: ["EXACT_FOLDER"],
      }),
    ["breaking enum importFromUrl request duplicateValidationScope: EXACT_FOLDER / ENTIRE_PORTAL, EXACT_FOLDER"],
  ],
  [
    "values where a client may send any",
    (d) => Object.assign(properties(d, "UrlImport"), { name: { type: "string", enum: ["cat"] } }),
    ["breaking enum importFromUrl request name: cat / any"],
  ],
  [
    "values where an answer may have any",
    (d) => Object.assign(properties(d, "StoredFile"), { type: { type: "string", enum: ["IMG", "OTHER"] } }),
    ["not breaking enum checkImportStatus 200 result.type: IMG, OTHER / any"],
  ],
  [
    "something newly required in a request",
    (d) => (schema(d, "UrlImport")["required"] = ["access", "url", "folderId"]),
    ["breaking required importFromUrl request folderId: required / sometimes required"],
  ],
  [
    "something promised no more",
    (d) => (schema(d, "Progress")["required"] = ["completedAt", "startedAt", "status"]),
    ["breaking required checkImportStatus 200 taskId: optional / required"],
  ],
  [
    "v3 with the lists of the dated versions",
    (d) => (schema(d, "StoredFile")["required"] = ["archived", "createdAt", "id", "updatedAt"]),
    ["breaking required checkImportStatus 200 result.access: optional / required"],
  ],
  [
    "another value where one is known",
    (d) => (schema(d, "Progress")["required"] = ["status", "taskId", "completedAt"]),
    ["not breaking required checkImportStatus 200 startedAt: optional / sometimes required"],
  ],
  [
    "a result that may be null",
    (d) =>
      Object.assign(properties(d, "Progress"), {
        result: { anyOf: [{ $ref: "#/components/schemas/StoredFile" }, { type: "null" }] },
      }),
    ["breaking type checkImportStatus 200 result: null or object / object"],
  ],
  [
    "a date that may be null",
    (d) =>
      Object.assign(properties(d, "StoredFile"), {
        createdAt: { anyOf: [{ type: "string", format: "date-time" }, { type: "null" }] },
      }),
    ["breaking type checkImportStatus 200 result.createdAt: null or string / string"],
  ],
];
