import type { State } from "../../contract/contract.js";
import { MOCK_ERRORS } from "../../contract/hubspot-error.js";
import { apiPath, isOfApi } from "../../contract/versions.js";
import { type RetryAfter, readRetryAfter } from "../../exchange/retry-after.js";
import { grouped } from "../../grouped.js";
import { isObject } from "../../json.js";
import { answeredAt, isEnd, isTransient, type ReadExchange, taskIn } from "../read-exchange.js";
import { bySending, endOf, isAfter, isPerhapsAfter, type Recording } from "../recording.js";
import type { Rule, Verdict } from "../rule.js";

/**
 * A recording as the rules for clients see it: what several of them ask of it is worked out once. A call that the mock
 * refused for the way it was to be steered is left out: it never came as far as HubSpot.
 */
export interface ClientRecording extends Recording {
  /** The last moment at which a call would have been seen, in epoch milliseconds on the client's clock. */
  readonly watchedUntil: number;
  /** Each task with its status calls. */
  readonly followed: readonly Followed[];
  /**
   * Requests of the API that ask for the same, each kind in the order in which it was sent: polls of one task until its
   * end, imports with one body that are to go one way.
   */
  readonly sameRequests: readonly (readonly ReadExchange[])[];
}

/** A rule by which a client is judged. */
export interface ClientRule extends Omit<Rule, "judge"> {
  readonly judge: (recording: ClientRecording) => readonly Verdict[];
}

/** What a client asked about one task, in the order in which it asked. */
export interface Followed {
  readonly id: string;
  readonly calls: readonly ReadExchange[];
  /** The first answer that showed an end. */
  readonly end?: { readonly call: ReadExchange; readonly state: State };
}

/** @param watchedUntil epoch milliseconds; never before the last answer */
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

/** Whether a response is a refusal of the mock's own. */
function isOfMock({ response }: ReadExchange): boolean {
  if (response?.status !== 400 || !isObject(response.json)) return false;
  const { errors } = response.json;
  const [error] = Array.isArray(errors) ? errors : [];
  return isObject(error) && MOCK_ERRORS.some((code) => code === error["code"]);
}

function followedTasks({ tasks }: Recording): readonly Followed[] {
  const byId = new Map(tasks.map(({ id, calls }) => [id, calls]));
  return [...byId].map(([id, calls]) => {
    const ends = calls.flatMap((call) => {
      const state = stateIn(call);
      return state && isEnd(state) ? [{ call, state }] : [];
    });
    const firstAt = ends.reduce((least, { call }) => Math.min(least, endOf(call)), Number.POSITIVE_INFINITY);
    const end = ends.find(({ call }) => endOf(call) === firstAt);
    return { id, calls, ...(end && { end }) };
  });
}

/** The calls of a task that were sent while the client could not know its end. */
export function beforeEnd({ calls, end }: Followed): readonly ReadExchange[] {
  return end ? calls.filter((call) => !isPerhapsAfter(call, end.call)) : calls;
}

/** The calls of a task that nobody would have sent who had read its end. */
export function afterEnd({ calls, end }: Followed): readonly ReadExchange[] {
  return end ? calls.filter((call) => isAfter(call, end.call)) : [];
}

function sameRequests(recording: Recording, followed: readonly Followed[]): readonly (readonly ReadExchange[])[] {
  const late = new Set(followed.flatMap(afterEnd));
  const calls = bySending(recording.exchanges.filter((one) => isClientRequest(one) && !late.has(one)));
  const kinds = grouped(calls, (call) => {
    const { operation, id, exchange } = call;
    const { method, url, headers } = exchange.request;
    const steered = operation === "importFromUrl" ? headers["x-mock-scenario"] : undefined;
    return JSON.stringify([operation ?? `${method} ${apiPath(url)}`, id, bodyKey(call), steered]);
  });
  return [...kinds.values()];
}

/** A request's body, equal for equal JSON. One that nobody knows is equal to no other. */
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

/** Whether the client itself sent a request to the API: a page also loads resources, and browsers send preflights. */
function isClientRequest({ exchange: { request } }: ReadExchange): boolean {
  return request.method !== "OPTIONS" && isOfApi(request.url);
}

/**
 * The first of some calls that was sent once the client could know the answer to `earlier`: a poll that was under way at a
 * task's end is not one after the end.
 *
 * @param calls in the order in which they were sent, so that halving finds it: a client that goes on for hours sends
 *   thousands, and each is asked for the one after it
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

/** From one request's start to the next one's, in milliseconds. */
export function pauseMs(from: ReadExchange, to: ReadExchange): number {
  return to.exchange.startedAt - from.exchange.startedAt;
}

export function stateIn({ response }: ReadExchange): State | undefined {
  return taskIn(response)?.state;
}

/** The status of an answer that says: not now. */
export function busyStatus({ response }: ReadExchange): number | undefined {
  return response && (isTransient(response.status) || response.status >= 500) ? response.status : undefined;
}

/** How long a response asks to stay away, whatever its status: a 304 itself, not what it confirms. */
export function askedToWait(call: ReadExchange): RetryAfter | undefined {
  const { response } = call.exchange;
  return response && readRetryAfter(response.headers, answeredAt(call));
}

/** The same in milliseconds. */
export function askedToWaitMs(call: ReadExchange): number | undefined {
  return askedToWait(call)?.ms;
}

/**
 * The part of a pause that may be missing. A timer may fire a little early, a clock tick meanwhile, and a request on a
 * warm connection overtake the time that the one before it needed for its handshake.
 */
export const EARLY = 0.1;

/** These 4xx may pass by themselves: a slow request, a conflict, a host that is not meant, a lock, too early, a limit. */
const PASSING: readonly number[] = [408, 409, 421, 423, 425, 429, 477];

/** Whether a response says that this request is not taken, now or later. One that says when to come back does not. */
export function isRejected(call: ReadExchange): boolean {
  const { status = 0 } = call.response ?? {};
  return status >= 400 && status <= 499 && !PASSING.includes(status) && !askedToWaitMs(call);
}

/** Whether a task was not found, which may mean: not yet. */
export function isNotFound(call: ReadExchange): boolean {
  return call.operation === "checkImportStatus" && call.response?.status === 404 && isRejected(call);
}

/**
 * Whether the recording's time stood still, so that nothing can be said of a client's pauses. It did where the client
 * asked for something again and never at another moment: a test holds its clock. With `leastMs` it also did where at least
 * half of the client's pauses are no longer: a test has shortened its waits to nothing, and a slow machine's hiccups are
 * no waits.
 *
 * Tasks show it. Where none was polled twice, imports do; two tests in a row may send the same one.
 *
 * @param leastMs how long a pause has to be to be a wait; 0 where each millisecond counts
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
