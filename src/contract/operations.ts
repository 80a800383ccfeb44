import type { OperationId } from "./contract.js";
import { api, paths, versions } from "./paths.gen.js";

/** Which operation a request is for; `id` is as in the path, percent-encoded. */
export type Route =
  | { readonly operation: "importFromUrl" }
  | { readonly operation: "checkImportStatus"; readonly id: string }
  | { readonly operation: "deleteFile"; readonly id: string }
  | { readonly operation: undefined; readonly status: 404 | 405; readonly allow?: string };

/** An operation's method and path. */
interface Place {
  readonly operation: OperationId;
  readonly method: string;
  /** The part after the version, such as `/files/{fileId}`. */
  readonly end: string;
  /** The path in the first version, as the contract writes it, such as `/files/v3/files/{fileId}`. */
  readonly path: string;
  /** The path before its parameter; the whole path if it has none. */
  readonly before: string;
  /** The part after the parameter; undefined if there is none. */
  readonly after: string | undefined;
  /** Finds the id in a path of any version. */
  readonly pattern: RegExp;
}

const KNOWN = versions.join("|");

const PARAMETER = /\{[^{}]*\}/;

/** The beginning of HubSpot's links, whichever version a client requested. Users enter the address before it. */
export const API_ROOT = `${api}/${versions[0]}`;

/** All operations of the contract, in its order. */
const PLACES: Place[] = [];
for (const [end, operations] of Object.entries(paths)) {
  const path = API_ROOT + end;
  const [before = "", after] = path.split(PARAMETER);
  const pattern = new RegExp(`^${api}/(?:${KNOWN})${end.replace(PARAMETER, "([^/]+)")}$`);
  for (const [method, operation] of Object.entries(operations)) {
    PLACES.push({ operation, method, end, path, before, after, pattern });
  }
}

/**
 * Finds the operation for a method and path, in any version of the API. HEAD is read as GET.
 *
 * @param path the path of the url, with its percent-encoding
 * @example matchOperation("GET", "/files/v3/files/import-from-url/async/tasks/abc/status").operation; // "checkImportStatus"
 */
export function matchOperation(method: string, path: string): Route {
  const clean = normalizePath(path);
  const verb = method === "HEAD" ? "GET" : method;
  let allow: string | undefined;
  for (const place of PLACES) {
    const id = idAt(place, clean);
    if (id === undefined) continue;
    const { operation } = place;
    if (place.method === verb) return (id === "" ? { operation } : { operation, id }) as Route;
    const allowed = place.method === "GET" ? "GET, HEAD" : place.method;
    allow = allow === undefined ? allowed : `${allow}, ${allowed}`;
  }
  return allow === undefined ? { operation: undefined, status: 404 } : { operation: undefined, status: 405, allow };
}

/** Returns the id in a path: empty if the id is missing, undefined for another path. */
function idAt({ end, after, pattern }: Place, path: string): string | undefined {
  // Most requests are polls, so the import's pattern is tried last.
  if (after === undefined && !path.endsWith(end)) return undefined;
  // A pattern is twice as fast as startsWith with endsWith.
  const found = pattern.exec(path);
  return found ? (found[1] ?? "") : undefined;
}

/**
 * Normalizes a path as servers do before comparing it: merges repeated slashes, since HubSpot's own client sends
 * `//files/v3/…` if its basePath ends in a slash; decodes letters, digits, hyphens, dots, underscores and tildes.
 *
 * @example normalizePath("//files/v3/file%73/1"); // "/files/v3/files/1"
 */
export function normalizePath(path: string): string {
  if (!path.includes("//") && !path.includes("%")) return path;
  return path
    .replace(/\/{2,}/g, "/")
    .replace(/%(?:2[DdEe]|3\d|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])/g, (code) => decodeURIComponent(code));
}

/**
 * An operation's method and path as in the contract. With several versions it is the first: HubSpot's links are of v3,
 * whichever version a client requested.
 *
 * @example placeOf("deleteFile").path; // "/files/v3/files/{fileId}"
 */
export function placeOf(operation: OperationId): Place {
  return PLACES.find((place) => place.operation === operation) as Place;
}

/**
 * Returns the path of an operation, by default in the first version.
 *
 * @param id of its task or file, encoded for a path; ignored if the path has no parameter
 * @example pathOf("deleteFile", "1"); // "/files/v3/files/1"
 */
export function pathOf(operation: OperationId, id = "", root = API_ROOT): string {
  const { before, after } = placeOf(operation);
  const start = root + before.slice(API_ROOT.length);
  return after === undefined ? start : start + id + after;
}

/**
 * Returns what follows the import's path in a task's status path, in every version of the API.
 *
 * @param id as for `pathOf`
 * @example taskPath("abc"); // "/tasks/abc/status"
 */
export function taskPath(id: string): string {
  return BEFORE_TASK + id + AFTER_TASK;
}

const { before, after: AFTER_TASK } = placeOf("checkImportStatus");
const BEFORE_TASK = before.slice(pathOf("importFromUrl").length);

/** The versions of the contract, as a path has them: v3 first, then by their dates. */
export const VERSIONS: readonly string[] = versions;

/** Matches where the API's path begins in an address: behind a proxy, a prefix may precede it. */
export const API_PATH = /* @__PURE__ */ new RegExp(`(?:^|[^/])(${api.replace("/", "/+")}/+(?:${KNOWN})/.*)`);

/** Whether an address belongs to the API, in any version. */
export function isOfApi(url: string): boolean {
  return API_PATH.test(new URL(url).pathname);
}

/** Returns the path of an address from `/files/v3` (or another version) on; the whole path if it has no version. */
export function apiPath(url: string): string {
  const { pathname } = new URL(url);
  return API_PATH.exec(pathname)?.[1] ?? pathname;
}

/**
 * Splits a path of the API into its version and the rest. Also accepts versions that the contract lacks, since HubSpot
 * adds dated ones twice a year.
 *
 * @returns undefined for a path of another API
 * @example splitVersion("/files/2026-03/files/1"); // { version: "2026-03", rest: "/files/1" }
 */
export function splitVersion(path: string): { readonly version: string; readonly rest: string } | undefined {
  const [, version, rest] = SPLIT.exec(path) ?? [];
  return version === undefined || rest === undefined ? undefined : { version, rest };
}

const SPLIT = new RegExp(`^${api}/(${KNOWN}|\\d{4}-\\d\\d(?:-[a-z\\d]+)?)(/.*)$`, "s");

/**
 * Returns the version that a path is of, also one that the contract lacks.
 *
 * @param path without a prefix, as a request sent it
 * @returns undefined for a path of another API
 * @example versionOf("//files/2026-03/files/1"); // "2026-03"
 */
export function versionOf(path: string): string | undefined {
  return splitVersion(normalizePath(path))?.version;
}
