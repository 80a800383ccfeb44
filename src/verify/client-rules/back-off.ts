import type { ReadExchange } from "../read-exchange.js";
import type { Problem, Verdict } from "../rule.js";
import { askedToWaitMs, busyStatus, EARLY, firstAfter, pauseMs } from "./calls.js";
import type { ClientRule } from "./client-recording.js";
import { LEAST_PAUSE_MS, usualPauses } from "./interval.js";
import { type Retry, retriesOfUnread } from "./unread.js";

export const backsOff: ClientRule = {
  id: "backs-off",
  sentence:
    "After 429, 5xx and what cannot be read a request is not sent again at once, and after several errors in a row ever later.",
  severity: "violation",
  evidence: "inferred",
  next: "Wait at least as long as between two polls, and double the pause with each further error, up to some seconds.",
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
 * What so many pauses in a row come to at least. One may be nothing, and with full jitter - each pause anything from none
 * to a limit that doubles - so may several. But fewer than one in ten thousand such clients, from a first limit of half a
 * second on, stay below 4^n / 2 ms in n pauses.
 */
function leastTotalMs(pauses: number): number {
  return pauses < 2 ? 0 : Math.min(4 ** pauses / 2, 150 * pauses);
}

/**
 * How many times the shortest pause the longest has to be. Twice is enough for ever, since pauses may end at a maximum.
 * With fewer than a dozen it is less: where chance draws them, they may well be alike, but fewer than one in ten
 * thousand clients with full, equal or decorrelated jitter draw pauses closer to each other than this. A tenth of the shortest each time
 * is enough, too. It is not each and the next that are compared: one may be shorter than the one before.
 */
function leastGrowth(pauses: number): number {
  return Math.min(2, 1 + ((pauses - 2) / 10) ** 2, 1 + 0.1 * (pauses - 1));
}

/** Errors in a row. One that says when to come back belongs to another rule, and begins a new row. */
function errorRuns(calls: readonly ReadExchange[]): readonly (readonly ReadExchange[])[] {
  const runs: ReadExchange[][] = [[]];
  for (const call of calls) {
    if (busyStatus(call) !== undefined && askedToWaitMs(call) === undefined) runs.at(-1)?.push(call);
    else runs.push([]);
  }
  return runs.filter((run) => run.length > 0);
}

/** Of errors that came side by side, the last is the one that was waited after. */
function retriesOf(run: readonly ReadExchange[], calls: readonly ReadExchange[]): readonly Retry[] {
  const retries = run.flatMap((error) => {
    const next = firstAfter(calls, error);
    return next ? [{ error, next, ms: pauseMs(error, next) }] : [];
  });
  return retries.filter(({ next }, position) => next !== retries[position + 1]?.next);
}

/**
 * A client may take what it cannot read for an error, and back off, or for no news, and keep its pace. Only who does
 * neither is wrong: two pauses in a row that are shorter than usual, and no back-off in all of them.
 */
function judgeUnread(retries: readonly Retry[], usualMs: number): readonly Verdict[] {
  const isShort = (retry: Retry | undefined) => retry !== undefined && retry.ms < usualMs * (1 - EARLY);
  const isHasty = retries.some((retry, position) => isShort(retry) && isShort(retries[position + 1]));
  return judge(retries, usualMs).map((verdict) => (isHasty ? verdict : { ...verdict, problems: [] }));
}

/** @param usualMs how long the client waits at least where nothing is wrong: to be always too fast is one mistake */
function judge(retries: readonly Retry[], usualMs: number): readonly Verdict[] {
  const pauses = retries.map(({ ms }) => ms);
  // A single pause that is short is excused, and shows no good conduct either.
  if (pauses.every((ms) => ms < usualMs * (1 - EARLY)) && pauses.length < 2) return [];
  const exchanges = [...new Set(retries.flatMap(({ error, next }) => [error.index, next.index]))];
  return [{ exchanges, problems: judgeTotal(pauses, usualMs) ?? judgeGrowth(pauses) ?? [] }];
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
