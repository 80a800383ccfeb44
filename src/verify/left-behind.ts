import { isObject } from "../contract/document.js";
import type { Recording } from "./read.js";
import type { LeftBehind } from "./report.js";

/** Every file that an answer shows as made in this recording, by its id. */
export function findFiles({ exchanges }: Pick<Recording, "exchanges">): ReadonlyMap<string, string | undefined> {
  const files = new Map<string, string | undefined>();
  for (const { exchange, response, operation } of exchanges) {
    const result = isObject(response?.json) ? response.json["result"] : undefined;
    if (operation !== "checkImportStatus" || exchange.purpose === undefined || !isObject(result)) continue;
    const { id, path } = result;
    if (typeof id === "string" && id !== "") files.set(id, typeof path === "string" ? path : undefined);
  }
  return files;
}

/** The files that the recording shows as made and not as deleted. */
export function findLeftBehind(recording: Recording): readonly LeftBehind[] {
  const deletions = recording.exchanges.filter(({ exchange }) => exchange.purpose === "cleanup/delete");
  return [...findFiles(recording)].flatMap(([fileId, path]) => {
    const tries = deletions.filter(({ id }) => id === fileId);
    const deletion = tries.at(-1);
    const status = deletion?.response?.status;
    if (status !== undefined && status >= 200 && status < 300) return [];
    // Deleted by a try whose answer was lost.
    if (status === 404 && tries.some(({ response }) => !response)) return [];
    const answer = status === undefined ? deletion?.exchange.failure?.message : `DELETE was answered ${status}`;
    return [{ fileId, ...(path !== undefined && { path }), why: answer ?? "it was not deleted" }];
  });
}
