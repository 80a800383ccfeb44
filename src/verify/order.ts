import { answeredAt } from "./read-exchange.js";
import type { RecordedExchange } from "./recording/recording.js";

/** A recorded request with its place in the recording. */
export interface Timed {
  readonly index: number;
  readonly exchange: RecordedExchange;
}

/** When a response had come, or was no longer waited for, in epoch milliseconds; infinite where nobody knows. */
export function endOf(request: Pick<Timed, "exchange">): number {
  return request.exchange.durationMs >= 0 ? answeredAt(request) : Number.POSITIVE_INFINITY;
}

/**
 * Whether a request was sent at or after the end of the response to `earlier`. Only then is their order known: a server
 * acts on a request at some instant between the two, so that either of two that overlap may be the first. Of requests
 * that took no time and were sent at one instant, the recording's order decides.
 *
 * For what never turns back - a task is found, goes on, has ended - pairs tell all that an order could, and no order has to
 * be searched for. Sort the responses by how far the task had come, then by time. That order explains all of them, unless
 * it puts one before another that came before it; and such a pair no order explains.
 */
export function isAfter(request: Timed, earlier: Timed): boolean {
  return isSentAfter(request, earlier, endOf(earlier));
}

/** Whether a request was sent after the response to `earlier`, or may have been, since nobody knows when that came. */
export function isPerhapsAfter(request: Timed, earlier: Timed): boolean {
  return isSentAfter(request, earlier, answeredAt(earlier));
}

function isSentAfter(request: Timed, earlier: Timed, endedAt: number): boolean {
  const { startedAt } = request.exchange;
  return startedAt >= endedAt && (startedAt > earlier.exchange.startedAt || request.index > earlier.index);
}

/** Requests in the order in which they were sent. */
export function bySending<Request extends Timed>(requests: readonly Request[]): readonly Request[] {
  return [...requests].sort((a, b) => a.exchange.startedAt - b.exchange.startedAt || a.index - b.index);
}

/** Requests in the order in which their responses came, or were no longer waited for. */
export function byResponse<Request extends Timed>(requests: readonly Request[]): readonly Request[] {
  return [...bySending(requests)].sort((a, b) => answeredAt(a) - answeredAt(b));
}

/**
 * For each request, which of some others ended last before it was sent. It takes one sort of each: a client that polls for
 * hours sends tens of thousands.
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
