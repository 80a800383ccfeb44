/** A document as loose as a test needs to change it anywhere. */
export interface Loose {
  [key: string]: Loose;
}

const TEXT = { type: "string" };
const DATE = { type: "string", format: "date-time" };
const FLAG = { type: "boolean" };
const INT32 = { type: "integer", format: "int32" };
const INT64 = { type: "integer", format: "int64" };
const ACCESS = {
  type: "string",
  enum: [
    "HIDDEN_INDEXABLE",
    "HIDDEN_NOT_INDEXABLE",
    "HIDDEN_PRIVATE",
    "HIDDEN_SENSITIVE",
    "PRIVATE",
    "PUBLIC_INDEXABLE",
    "PUBLIC_NOT_INDEXABLE",
    "SENSITIVE",
  ],
};
const SOURCES = { type: "string", enum: ["CONTENT", "CONVERSATIONS", "FORMS", "UI_EXTENSIONS", "UNKNOWN"] };
const mapOf = (entry: object) => ({ type: "object", additionalProperties: entry });
const listOf = (items: object) => ({ type: "array", items });
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const CONTEXT = mapOf(listOf(TEXT));

/**
 * What HubSpot's documentation says of the three operations, mistakes and all, as a document of our own making: no part
 * of a file of HubSpot's.
 *
 * @param version `v3`, or a dated version, which has other required lists, and the keys that v3 had once. All versions
 *   before 2026-09 have a sibling task for folders
 */
export function publishedDocument(version = "v3"): Loose {
  const isDated = version !== "v3";
  const base = `/files/${version}/files`;
  const security = (...scopes: readonly string[]) => [
    ...scopes.map((scope) => ({ oauth: [scope] })),
    ...(isDated ? [{ key: [] }, ...scopes.map((scope) => ({ app: [scope] }))] : []),
  ];
  const document = {
    openapi: "3.0.1",
    info: { title: "Files, as published", version },
    servers: [{ url: "https://api.hubapi.com" }],
    paths: {
      [`${base}/import-from-url/async`]: {
        post: {
          requestBody: { required: true, content: { "application/json": { schema: refTo("UrlImport") } } },
          responses: { "202": answer("Locator"), default: failure },
          security: security("files", "files.write", "files.ui_hidden.write"),
        },
      },
      [`${base}/import-from-url/async/tasks/{taskId}/status`]: {
        get: {
          parameters: [{ name: "taskId", in: "path", required: true, schema: TEXT }],
          responses: { "200": answer("Progress"), default: failure },
          security: security("files", "files.read", "files.ui_hidden.read"),
        },
      },
      [`${base}/{fileId}`]: {
        delete: {
          parameters: [{ name: "fileId", in: "path", required: true, schema: TEXT }],
          responses: { "204": { description: "Done." }, default: failure },
          security: isDated ? security("files", "files.write", "files.ui_hidden.write") : security("files.delete"),
        },
      },
      ...(version < "2026-09" || version === "v3" ? siblingPaths(`/files/${version}/folders/update/async`) : {}),
    },
    components: { schemas: schemas(isDated), securitySchemes: SECURITY_SCHEMES },
  };
  // Through JSON, so that no two places share a node that a test changes.
  return JSON.parse(JSON.stringify(document)) as Loose;
}

/** The sibling task, which the contract does not have; HubSpot removed it in 2026-09. */
function siblingPaths(path: string) {
  return {
    [path]: { post: { requestBody: {}, responses: { "202": answer("Locator"), default: failure }, security: [] } },
    [`${path}/tasks/{taskId}/status`]: { get: { responses: { "200": answer("Progress"), default: failure } } },
  };
}

const failure = { description: "Not done.", content: { "*/*": { schema: refTo("Problem") } } };

function answer(name: string) {
  return { description: "Done.", content: { "application/json": { schema: refTo(name), example: null } } };
}

const SECURITY_SCHEMES = {
  key: { type: "apiKey", name: "hapikey", in: "query" },
  app: { type: "apiKey", name: "private-app", in: "header" },
  oauth: { type: "oauth2", flows: {} },
};

function schemas(isDated: boolean) {
  return {
    UrlImport: {
      type: "object",
      required: isDated
        ? ["access", "duplicateValidationScope", "duplicateValidationStrategy", "overwrite"]
        : ["access", "url"],
      properties: {
        access: ACCESS,
        url: TEXT,
        name: TEXT,
        folderId: TEXT,
        folderPath: TEXT,
        overwrite: FLAG,
        ttl: TEXT,
        expiresAt: DATE,
        duplicateValidationStrategy: { type: "string", enum: ["NONE", "REJECT", "RETURN_EXISTING"] },
        duplicateValidationScope: { type: "string", enum: ["ENTIRE_PORTAL", "EXACT_FOLDER"] },
      },
    },
    Locator: {
      type: "object",
      required: isDated ? ["id"] : ["id", "links"],
      properties: { id: TEXT, links: mapOf(TEXT) },
    },
    Progress: {
      type: "object",
      required: ["completedAt", "startedAt", "status", "taskId"],
      properties: {
        completedAt: DATE,
        startedAt: DATE,
        status: { type: "string", enum: ["CANCELED", "COMPLETE", "PENDING", "PROCESSING"] },
        taskId: TEXT,
        errors: listOf(refTo("TaskProblem")),
        links: mapOf(TEXT),
        numErrors: INT32,
        requestedAt: DATE,
        result: refTo("StoredFile"),
      },
    },
    StoredFile: {
      type: "object",
      required: ["archived", "createdAt", "id", "updatedAt", ...(isDated ? [] : ["access"])],
      properties: {
        ...{ access: ACCESS, archived: FLAG, createdAt: DATE, id: TEXT, updatedAt: DATE, archivedAt: DATE },
        ...{ defaultHostingUrl: TEXT, encoding: TEXT, expiresAt: INT64, extension: TEXT, fileMd5: TEXT },
        ...{ height: INT32, isUsableInContent: FLAG, name: TEXT, parentFolderId: TEXT, path: TEXT, size: INT64 },
        ...{ sourceGroup: SOURCES, type: TEXT, url: TEXT, width: INT32 },
      },
    },
    TaskProblem: {
      type: "object",
      required: ["category", "context", "errors", "links", "message", "status"],
      properties: {
        ...{ category: TEXT, context: CONTEXT, errors: listOf(refTo("Detail")), links: mapOf(TEXT) },
        ...{ message: TEXT, status: TEXT, id: TEXT, subCategory: { type: "object", properties: {} } },
      },
    },
    Detail: {
      type: "object",
      required: ["message"],
      properties: { message: TEXT, code: TEXT, context: CONTEXT, in: TEXT, subCategory: TEXT },
    },
    Problem: {
      type: "object",
      required: ["category", "correlationId", "message"],
      properties: {
        ...{ category: TEXT, correlationId: { type: "string", format: "uuid" }, message: TEXT, context: CONTEXT },
        ...{ errors: listOf(refTo("Detail")), links: mapOf(TEXT), subCategory: TEXT },
      },
    },
  };
}
