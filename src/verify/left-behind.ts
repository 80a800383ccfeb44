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
  const deletions = new Map(
    recording.exchanges.flatMap(({ id, response, exchange }) =>
      exchange.purpose === "cleanup/delete" && id !== undefined ? [[id, { response, exchange }] as const] : [],
    ),
  );
  return [...findFiles(recording)].flatMap(([fileId, path]) => {
    const deletion = deletions.get(fileId);
    const status = deletion?.response?.status;
    if (status !== undefined && status >= 200 && status < 300) return [];
    const answer = status === undefined ? deletion?.exchange.failure?.message : `DELETE was answered ${status}`;
    return [{ fileId, ...(path !== undefined && { path }), why: answer ?? "it was not deleted" }];
  });
}
