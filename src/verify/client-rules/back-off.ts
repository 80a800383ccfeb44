import type { ReadExchange } from "../read.js";
import type { Problem, Rule, Verdict } from "../rule.js";
import { askedToWaitMs, busyStatus, EARLY, isAfter, pauseMs, sameRequests } from "./calls.js";
import { LEAST_PAUSE_MS, usualPauses } from "./interval.js";

export const backsOff: Rule = {
  id: "backs-off",
  sentence: "After 429 and 5xx a request is not sent again at once, and after several in a row ever later.",
  severity: "violation",
  evidence: "inferred",
  next: "Wait at least as long as between two polls, and double the pause with each further error, up to some seconds.",
  judge: (recording) =>
    sameRequests(recording).flatMap((calls) => errorRuns(calls).flatMap((run) => judge(run, calls))),
};

/** Fewer pauses than this show no trend. */
const TREND = 3;

/** A pause this long need not grow. */
const LONG_MS = 5000;

/**
 * How many times the shortest pause the longest has to be. A tenth of the shortest each time is the slowest growth that
 * counts; twice is enough for ever, since pauses may end at a maximum. It is not each and the next that are compared:
 * with jitter one may well be shorter than the one before.
 */
function leastGrowth(pauses: number): number {
  return Math.min(2, 1 + 0.1 * (pauses - 1));
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

function judge(run: readonly ReadExchange[], calls: readonly ReadExchange[]): readonly Verdict[] {
  const retries = run.flatMap((error) => {
    const next = calls.find((call) => isAfter(call, error));
    return next ? [{ error, next, ms: pauseMs(error, next) }] : [];
  });
  if (retries.length === 0) return [];
  // A client that always polls too fast makes that one mistake, not a second after each error.
  const leastMs = Math.min(LEAST_PAUSE_MS, ...usualPauses(calls).map(({ ms }) => ms));
  const hasty = retries.filter(({ ms }) => ms < leastMs * (1 - EARLY));
  const problems = [
    ...hasty.map(({ error, ms }) => ({
      expected: `a pause of ${leastMs} ms or more after ${busyStatus(error)}`,
      actual: `${ms} ms`,
    })),
    ...(hasty.length > 0 ? [] : judgeGrowth(retries.map(({ ms }) => ms))),
  ];
  return [{ exchanges: [...new Set(retries.flatMap(({ error, next }) => [error.index, next.index]))], problems }];
}

function judgeGrowth(pauses: readonly number[]): readonly Problem[] {
  const longest = Math.max(...pauses);
  if (pauses.length < TREND || longest >= LONG_MS * (1 - EARLY)) return [];
  if (longest >= Math.min(...pauses) * leastGrowth(pauses.length)) return [];
  const expected = `longer pauses with each of ${pauses.length} errors in a row`;
  return [{ expected, actual: `${pauses.slice(0, 5).join(", ")}${pauses.length > 5 ? ", …" : ""} ms` }];
}
