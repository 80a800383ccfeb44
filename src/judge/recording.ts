import { changedFile } from "../contract/changed-file.js";
import type { State } from "../contract/contract.js";
import type { ContractDocument } from "../contract/document.js";
import type { RecordedExchange } from "../exchange/exchange.js";
import { isQuestion, type Journey, journeyOf } from "../exchange/run-step.js";
import { grouped } from "../grouped.js";
import { isObject, type JsonObject, jsonIn } from "../json.js";
import { percentDecoded } from "../text.js";
import {
  acceptedId,
  addressOf,
  answeredAt,
  apiPathOf,
  isLink,
  type ReadExchange,
  type ReadResponse,
  readExchange,
  taskIn,
} from "./read-exchange.js";

/** A poll whose response shows a task. */
export interface Poll {
  readonly index: number;
  readonly exchange: RecordedExchange;
  readonly status: number;
  readonly state: State;
  readonly task: JsonObject;
}

/** Everything that the recording shows of one task, in the order of the requests. */
export interface TaskRecord {
  readonly id: string;
  readonly journey?: Journey;
  /** The import that started it; absent in recordings that begin later. */
  readonly accepted?: ReadExchange & { readonly response: ReadResponse };
  /** All its status requests, with any response. */
  readonly calls: readonly ReadExchange[];
  /** The requests to the link that the server gave, if its address differs from that of `calls`. */
  readonly links: readonly ReadExchange[];
  /** The polls of its path in other versions of the API, which a run sends after the end. They are not among `calls`. */
  readonly otherVersions: readonly ReadExchange[];
  /** The polls whose response shows a task in a state of the contract; for the link, this task. */
  readonly polls: readonly Poll[];
  /**
   * The first request that may have deleted, replaced or edited its file. Whether the task can be polled after that, and with
   * which `result`, is not published.
   */
  readonly deletion?: ReadExchange;
}

/** A recording as the rules read it. */
export interface Recording {
  readonly contract: ContractDocument;
  readonly exchanges: readonly ReadExchange[];
  readonly tasks: readonly TaskRecord[];
  /** How long a run waits for a server, in milliseconds. */
  readonly timeoutMs: number;
  /** How long a task may take, in milliseconds. Infinity for another client's recording: HubSpot publishes no limit. */
  readonly longestTaskMs: number;
}

export function allPolls({ tasks }: Recording): readonly Poll[] {
  return tasks.flatMap(({ polls }) => polls);
}

/** Reads the exchanges once for all rules. */
export function readRecording(
  contract: ContractDocument,
  exchanges: readonly RecordedExchange[],
  { timeoutMs, longestTaskMs = timeoutMs }: { readonly timeoutMs: number; readonly longestTaskMs?: number },
): Recording {
  const hasLinks = exchanges.some(isLink);
  const asked = hasLinks ? exchanges.filter((one) => !isLink(one) && !isQuestion(one.step)) : [];
  const polled = new Set(asked.map(addressOf));
  const read = exchanges.map((exchange, index) => {
    // A link to the address where the task is polled is a poll like any other.
    const isPoll = isLink(exchange) && polled.has(addressOf(exchange));
    return readExchange(contract, exchange, { index, isPoll });
  });
  return { contract, exchanges: read, tasks: readTasks(read), timeoutMs, longestTaskMs };
}

function readTasks(exchanges: readonly ReadExchange[]): readonly TaskRecord[] {
  const imports = exchanges.filter(({ exchange: { step } }) => step?.part !== "rejection" && step?.part !== "question");
  const foreign = exchanges.filter(
    ({ exchange, operation }) => exchange.step === undefined && operation === "checkImportStatus",
  );
  const accepted = imports.flatMap((one) => {
    const id = acceptedId(one);
    return id === undefined || !one.response ? [] : [{ id, accepted: { ...one, response: one.response } }];
  });
  const known = new Set(accepted.map(({ id }) => id));
  // A recording may have thousands of tasks: a search through all requests for each of them would take minutes.
  const foreignById = grouped(foreign, ({ id }) => id);
  const polls = exchanges.filter(
    ({ operation, exchange }) => operation === "checkImportStatus" && !isLink(exchange) && !isQuestion(exchange.step),
  );
  const pollsById = grouped(polls, ({ id }) => id);
  const ofOtherVersions = exchanges.filter(({ exchange }) => exchange.step?.request === "other-version");
  const otherVersionsById = grouped(ofOtherVersions, ({ id }) => id);
  const links = exchanges.filter(({ exchange }) => isLink(exchange));
  const linksOf = grouped(links, ({ exchange }) => journeyOf(exchange.step));
  const others = [...new Set(foreign.flatMap(({ id }) => (id === undefined || known.has(id) ? [] : [id])))];
  const deletionOf = deletionsIn(exchanges);
  // Without a journey, requests have no step either, so only the id assigns them.
  const callsIn = (id: string, accepted?: ReadExchange) => {
    const journey = journeyOf(accepted?.exchange.step);
    const own = (pollsById.get(id) ?? []).filter(({ exchange }) => isOf(journey, exchange));
    const asked = journey === undefined ? (foreignById.get(id) ?? []) : [...own, ...(linksOf.get(journey) ?? [])];
    const found = callsOf(bySending(asked), id, journey);
    const deletion = deletionOf(found.polls, accepted);
    const otherVersions = (otherVersionsById.get(id) ?? []).filter(({ exchange }) => isOf(journey, exchange));
    return { ...found, otherVersions, ...(deletion && { deletion }) };
  };
  return [
    ...accepted.map((task) => ({ ...task, ...callsIn(task.id, task.accepted) })),
    ...others.map((id) => ({ id, ...callsIn(id) })),
  ];
}

/**
 * Finds the first request that may have deleted a task's file, replaced or edited it: an import with `overwrite` deletes
 * the file of the same name. A 4xx has deleted nothing; without a response, or with a 5xx, it is unknown. A file that no
 * response shows may belong to a task that shows no file.
 */
function deletionsIn(exchanges: readonly ReadExchange[]) {
  const sent = bySending(exchanges.filter(({ response: { status = 500 } = {} }) => status < 300 || status >= 500));
  const deletions = sent.flatMap((one) => {
    if (one.operation === "deleteFile") return [{ one, id: one.id }];
    const changed = changedFile(one.exchange.request.method, apiPathOf(one.exchange));
    return changed === undefined ? [] : [{ one, id: percentDecoded(changed) }];
  });
  const overwriting = sent.filter((one) => askedFor(one)?.["overwrite"] === true);
  const replacements = grouped(overwriting, targetOf);
  const firsts = new Map<unknown, ReadExchange>([...deletions].reverse().map(({ one, id }) => [id, one]));
  const shown = new Set(deletions.length > 0 ? exchanges.map(({ response }) => fileIdIn(response?.json)) : []);
  const ofNoTask = deletions.find(({ id }) => !shown.has(id))?.one;
  return (polls: readonly Poll[], accepted?: ReadExchange): ReadExchange | undefined => {
    const ids = new Set(polls.flatMap(({ task }) => fileIdIn(task) ?? []));
    const deleted = ids.size === 0 ? [ofNoTask] : [...ids].map((id) => firsts.get(id));
    const later = replacements.size === 0 || !accepted ? [] : (replacements.get(targetOf(accepted)) ?? []);
    const replaced = later.find((one) => accepted && isPerhapsAfter(one, accepted));
    return bySending([...deleted, replaced].flatMap((one) => one ?? []))[0];
  };
}

/** What an import asked for; undefined if its body is unknown or invalid. */
export function askedFor(call: ReadExchange | undefined): JsonObject | undefined {
  const { body = "" } = call?.exchange.request ?? {};
  if (call?.operation !== "importFromUrl" || body === "") return undefined;
  const asked = jsonIn(body);
  return isObject(asked) ? asked : undefined;
}

/** Returns a text that is the same for two imports to the same folder and name. */
function targetOf(call: ReadExchange): string {
  const { folderId, folderPath, name, url } = askedFor(call) ?? {};
  const folder = typeof folderPath === "string" ? plainPath(folderPath).toLowerCase() : folderPath;
  return JSON.stringify([folderId, folder, name ?? url]);
}

/**
 * Returns a folder's path with single slashes: a client may leave out the first one, or double one. Letters with accents
 * are composed: file systems of macOS decompose them.
 *
 * @example plainPath("library//cats"); // "/library/cats/"
 */
export function plainPath(folderPath: string): string {
  const names = folderPath
    .normalize()
    .split("/")
    .map((name) => name.trim());
  return `/${names
    .filter(Boolean)
    .map((name) => `${name}/`)
    .join("")}`;
}

function fileIdIn(task: unknown): unknown {
  return isObject(task) && isObject(task["result"]) ? task["result"]["id"] : undefined;
}

/** @param asked in the order of the requests */
function callsOf(asked: readonly ReadExchange[], of: string, journey: Journey | undefined) {
  const followed = asked.filter(({ exchange }) => isLink(exchange));
  const others = followed.length > 0 ? asked.filter(({ exchange }) => !isLink(exchange)) : [];
  const addresses = new Set(others.map(({ exchange }) => addressOf(exchange)));
  const links = followed.filter(({ exchange }) => !addresses.has(addressOf(exchange)));
  const linked = new Set(links);
  const calls = asked.filter((one) => !linked.has(one));
  const last = links.at(-1)?.index;
  const polls = asked.flatMap(asPoll).filter(({ index, task }) => index !== last || task["taskId"] === of);
  return { ...(journey && { journey }), links, calls, polls };
}

function asPoll({ index, exchange, response }: ReadExchange): readonly Poll[] {
  const seen = taskIn(response);
  return seen && response ? [{ index, exchange, status: response.status, ...seen }] : [];
}

/** Two imports that got the same id are still two journeys; rejections poll a task of another journey. */
function isOf(journey: Journey | undefined, { step }: RecordedExchange): boolean {
  if (step === undefined) return true;
  return journey !== undefined && step.part === journey;
}

/** A recorded request with its index in the recording. */
export interface Timed {
  readonly index: number;
  readonly exchange: RecordedExchange;
}

/** Returns when a response arrived or the client stopped waiting for it, in epoch milliseconds; infinite if unknown. */
export function endOf(request: Pick<Timed, "exchange">): number {
  return request.exchange.durationMs >= 0 ? answeredAt(request) : Number.POSITIVE_INFINITY;
}

/**
 * Whether a request was sent at or after the end of the response to `earlier`. Only then is their order known: a server
 * handles a request at some instant in between, so either of two overlapping ones may be first. For requests without a
 * duration at the same instant, the recording's order decides.
 *
 * For a sequence that never goes back (a task is found, runs, has ended), comparing pairs is sufficient. Proof: sort
 * the responses by the task's progress, then by time. That order explains all of them unless it reverses a pair of
 * known order; and no order explains such a pair.
 */
export function isAfter(request: Timed, earlier: Timed): boolean {
  return isSentAfter(request, earlier, endOf(earlier));
}

/** Whether a request was or may have been sent after the response to `earlier`, whose time may be unknown. */
export function isPerhapsAfter(request: Timed, earlier: Timed): boolean {
  return isSentAfter(request, earlier, answeredAt(earlier));
}

function isSentAfter(request: Timed, earlier: Timed, endedAt: number): boolean {
  const { startedAt } = request.exchange;
  return startedAt >= endedAt && (startedAt > earlier.exchange.startedAt || request.index > earlier.index);
}

/** Requests in the order in which they were sent. */
export function bySending<Request extends Timed>(requests: readonly Request[]): readonly Request[] {
  const isSorted = requests.every((one, position) => {
    const before = requests[position - 1];
    return before === undefined || compareSending(before, one) <= 0;
  });
  return isSorted ? requests : [...requests].sort(compareSending);
}

function compareSending(a: Timed, b: Timed): number {
  return a.exchange.startedAt - b.exchange.startedAt || a.index - b.index;
}

/** Requests in the order in which their responses arrived, or the client stopped waiting for them. */
export function byResponse<Request extends Timed>(requests: readonly Request[]): readonly Request[] {
  return [...bySending(requests)].sort((a, b) => answeredAt(a) - answeredAt(b));
}

/**
 * Returns for each request which of some others ended last before it was sent. Sorts each list once: a client that
 * polls for hours sends tens of thousands.
 *
 * @returns by the request's index
 */
export function latestBefore<Earlier extends Timed>(
  requests: readonly Timed[],
  others: readonly Earlier[],
): ReadonlyMap<number, Earlier> {
  const ended = byResponse(others.filter((one) => Number.isFinite(endOf(one))));
  const found = new Map<number, Earlier>();
  let next = 0;
  for (const request of bySending(requests)) {
    for (let other = ended[next]; other && isAfter(request, other); other = ended[next]) next += 1;
    const latest = ended[next - 1];
    if (latest) found.set(request.index, latest);
  }
  return found;
}
