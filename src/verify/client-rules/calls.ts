import { type RetryAfter, readRetryAfter } from "../../retry-after.js";
import { isAfter } from "../order.js";
import { answeredAt, type ReadExchange } from "../read-exchange.js";
import { type State, taskIn } from "../state.js";
import { isTransient } from "../transient.js";

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
