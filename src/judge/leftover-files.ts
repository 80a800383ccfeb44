import { isQuestion } from "../exchange/run-step.js";
import { grouped } from "../grouped.js";
import { isObject } from "../json.js";
import { acceptedId, isEnd, type ReadExchange, taskIn } from "./read-exchange.js";
import type { Recording } from "./recording.js";
import type { LeftBehind, MayBeLeft } from "./report.js";

/** A file that a response shows as created. */
interface MadeFile {
  /** As text; `unknown` if the response has no id that a request can use. */
  readonly fileId: string;
  readonly path?: string;
  readonly isDeletable: boolean;
}

/** Returns each file that a response shows as created in this recording, once. */
export function findFiles({ exchanges }: Pick<Recording, "exchanges">): readonly MadeFile[] {
  const files = new Map<string, MadeFile>();
  for (const { exchange, response, operation, id: taskId } of exchanges) {
    const result = isObject(response?.json) ? response.json["result"] : undefined;
    if (operation !== "checkImportStatus" || exchange.step === undefined || !isObject(result)) continue;
    // A wrong response to one of these requests may show a file of another import.
    if (isQuestion(exchange.step)) continue;
    const { id, path } = result;
    const isDeletable = (typeof id === "string" && id !== "") || Number.isSafeInteger(id);
    const fileId = isDeletable ? String(id) : "unknown";
    const key = isDeletable ? fileId : `of task ${taskId}`;
    files.set(key, { fileId, isDeletable, ...(typeof path === "string" && { path }) });
  }
  return [...files.values()];
}

/** Returns the files that the recording shows as created and not as deleted. */
export function findLeftover(recording: Pick<Recording, "exchanges">): readonly LeftBehind[] {
  const deletions = grouped(
    recording.exchanges.filter(({ exchange }) => exchange.step?.request === "delete"),
    ({ id }) => id,
  );
  return findFiles(recording).flatMap(({ fileId, path, isDeletable }) => {
    const file = { fileId, ...(path !== undefined && { path }) };
    // A number beyond 2^53 loses precision: it might be the id of another file.
    if (!isDeletable) return [{ ...file, why: "the response has no id by which to delete it" }];
    const tries = deletions.get(fileId) ?? [];
    const statuses = tries.map(({ response }) => response?.status);
    if (statuses.some((status) => status !== undefined && status >= 200 && status < 300)) return [];
    // Deleted by an attempt whose response was lost or different.
    const last = statuses.at(-1);
    if (last === 404 && statuses.some((status) => status === undefined || status >= 500)) return [];
    const failure = tries.at(-1)?.exchange.failure?.message;
    const answer = last === undefined ? failure && `DELETE got no response: ${failure}` : `DELETE got a ${last}`;
    return [{ ...file, why: answer ?? "it was not deleted" }];
  });
}

/**
 * Returns the files that imports may have created without a response that shows them: the import's response was lost,
 * or its task's end was not observed. The files of other imports cannot be fetched.
 */
export function findPossiblyLeftover({ exchanges }: Pick<Recording, "exchanges">): readonly MayBeLeft[] {
  const ended = new Set(
    exchanges.flatMap(({ id, response }) => (isEnd(taskIn(response)?.state ?? "PENDING") ? [id] : [])),
  );
  const imports = exchanges.filter(({ exchange: { step } }) => step?.part === "complete" && step.request === "import");
  const files = imports.flatMap((one) => {
    const why = whyUnknown(one, ended);
    return why === undefined ? [] : [{ path: pathAskedFor(one.exchange.request.body), why }];
  });
  return [...new Map(files.map((file) => [`${file.path} ${file.why}`, file])).values()];
}

/** @param ended ids of the tasks whose end was observed */
function whyUnknown(one: ReadExchange, ended: ReadonlySet<string | undefined>): string | undefined {
  const { exchange, response } = one;
  const id = acceptedId(one);
  if (id !== undefined) return ended.has(id) ? undefined : "its task's end was not seen; the file expires after a day";
  if (!isPerhapsTaken(one)) return undefined;
  return response
    ? `its import got a ${response.status} without a task id`
    : `its import got no response: ${exchange.failure?.message}`;
}

/** These errors show that the import did not reach the server. */
const NOT_REACHED: readonly number[] = [503, 521, 523];

function isPerhapsTaken({ exchange, response }: ReadExchange): boolean {
  // Without a connection, nothing was sent.
  if (exchange.failure?.kind === "unreachable") return false;
  const { status = 500 } = response ?? {};
  return status < 300 || (status >= 500 && !NOT_REACHED.includes(status));
}

function pathAskedFor(body = "{}"): string {
  const { folderPath, name } = JSON.parse(body) as { readonly folderPath?: string; readonly name?: string };
  return `${folderPath ?? ""}/${name ?? ""}`;
}
