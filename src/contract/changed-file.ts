import { matchOperation } from "./operations.js";

/**
 * Returns the id of the file that an operation outside the contract changes: it replaces it (PUT), edits it (PATCH), or
 * deletes it for good. The id is as in the path, percent-encoded.
 *
 * @param path as for `matchOperation`
 * @example changedFile("PATCH", "/files/v3/files/1"); // "1"
 */
export function changedFile(method: string, path: string): string | undefined {
  const isChange = method === "DELETE" ? path.endsWith(FOR_GOOD) : method === "PUT" || method === "PATCH";
  if (!isChange) return undefined;
  const route = matchOperation("DELETE", method === "DELETE" ? path.slice(0, -FOR_GOOD.length) : path);
  return route.operation === "deleteFile" ? route.id : undefined;
}

const FOR_GOOD = "/gdpr-delete";
