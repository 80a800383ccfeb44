import { readUrl } from "../../read-url.js";
import type { ReadExchange } from "../read-exchange.js";
import { isEnd } from "../state.js";
import { busyStatus, firstAfter, pauseMs, stateIn } from "./calls.js";
import { isUnderWay } from "./interval.js";
import { isRefused } from "./refused.js";
import { comesTooEarly } from "./retry-after.js";

/** A request that is sent again after an error. */
export interface Retry {
  readonly error: ReadExchange;
  readonly next: ReadExchange;
  /** From the one's start to the other's. */
  readonly ms: number;
}

/**
 * Tries again after responses that tell a client neither how its task stands nor why not: no JSON, half a body, a
 * redirect, a 408. In rows that end where it was told more; an error or a lost connection between two of them ends none.
 *
 * @param calls for the same, in the order in which they were sent
 */
export function retriesOfUnread(calls: readonly ReadExchange[]): readonly (readonly Retry[])[] {
  const rows: Retry[][] = [[]];
  for (const call of calls) {
    if (isUnderWay(call) || isRefused(call) || isEnd(stateIn(call) ?? "PENDING")) rows.push([]);
    else if (call.response && busyStatus(call) === undefined) rows.at(-1)?.push(...retryOf(call, calls));
  }
  return rows.filter((row) => row.length > 0);
}

function retryOf(error: ReadExchange, calls: readonly ReadExchange[]): readonly Retry[] {
  const next = firstAfter(calls, lastRedirected(error, calls));
  return next && !comesTooEarly(error, next) ? [{ error, next, ms: pauseMs(error, next) }] : [];
}

/** As many redirects as `fetch` follows by itself. */
const MOST_REDIRECTS = 20;

/** Where a redirect led without the client's doing: the request that follows it at once is no try again. */
function lastRedirected(first: ReadExchange, calls: readonly ReadExchange[]): ReadExchange {
  let call = first;
  for (let hops = 0; hops < MOST_REDIRECTS; hops += 1) {
    const next = firstAfter(calls, call);
    if (!next || new URL(next.exchange.request.url).href !== locationIn(call)) return call;
    call = next;
  }
  return call;
}

function locationIn({ exchange, response }: ReadExchange): string | undefined {
  const { status = 0, headers = {} } = response ?? {};
  const location = headers["location"];
  if (status < 300 || status > 399 || location === undefined) return undefined;
  return readUrl(location, exchange.request.url)?.href;
}
