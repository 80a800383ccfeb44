import { readUrl } from "../../text.js";
import { isEnd, type ReadExchange } from "../read-exchange.js";
import type { Problem, Verdict } from "../rule.js";
import {
  askedToWaitMs,
  busyStatus,
  type ClientRule,
  EARLY,
  firstAfter,
  isRejected,
  pauseMs,
  stateIn,
} from "./client-recording.js";
import { comesTooEarly, isUnderWay, LEAST_PAUSE_MS, usualPauses } from "./interval.js";

export const backsOff: ClientRule = {
  id: "backs-off",
  sentence:
    "After a 429, a 5xx or an unreadable response, a client waits before it retries, and waits longer after each further error.",
  severity: "violation",
  evidence: "inferred",
  next: "Wait at least as long as between two polls, and double the pause after each further error, up to a few seconds.",
  judge: ({ sameRequests }) =>
    sameRequests.flatMap((calls) => {
      const usualMs = usualPauses(calls).reduce((least, { ms }) => Math.min(least, ms), LEAST_PAUSE_MS);
      return [
        ...errorRuns(calls).flatMap((run) => judge(retriesOf(run, calls), usualMs)),
        ...retriesOfUnread(calls).flatMap((retries) => judgeUnread(retries, usualMs)),
      ];
    }),
};

/** Fewer pauses than this show no trend. */
const TREND = 3;

/** A pause this long need not grow. */
const LONG_MS = 5000;

/**
 * The least total of so many pauses in a row. One of them may be 0, and with full jitter (each pause random from 0 to a
 * limit that doubles) several may. But of such clients, with a first limit of half a second or more, fewer than one in
 * ten thousand stay below 4^n / 2 ms in n pauses.
 */
function leastTotalMs(pauses: number): number {
  return pauses < 2 ? 0 : Math.min(4 ** pauses / 2, 150 * pauses);
}

/**
 * The ratio that the longest pause must have to the shortest. Twice is always enough, since pauses may reach a maximum.
 * For fewer than a dozen pauses it is less: random pauses may be similar, but fewer than one in ten thousand clients
 * with full, equal or decorrelated jitter have a smaller ratio. A growth by a tenth of the shortest for each pause is
 * enough, too. Adjacent pauses are not compared: one may be shorter than the one before.
 */
function leastGrowth(pauses: number): number {
  return Math.min(2, 1 + ((pauses - 2) / 10) ** 2, 1 + 0.1 * (pauses - 1));
}

/** Splits errors into rows. An error with a time for the next try belongs to another rule, and begins a new row. */
function errorRuns(calls: readonly ReadExchange[]): readonly (readonly ReadExchange[])[] {
  const runs: ReadExchange[][] = [[]];
  for (const call of calls) {
    if (busyStatus(call) !== undefined && askedToWaitMs(call) === undefined) runs.at(-1)?.push(call);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

/** Of overlapping errors, the client waited after the last. */
function retriesOf(run: readonly ReadExchange[], calls: readonly ReadExchange[]): readonly Retry[] {
  const retries = run.flatMap((error) => {
    const next = firstAfter(calls, error);
    return next ? [{ error, next, ms: pauseMs(error, next) }] : [];
  });
  return retries.filter(({ next }, position) => next !== retries[position + 1]?.next);
}

/**
 * A client may treat an unreadable response as an error and back off, or ignore it and keep its pace. Only a client
 * that does neither is wrong: two pauses in a row that are shorter than usual, and no back-off in the whole row.
 */
function judgeUnread(retries: readonly Retry[], usualMs: number): readonly Verdict[] {
  const isShort = (retry: Retry | undefined) => retry !== undefined && retry.ms < usualMs * (1 - EARLY);
  const isHasty = retries.some((retry, position) => isShort(retry) && isShort(retries[position + 1]));
  return judge(retries, usualMs).map((verdict) => (isHasty ? verdict : { ...verdict, problems: [] }));
}

/**
 * @param usualMs the least pause of the client without errors: a client that is always too fast makes a single mistake
 */
function judge(retries: readonly Retry[], usualMs: number): readonly Verdict[] {
  const pauses = retries.map(({ ms }) => ms);
  // A single short pause is excused, and does not prove good conduct either.
  if (pauses.every((ms) => ms < usualMs * (1 - EARLY)) && pauses.length < 2) return [];
  const exchanges = [...new Set(retries.flatMap(({ error, next }) => [error.index, next.index]))];
  const guilty = [...new Set(retries.map(({ next }) => next.index))];
  return [{ exchanges, guilty, problems: judgeTotal(pauses, usualMs) ?? judgeGrowth(pauses) ?? [] }];
}

function judgeTotal(pauses: readonly number[], usualMs: number): readonly Problem[] | undefined {
  const leastMs = Math.min(leastTotalMs(pauses.length), usualMs * pauses.length * (1 - EARLY));
  if (pauses.reduce((sum, ms) => sum + ms, 0) >= leastMs) return undefined;
  const expected = `${Math.ceil(leastMs)} ms or more in ${pauses.length} pauses after errors in a row`;
  return [{ expected, actual: pausesText(pauses) }];
}

function judgeGrowth(pauses: readonly number[]): readonly Problem[] | undefined {
  const longest = pauses.reduce((most, ms) => Math.max(most, ms), 0);
  const shortest = pauses.reduce((least, ms) => Math.min(least, ms), longest);
  if (pauses.length < TREND || longest >= LONG_MS * (1 - EARLY)) return undefined;
  if (longest >= shortest * leastGrowth(pauses.length)) return undefined;
  return [{ expected: `longer pauses with each of ${pauses.length} errors in a row`, actual: pausesText(pauses) }];
}

function pausesText(pauses: readonly number[]): string {
  return `${pauses.slice(0, 5).join(", ")}${pauses.length > 5 ? ", …" : ""} ms`;
}

/** A retry: a request that is repeated after an error. */
interface Retry {
  readonly error: ReadExchange;
  readonly next: ReadExchange;
  /** Milliseconds from the first one's start to the second one's. */
  readonly ms: number;
}

/**
 * Returns retries after responses that show neither the task's state nor an error: no JSON, half a body, a redirect, a
 * 408. A clear response ends a row; an error or a lost connection does not.
 *
 * @param calls identical requests, in the order in which they were sent
 */
function retriesOfUnread(calls: readonly ReadExchange[]): readonly (readonly Retry[])[] {
  const rows: Retry[][] = [[]];
  for (const call of calls) {
    if (isUnderWay(call) || isRejected(call) || isDeleted(call) || isEnd(stateIn(call) ?? "PENDING")) rows.push([]);
    else if (call.response && busyStatus(call) === undefined) rows.at(-1)?.push(...retryOf(call, calls));
  }
  return rows.filter((row) => row.length > 0);
}

function isDeleted({ operation, response }: ReadExchange): boolean {
  return operation === "deleteFile" && response?.status === 204;
}

function retryOf(error: ReadExchange, calls: readonly ReadExchange[]): readonly Retry[] {
  const next = firstAfter(calls, lastRedirected(error, calls));
  return next && !comesTooEarly(error, next) ? [{ error, next, ms: pauseMs(error, next) }] : [];
}

/** As many redirects as `fetch` follows by itself. */
const MOST_REDIRECTS = 20;

/** Whether a redirect was followed automatically: the request that follows at once is not a retry. */
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
