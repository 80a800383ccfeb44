import type { ReadExchange } from "../read-exchange.js";
import type { Verdict } from "../rule.js";
import { answeredAt, askedToWaitMs, busyStatus, EARLY, firstAfter } from "./calls.js";
import type { ClientRule } from "./client-recording.js";

export const honoursRetryAfter: ClientRule = {
  id: "honours-retry-after",
  sentence: "A request is sent again only after the time that Retry-After asks for.",
  severity: "violation",
  evidence: "http",
  next: "Read Retry-After - seconds or a date - of 423, 429, 477 and 5xx, and wait that long before the next try.",
  judge: ({ sameRequests }) =>
    sameRequests.flatMap((calls) => calls.flatMap((call) => judgeWait(call, firstAfter(calls, call)))),
};

/** However long the wait, a second is the most that a client may come early: the header counts in whole seconds. */
const EARLY_MS = 1000;

function judgeWait(call: ReadExchange, next: ReadExchange | undefined): readonly Verdict[] {
  const askedMs = askedToWaitMs(call);
  if (!askedMs || !next) return [];
  const waitedMs = next.exchange.startedAt - answeredAt(call);
  const earlyMs = isDate(call) ? EARLY_MS : Math.min(EARLY_MS, askedMs * EARLY);
  const actual = `${waitedMs} ms`;
  const problem = { expected: `a pause of ${askedMs} ms after ${busyStatus(call)}, as Retry-After asks`, actual };
  return [{ exchanges: [call.index, next.index], problems: waitedMs < askedMs - earlyMs ? [problem] : [] }];
}

/** A date is as exact as the two clocks agree. */
function isDate({ response }: ReadExchange): boolean {
  return Number.isNaN(Number(response?.headers["retry-after"]));
}
