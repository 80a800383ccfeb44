import { matchOperation } from "../contract/operation.js";
import { splitReference } from "../task/scenario/reference.js";
import { idIn } from "./call.js";
import { fragmentOf, importUrlIn } from "./import-url.js";
import type { Body } from "./read-body.js";
import type { RequestHead } from "./request-head.js";
import type { World } from "./world.js";

/**
 * The session that a call's scenario names, its task's id, or the task whose file it deletes: `canceled@anna` is anna's.
 * So two people whose app has one token for both need not share a session.
 *
 * @param worlds all sessions, to find a file's
 */
export function sessionOfTask(
  { method, headers }: RequestHead,
  { path, body, worlds }: { readonly path: string; readonly body: Body; readonly worlds: () => readonly World[] },
): string | undefined {
  const header = headers.get("x-mock-scenario") ?? "";
  const ofHeader = header === "" ? undefined : splitReference(header).session;
  if (ofHeader !== undefined) return ofHeader;
  // Most calls are polls whose id names no session: they pay for a search of their path alone.
  if (method === "GET" && !/@|%(25)*40/.test(path)) return undefined;
  const route = matchOperation(method, path);
  switch (route.operation) {
    case "importFromUrl":
      return splitReference(fragmentOf(importUrlIn(body)) ?? "").session;
    case "checkImportStatus":
      return splitReference(idIn(route)).session;
    case "deleteFile":
      return worlds().find((world) => hasShown(world, idIn(route)))?.name;
    default:
      return undefined;
  }
}

/** Whether a task that names the session has shown the file. Sessions of one seed have files of one id. */
function hasShown({ name, session }: World, fileId: string): boolean {
  if (!session.files.has(fileId)) return false;
  return [...session.tasks.values()].some(({ id, file }) => file?.id === fileId && splitReference(id).session === name);
}
