import type { components } from "../../spec/openapi.gen.js";

type Schemas = components["schemas"];

/** The body of an import call. @see spec/openapi.yaml#/components/schemas/ImportRequest */
export type ImportRequest = Schemas["ImportRequest"];
/** The answer to an import call. @see spec/openapi.yaml#/components/schemas/TaskLocator */
export type TaskLocator = Schemas["TaskLocator"];
/** The answer to a status call, a union by `status`. @see spec/openapi.yaml#/components/schemas/TaskStatus */
export type TaskStatus = Schemas["TaskStatus"];
/** The result of a completed import. @see spec/openapi.yaml#/components/schemas/File */
export type File = Schemas["File"];
/** One entry of a task's `errors`. @see spec/openapi.yaml#/components/schemas/StandardError */
export type StandardError = Schemas["StandardError"];
/** The body of an answer that is not a success. @see spec/openapi.yaml#/components/schemas/Error */
export type HubspotError = Schemas["Error"];
/** Who may see a file. @see spec/openapi.yaml#/components/schemas/Access */
export type Access = Schemas["Access"];

const ACCESS: readonly unknown[] = [
  "PUBLIC_INDEXABLE",
  "PUBLIC_NOT_INDEXABLE",
  "HIDDEN_INDEXABLE",
  "HIDDEN_NOT_INDEXABLE",
  "HIDDEN_PRIVATE",
  "HIDDEN_SENSITIVE",
  "PRIVATE",
  "SENSITIVE",
] satisfies readonly Access[];

/** Whether a value is one of the contract's accesses. */
export function isAccess(value: unknown): value is Access {
  return ACCESS.includes(value);
}

/** The contract's operations, by their operationId. */
export type OperationId = "importFromUrl" | "checkImportStatus" | "deleteFile";

/** Which operation a request is for; `id` is as it stands in the path, percent-encoded. */
export type Route =
  | { readonly operation: "importFromUrl" }
  | { readonly operation: "checkImportStatus"; readonly id: string }
  | { readonly operation: "deleteFile"; readonly id: string }
  | { readonly operation: undefined; readonly status: 404 | 405; readonly allow?: string };

/** The path of the import call. */
export const IMPORT_PATH = "/files/v3/files/import-from-url/async";

/** The path of a task's status. @param id encoded as a path needs it, or a pattern of it such as `:taskId` */
export function statusPath(id: string): string {
  return `${IMPORT_PATH}/tasks/${id}/status`;
}

/** The path of a file. @param id as for `statusPath` */
export function filePath(id: string): string {
  return `/files/v3/files/${id}`;
}

const STATUS = new RegExp(`^${statusPath("([^/]+)")}$`);
const FILE = new RegExp(`^${filePath("([^/]+)")}$`);

/**
 * The operation that a method and path ask for. HEAD is read as GET.
 *
 * @param path the path of the url, with its percent-encoding
 * @example matchOperation("GET", "/files/v3/files/import-from-url/async/tasks/abc/status").operation; // "checkImportStatus"
 */
export function matchOperation(method: string, path: string): Route {
  const clean = normalizePath(path);
  const verb = method === "HEAD" ? "GET" : method;
  if (clean === IMPORT_PATH) return verb === "POST" ? { operation: "importFromUrl" } : wrongMethod("POST");
  const taskId = STATUS.exec(clean)?.[1];
  if (taskId !== undefined) {
    return verb === "GET" ? { operation: "checkImportStatus", id: taskId } : wrongMethod("GET, HEAD");
  }
  const fileId = FILE.exec(clean)?.[1];
  if (fileId !== undefined) {
    return verb === "DELETE" ? { operation: "deleteFile", id: fileId } : wrongMethod("DELETE");
  }
  return { operation: undefined, status: 404 };
}

/**
 * A path as servers compare it: one slash for several, since HubSpot's own client sends `//files/v3/…` when its
 * basePath ends in a slash, and no letter, digit, hyphen, dot, underscore or tilde in percent-encoding.
 *
 * @example normalizePath("//files/v3/file%73/1"); // "/files/v3/files/1"
 */
export function normalizePath(path: string): string {
  return path
    .replace(/\/{2,}/g, "/")
    .replace(/%(?:2[DdEe]|3\d|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])/g, (code) => decodeURIComponent(code));
}

function wrongMethod(allow: string): Route {
  return { operation: undefined, status: 405, allow };
}

/** The path of an address from `/files/v3` on: behind a proxy the API may stand below a path of its own. */
export function apiPath(url: string): string {
  const { pathname } = new URL(url);
  return /(?:^|[^/])(\/+files\/+v3\/.*)/.exec(pathname)?.[1] ?? pathname;
}
