import type { State } from "../../contract/contract.js";
import { MOCK_ERRORS } from "../../contract/hubspot-error.js";
import { API_ROOT, apiPath, isOfApi, normalizePath, pathOf } from "../../contract/operations.js";
import { type RetryAfter, readRetryAfter } from "../../exchange/retry-after.js";
import { grouped } from "../../grouped.js";
import { isObject } from "../../json.js";
import { answeredAt, isEnd, isTransient, type ReadExchange, taskIn } from "../read-exchange.js";
import { bySending, endOf, isAfter, isPerhapsAfter, type Recording } from "../recording.js";
import type { Rule, Verdict } from "../rule.js";

/**
 * A recording as the rules for clients read it, with the results that several of them need. Leaves out requests whose
 * instructions to the mock were invalid: HubSpot would not have received them.
 */
export interface ClientRecording extends Recording {
  /** The last moment at which a request would have been recorded, in epoch milliseconds on the client's clock. */
  readonly watchedUntil: number;
  /** Each task with its status calls. */
  readonly followed: readonly Followed[];
  /**
   * Identical requests of the import, each group in the order in which it was sent: polls of one task until its end,
   * imports with the same body, server, token and expected outcome.
   */
  readonly sameRequests: readonly (readonly ReadExchange[])[];
}

/** A rule by which a client is judged. */
export interface ClientRule extends Omit<Rule, "judge"> {
  readonly judge: (recording: ClientRecording) => readonly Verdict[];
}

/** A client's requests about one task, in their order. */
export interface Followed {
  readonly id: string;
  readonly calls: readonly ReadExchange[];
  /** The first response that showed an end. */
  readonly end?: { readonly call: ReadExchange; readonly state: State };
  /** The first response that showed an end to each page; under undefined if a recording does not name pages. */
  readonly ends: ReadonlyMap<string | undefined, ReadExchange>;
}

/** @param watchedUntil epoch milliseconds; never before the last response */
export function readClient(all: Recording, watchedUntil = Number.NEGATIVE_INFINITY): ClientRecording {
  const recording = withoutSteering(all);
  const followed = followedTasks(recording);
  return {
    ...recording,
    watchedUntil: all.exchanges.reduce((latest, call) => Math.max(latest, answeredAt(call)), watchedUntil),
    followed,
    sameRequests: sameRequests(recording, followed),
  };
}

function withoutSteering({ exchanges, tasks, ...rest }: Recording): Recording {
  const isJudged = (call: ReadExchange) => !isOfMock(call);
  return {
    ...rest,
    exchanges: exchanges.filter(isJudged),
    tasks: tasks
      .map((task) => ({ ...task, calls: task.calls.filter(isJudged) }))
      .filter(({ accepted, calls }) => accepted !== undefined || calls.length > 0),
  };
}

/** Whether the mock itself rejected the request. */
function isOfMock({ response }: ReadExchange): boolean {
  if (response?.status !== 400 || !isObject(response.json)) return false;
  const { errors } = response.json;
  const [error] = Array.isArray(errors) ? errors : [];
  return isObject(error) && MOCK_ERRORS.some((code) => code === error["code"]);
}

function followedTasks({ tasks }: Recording): readonly Followed[] {
  const byId = new Map(tasks.map(({ id, calls }) => [id, calls]));
  return [...byId].map(([id, calls]) => {
    const ended = calls.filter((call) => isEnd(stateIn(call) ?? "PENDING"));
    const call = firstAnswered(ended);
    const state = call && stateIn(call);
    const byPage = [...grouped(ended, ({ exchange }) => exchange.page)];
    const ends = new Map(byPage.map(([page, own]) => [page, firstAnswered(own) as ReadExchange]));
    return { id, calls, ...(call && state && { end: { call, state } }), ends };
  });
}

function firstAnswered(calls: readonly ReadExchange[]): ReadExchange | undefined {
  const firstAt = calls.reduce((least, call) => Math.min(least, endOf(call)), Number.POSITIVE_INFINITY);
  return calls.find((call) => endOf(call) === firstAt);
}

/** Returns a task's requests that were sent while the client could not know its end. */
export function beforeEnd({ calls, end }: Followed): readonly ReadExchange[] {
  return end ? calls.filter((call) => !isPerhapsAfter(call, end.call)) : calls;
}

/**
 * Returns a task's requests that a client would not have sent if it had read the end. A page that was loaded anew could
 * not know the end that the page before saw.
 */
export function afterEnd({ calls, ends }: Followed): readonly ReadExchange[] {
  return calls.filter((call) => {
    const end = ends.get(call.exchange.page);
    return end !== undefined && isAfter(call, end);
  });
}

function sameRequests(recording: Recording, followed: readonly Followed[]): readonly (readonly ReadExchange[])[] {
  const late = new Set(followed.flatMap(afterEnd));
  const calls = bySending(recording.exchanges.filter((one) => isClientRequest(one) && !late.has(one)));
  const kinds = grouped(calls, (call) => {
    const { operation, id, exchange } = call;
    const { method, url, headers } = exchange.request;
    // An app may import one file into several accounts, each with its token, and on several servers, as in development.
    const own =
      operation === "importFromUrl" ? [headers["x-mock-scenario"], exchange.request.tokenId, serverOf(url)] : [];
    return JSON.stringify([operation ?? `${method} ${apiPath(url)}`, id, bodyKey(call), ...own]);
  });
  return [...kinds.values()];
}

/** Returns the address before the API's path. */
function serverOf(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname.slice(0, pathname.length - apiPath(url).length)}`;
}

/** Renders a request's body, the same for equal JSON. An unknown body is equal to no other. */
function bodyKey({ index, exchange: { request } }: ReadExchange): string {
  const { body = "", isBodyLeftOut = false } = request;
  if (isBodyLeftOut) return `not recorded, of request ${index}`;
  if (body === "") return body;
  try {
    return JSON.stringify(JSON.parse(body), (_, value: unknown) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))) : value,
    );
  } catch {
    return body;
  }
}

/**
 * Whether the client itself sent a request of the import: pages also load resources, and browsers send preflights. Of
 * HubSpot's other operations on files, such as reading one, a second 404 shows nothing, and the mock has none of them.
 */
function isClientRequest({ operation, exchange: { request } }: ReadExchange): boolean {
  if (request.method === "OPTIONS" || !isOfApi(request.url)) return false;
  return operation !== undefined || normalizePath(apiPath(request.url)).includes(IMPORT_PATH);
}

/** Without the version. */
const IMPORT_PATH = pathOf("importFromUrl").slice(API_ROOT.length);

/**
 * Returns the first request that was sent when the client could know the response to `earlier`: a poll that overlaps
 * the task's last one is not a poll after the end.
 *
 * @param calls in the order in which they were sent, for a binary search: a client that runs for hours sends thousands,
 * and the search runs for each
 */
export function firstAfter(calls: readonly ReadExchange[], earlier: ReadExchange): ReadExchange | undefined {
  let [low, high] = [0, calls.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const call = calls[middle];
    if (call && isAfter(call, earlier)) high = middle;
    else low = middle + 1;
  }
  return calls[low];
}

/** Milliseconds from one request's start to the next one's. */
export function pauseMs(from: ReadExchange, to: ReadExchange): number {
  return to.exchange.startedAt - from.exchange.startedAt;
}

export function stateIn({ response }: ReadExchange): State | undefined {
  return taskIn(response)?.state;
}

/** Whether a status asks the client to retry later. */
export function busyStatus({ response }: ReadExchange): number | undefined {
  return response && (isTransient(response.status) || response.status >= 500) ? response.status : undefined;
}

/**
 * Returns the wait that a response asks for, whatever its status: the 304 itself, not the response that it confirms.
 */
export function askedToWait(call: ReadExchange): RetryAfter | undefined {
  const { response } = call.exchange;
  return response && readRetryAfter(response.headers, answeredAt(call));
}

/** Returns the wait in milliseconds. */
export function askedToWaitMs(call: ReadExchange): number | undefined {
  return askedToWait(call)?.ms;
}

/**
 * The tolerance of a pause. A timer may fire early, a clock may be rounded, and a request on a warm connection may
 * overtake one that needed a handshake.
 */
export const EARLY = 0.1;

/** These 4xx may be temporary: a slow request, a conflict, a wrong host, a lock, too early, a limit. */
const PASSING: readonly number[] = [408, 409, 421, 423, 425, 429, 477];

/** Whether a response rejects this request for good. A response with a time for the next try does not. */
export function isRejected(call: ReadExchange): boolean {
  const { status = 0 } = call.response ?? {};
  return status >= 400 && status <= 499 && !PASSING.includes(status) && !askedToWaitMs(call);
}

/** Whether a task was not found, which may be temporary. */
export function isNotFound(call: ReadExchange): boolean {
  return call.operation === "checkImportStatus" && call.response?.status === 404 && isRejected(call);
}

/**
 * Whether the recording's clock was frozen, so that a client's pauses show nothing. It was if the client repeated a
 * request and always at the same moment: a test controls its clock. With `leastMs`, it also was if at least half of the
 * client's pauses are at most that long: a test has shortened its waits to nothing, and delays of a slow machine are
 * not waits.
 *
 * Decided by the tasks. If none was polled twice, it is decided by the imports, although two consecutive tests may send
 * the same one.
 *
 * @param leastMs how long a pause has to be to count as a wait; 0 if each millisecond counts
 */
export function isClockFrozen({ sameRequests }: ClientRecording, leastMs: number): boolean {
  const repeated = sameRequests.filter((calls) => calls.length > 1);
  const polled = repeated.filter(([first]) => first?.operation === "checkImportStatus");
  const shown = polled.length > 0 ? polled : repeated;
  const pauses = shown
    .flatMap((calls) => calls.slice(1).map((call, position) => pauseMs(calls[position] ?? call, call)))
    .sort((a, b) => a - b);
  const telling = leastMs === 0 ? pauses.at(-1) : pauses[pauses.length >> 1];
  return telling !== undefined && telling <= leastMs;
}
