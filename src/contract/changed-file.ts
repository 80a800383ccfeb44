import { matchOperation } from "./operations.js";

/**
 * Returns the id of the file that an operation outside the contract changes: it replaces it (PUT), edits it (PATCH), or
 * deletes it for good. The id is as in the path, percent-encoded.
 *
 * @param path as for `matchOperation`
 * @example changedFile("PATCH", "/files/v3/files/1"); // "1"
 */
export function changedFile(method: string, path: string): string | undefined {
  const end = ENDS[method];
  if (end === undefined || !path.endsWith(end)) return undefined;
  const route = matchOperation("DELETE", path.slice(0, path.length - end.length));
  return route.operation === "deleteFile" ? route.id : undefined;
}

/** What follows the file's path, by the method. */
const ENDS: Readonly<Record<string, string>> = { PUT: "", PATCH: "", DELETE: "/gdpr-delete" };
