import { byResponse } from "../order.js";
import { answeredAt, type ReadExchange } from "../read-exchange.js";
import { askedToWaitMs, pauseMs } from "./calls.js";

/** Pauses double, or nearly treble with decorrelated jitter: a client that is silent for less may be about to ask again. */
const INTERVALS = 3;

/** No client that waits is expected to be faster; one that hammers is watched for a moment, too. */
const LEAST_INTERVAL_MS = 1000;

/** Of a client that asked once nobody knows how long it waits. Few wait longer. */
const UNKNOWN_INTERVAL_MS = 10_000;

/**
 * Whether a client has stopped asking, rather than been watched no longer: whether it was silent for three times the
 * longest pause that it had made, after what it was asked to wait.
 *
 * @param calls of one task, in the order in which they were sent
 * @param watchedUntil epoch milliseconds
 */
export function hasGivenUp(calls: readonly ReadExchange[], watchedUntil: number): boolean {
  const last = byResponse(calls).at(-1);
  if (!last) return true;
  return watchedUntil - answeredAt(last) - (askedToWaitMs(last) ?? 0) >= INTERVALS * longestPauseMs(calls);
}

function longestPauseMs(calls: readonly ReadExchange[]): number {
  if (calls.length < 2) return UNKNOWN_INTERVAL_MS;
  return calls.reduce((longest, call, position) => {
    const before = calls[position - 1];
    return before ? Math.max(longest, pauseMs(before, call)) : longest;
  }, LEAST_INTERVAL_MS);
}
