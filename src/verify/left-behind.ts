import { isObject } from "../contract/document.js";
import type { Recording } from "./read.js";
import type { LeftBehind } from "./report.js";

/** A file that an answer shows as made. */
interface MadeFile {
  /** As text; `unknown` where the answer shows none that a request can name. */
  readonly fileId: string;
  readonly path?: string;
  readonly isDeletable: boolean;
}

/** Returns every file that an answer shows as made in this recording, each once. */
export function findFiles({ exchanges }: Pick<Recording, "exchanges">): readonly MadeFile[] {
  const files = new Map<string, MadeFile>();
  for (const { exchange, response, operation, id: taskId } of exchanges) {
    const result = isObject(response?.json) ? response.json["result"] : undefined;
    if (operation !== "checkImportStatus" || exchange.purpose === undefined || !isObject(result)) continue;
    const { id, path } = result;
    const isDeletable = (typeof id === "string" && id !== "") || Number.isSafeInteger(id);
    const fileId = isDeletable ? String(id) : "unknown";
    const key = isDeletable ? fileId : `of task ${taskId}`;
    files.set(key, { fileId, isDeletable, ...(typeof path === "string" && { path }) });
  }
  return [...files.values()];
}

/** The files that the recording shows as made and not as deleted. */
export function findLeftBehind(recording: Recording): readonly LeftBehind[] {
  const deletions = recording.exchanges.filter(({ exchange }) => exchange.purpose === "cleanup/delete");
  return findFiles(recording).flatMap(({ fileId, path, isDeletable }) => {
    const file = { fileId, ...(path !== undefined && { path }) };
    // A number beyond 2^53 is read as another one: the file of somebody else might bear it.
    if (!isDeletable) return [{ ...file, why: "the answer shows no id that it could be deleted by" }];
    const tries = deletions.filter(({ id }) => id === fileId);
    const deletion = tries.at(-1);
    const status = deletion?.response?.status;
    if (status !== undefined && status >= 200 && status < 300) return [];
    // Deleted by a try whose answer was lost.
    if (status === 404 && tries.some(({ response }) => !response)) return [];
    const answer = status === undefined ? deletion?.exchange.failure?.message : `DELETE was answered ${status}`;
    return [{ ...file, why: answer ?? "it was not deleted" }];
  });
}
