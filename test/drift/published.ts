/**
 * A published document as HubSpot's pages describe it, in our own words: what it says, right or wrong, and nothing of its
 * text. Names of components are made up.
 */
type Schema = Record<string, unknown>;

const string = { type: "string" };
const date = { type: "string", format: "date-time" };
const int = (format: string) => ({ type: "integer", format });
const list = (items: Schema) => ({ type: "array", items });
const map = (values: Schema) => ({ type: "object", additionalProperties: values });
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const object = (required: readonly string[], properties: Schema) => ({
  type: "object",
  required: [...required],
  properties,
});

const ACCESS = [
  "HIDDEN_INDEXABLE",
  "HIDDEN_NOT_INDEXABLE",
  "HIDDEN_PRIVATE",
  "HIDDEN_SENSITIVE",
  "PRIVATE",
  "PUBLIC_INDEXABLE",
  "PUBLIC_NOT_INDEXABLE",
  "SENSITIVE",
];

/** What differs between the versions of the API: the lists of what is required. */
const REQUIRED = {
  v3: {
    request: ["access", "url"],
    file: ["access", "archived", "createdAt", "id", "updatedAt"],
    locator: ["id", "links"],
  },
  "2026-03": {
    request: ["access", "duplicateValidationScope", "duplicateValidationStrategy", "overwrite"],
    file: ["archived", "createdAt", "id", "updatedAt"],
    locator: ["id"],
  },
};

/** @param version `v3` or a dated one */
export function publishedDocument(version: keyof typeof REQUIRED = "v3") {
  const { request, file, locator } = REQUIRED[version];
  const context = map(list(string));
  const error = { "*/*": { schema: ref("Failure") } };
  const json = (name: string) => ({ content: { "application/json": { schema: ref(name) } } });
  const security = [{ "private-app": ["files.read"] }, { "files.read": [] }];
  return {
    openapi: "3.0.1",
    info: { title: "Files", version: "v3" },
    paths: {
      [`/files/${version}/files/import-from-url/async`]: {
        post: {
          security,
          requestBody: { ...json("Import"), required: true },
          responses: { 202: json("Locator"), default: { content: error } },
        },
      },
      [`/files/${version}/files/import-from-url/async/tasks/{taskId}/status`]: {
        get: {
          security,
          parameters: [{ name: "taskId", in: "path", required: true, schema: string }],
          responses: { 200: json("Task"), default: { content: error } },
        },
      },
      [`/files/${version}/files/{fileId}`]: {
        delete: {
          security,
          parameters: [{ name: "fileId", in: "path", required: true, schema: string }],
          responses: { 204: { description: "gone" }, default: { content: error } },
        },
      },
    },
    components: {
      securitySchemes: { "private-app": { type: "apiKey", name: "private-app", in: "header" } },
      schemas: {
        Import: object(request, {
          access: { type: "string", enum: ACCESS },
          url: string,
          name: string,
          folderId: string,
          folderPath: string,
          overwrite: { type: "boolean" },
          ttl: string,
          expiresAt: date,
          duplicateValidationStrategy: { type: "string", enum: ["NONE", "REJECT", "RETURN_EXISTING"] },
          duplicateValidationScope: { type: "string", enum: ["ENTIRE_PORTAL", "EXACT_FOLDER"] },
        }),
        Locator: object(locator, { id: string, links: map(string) }),
        Task: object(["completedAt", "startedAt", "status", "taskId"], {
          completedAt: date,
          startedAt: date,
          requestedAt: date,
          status: { type: "string", enum: ["CANCELED", "COMPLETE", "PENDING", "PROCESSING"] },
          taskId: string,
          errors: list(ref("TaskFailure")),
          links: map(string),
          numErrors: int("int32"),
          result: ref("StoredFile"),
        }),
        StoredFile: object(file, {
          access: { type: "string", enum: ACCESS },
          archived: { type: "boolean" },
          archivedAt: date,
          createdAt: date,
          updatedAt: date,
          id: string,
          defaultHostingUrl: string,
          encoding: string,
          expiresAt: int("int64"),
          extension: string,
          fileMd5: string,
          height: int("int32"),
          width: int("int32"),
          isUsableInContent: { type: "boolean" },
          name: string,
          parentFolderId: string,
          path: string,
          size: int("int64"),
          sourceGroup: { type: "string", enum: ["CONTENT", "CONVERSATIONS", "FORMS", "UI_EXTENSIONS", "UNKNOWN"] },
          type: string,
          url: string,
        }),
        TaskFailure: object(["category", "context", "errors", "links", "message", "status"], {
          category: string,
          context,
          errors: list(ref("Detail")),
          id: string,
          links: map(string),
          message: string,
          status: string,
          subCategory: { type: "object" },
        }),
        Detail: object(["message"], { code: string, context, in: string, message: string, subCategory: string }),
        Failure: object(["category", "correlationId", "message"], {
          category: string,
          context,
          correlationId: { type: "string", format: "uuid" },
          errors: list(ref("Detail")),
          links: map(string),
          message: string,
          subCategory: string,
        }),
      } as Record<string, { required: string[]; properties: Record<string, Record<string, unknown>> }>,
    },
  };
}
