import { isObject } from "../../contract/document.js";
import { apiPath, isEnd, type ReadExchange, type Recording, type State, taskIn } from "../read.js";
import { isTransient, retryAfterMs } from "../transient.js";

/** What a client asked about one task, in the order in which it asked. */
export interface Followed {
  readonly id: string;
  readonly calls: readonly ReadExchange[];
  /** The first answer that showed an end. */
  readonly end?: { readonly call: ReadExchange; readonly state: State };
}

/** Each task with its status calls. */
export function followedTasks({ tasks }: Recording): readonly Followed[] {
  const byId = new Map(tasks.map(({ id, calls }) => [id, calls]));
  return [...byId].map(([id, unsorted]) => {
    const calls = inOrder(unsorted);
    const [end] = calls
      .flatMap((call) => {
        const state = stateIn(call);
        return state && isEnd(state) ? [{ call, state }] : [];
      })
      .sort((a, b) => answeredAt(a.call) - answeredAt(b.call));
    return { id, calls, ...(end && { end }) };
  });
}

/** The calls of a task that were sent while the client could not know its end. */
export function beforeEnd({ calls, end }: Followed): readonly ReadExchange[] {
  return end ? calls.filter((call) => !isAfter(call, end.call)) : calls;
}

/** The calls of a task that nobody would have sent who had read its end. */
export function afterEnd({ calls, end }: Followed): readonly ReadExchange[] {
  return end ? calls.filter((call) => isAfter(call, end.call)) : [];
}

/**
 * Requests of the API that ask for the same, each kind in the order in which it was sent: polls of one task until its
 * end, imports with one body.
 */
export function sameRequests(recording: Recording): readonly (readonly ReadExchange[])[] {
  const late = new Set(followedTasks(recording).flatMap(afterEnd));
  const kinds = new Map<string, ReadExchange[]>();
  for (const call of inOrder(recording.exchanges.filter((one) => isOfApi(one) && !late.has(one)))) {
    const { operation, id, exchange } = call;
    const { method, url } = exchange.request;
    const key = JSON.stringify([operation ?? `${method} ${apiPath(url)}`, id, bodyKey(call)]);
    const kind = kinds.get(key);
    if (kind) kind.push(call);
    else kinds.set(key, [call]);
  }
  return [...kinds.values()];
}

/** A request's body, equal for equal JSON. */
export function bodyKey({ exchange: { request } }: ReadExchange): string {
  const { body = "" } = request;
  try {
    return JSON.stringify(JSON.parse(body), (_, value: unknown) =>
      isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))) : value,
    );
  } catch {
    return body;
  }
}

/**
 * Whether the client could know an answer when it sent a call: a poll that was under way at a task's end is not one after
 * the end. Within one millisecond the recording's order decides; else a client that tries again at once, on a clock that
 * stands still, would look as if it had sent both at the same time.
 */
export function isAfter(call: ReadExchange, earlier: ReadExchange): boolean {
  const { startedAt } = call.exchange;
  return startedAt > answeredAt(earlier) || (startedAt === answeredAt(earlier) && call.index > earlier.index);
}

/** When the answer's last byte had come, or it was clear that none comes. In epoch milliseconds. */
export function answeredAt({ exchange: { startedAt, durationMs } }: ReadExchange): number {
  return startedAt + durationMs;
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

/** How long a busy answer asks to stay away, in milliseconds. */
export function askedToWaitMs(call: ReadExchange): number | undefined {
  return call.response && busyStatus(call) !== undefined ? retryAfterMs(call.response, answeredAt(call)) : undefined;
}

/**
 * The part of a pause that may be missing. A timer may fire a little early, a clock tick meanwhile, and a request on a
 * warm connection overtake the time that the one before it needed for its handshake.
 */
export const EARLY = 0.1;

/** A page's own resources are none of a client's calls, and preflights are the browser's. */
function isOfApi({ exchange: { request } }: ReadExchange): boolean {
  return request.method !== "OPTIONS" && /^\/+files\/+v3\//.test(apiPath(request.url));
}

function inOrder(calls: readonly ReadExchange[]): readonly ReadExchange[] {
  return calls.toSorted((a, b) => a.exchange.startedAt - b.exchange.startedAt || a.index - b.index);
}
