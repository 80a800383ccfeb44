import { grouped } from "../../grouped.js";
import { acceptedId, answeredAt, isEnd, type ReadExchange } from "../read-exchange.js";
import { isAfter } from "../recording.js";
import type { Problem, Verdict } from "../rule.js";
import { askedToWait, beforeEnd, type ClientRule, EARLY, firstAfter, pauseMs, stateIn } from "./client-recording.js";

export const politeInterval: ClientRule = {
  id: "polite-interval",
  sentence: "A client waits at least 500 ms between two polls of a task in flight.",
  severity: "violation",
  evidence: "inferred",
  next: "Wait at least 500 ms between two polls; one or two seconds are usual.",
  judge: ({ followed }) =>
    followed.flatMap((task) => {
      // Each tab of a browser polls for itself.
      const byPage = grouped(beforeEnd(task), ({ exchange }) => exchange.page);
      return judgePauses([...byPage.values()].flatMap(usualPauses));
    }),
};

/**
 * Our own limit, since HubSpot publishes none. At 500 ms, five concurrent tasks use all 100 requests that an app has in
 * ten seconds.
 */
export const LEAST_PAUSE_MS = 500;

/** Milliseconds from one poll to the next. */
interface Pause {
  readonly from: ReadExchange;
  readonly to: ReadExchange;
  readonly ms: number;
}

/** Returns the pauses of a client without errors. Other rules judge the pauses after an error. */
export function usualPauses(calls: readonly ReadExchange[]): readonly Pause[] {
  return calls.flatMap((to, position) => {
    const from = calls[position - 1];
    return from && isUnderWay(from) && !comesTooEarly(from, to) ? [{ from, to, ms: pauseMs(from, to) }] : [];
  });
}

/**
 * One short pause proves nothing: a reloaded page polls at once, and a handshake can delay the first poll until shortly
 * before the second. Two in a row do.
 */
function judgePauses(pauses: readonly Pause[]): readonly Verdict[] {
  const isShort = ({ ms }: Pause) => ms < LEAST_PAUSE_MS * (1 - EARLY);
  const tooFast = pauses.filter((pause, position) => {
    const [before, after] = [pauses[position - 1], pauses[position + 1]];
    const isSecond = before?.to === pause.from && isShort(before);
    const isFirst = after?.from === pause.to && isShort(after);
    return isShort(pause) && (isSecond || isFirst);
  });
  if (tooFast.length === 0 && pauses.every(isShort)) return [];
  const shown = tooFast.length > 0 ? tooFast : pauses;
  const shortest = tooFast.reduce((least, { ms }) => Math.min(least, ms), LEAST_PAUSE_MS);
  const actual = `${tooFast.length} shorter pauses, down to ${shortest} ms`;
  const problem = { expected: `pauses of ${LEAST_PAUSE_MS} ms or more`, actual };
  const exchanges = [...new Set(shown.flatMap(({ from, to }) => [from.index, to.index]))];
  const guilty = [...new Set(tooFast.map(({ to }) => to.index))];
  return [{ exchanges, guilty, problems: tooFast.length > 0 ? [problem] : [] }];
}

/**
 * Whether a client could read a response as that of a running task: JSON with any state, or "not modified". An
 * unreadable response, such as half a body, is an error to the client: the wait after it may be by chance.
 */
export function isUnderWay(call: ReadExchange): boolean {
  const state = stateIn(call);
  const { status = 0, json, isRecorded = true } = call.response ?? {};
  const isRead = (status >= 200 && status < 300 && (json !== undefined || !isRecorded)) || status === 304;
  return isRead && !(state && isEnd(state));
}

export const honoursRetryAfter: ClientRule = {
  id: "honours-retry-after",
  sentence: "A client retries a request, or first polls an accepted task, only after the time that Retry-After names.",
  severity: "violation",
  evidence: "http",
  next: "Read Retry-After, in seconds or as a date, from any response that has it, and wait that long before the next attempt.",
  judge: ({ sameRequests, followed }) => {
    const tasks = new Map(followed.map(({ id, calls }) => [id, calls]));
    const followUps = (call: ReadExchange, calls: readonly ReadExchange[]) => {
      const id = acceptedId(call);
      return id === undefined ? calls : (tasks.get(id) ?? []);
    };
    return sameRequests.flatMap((calls) =>
      calls.flatMap((call) => judgeWait(call, firstAfter(followUps(call, calls), call))),
    );
  },
};

/** However long the wait, a client may come at most a second early, since the header counts in whole seconds. */
const EARLY_MS = 1000;

/** Whether a request was sent before the time that a response asked for. Only this rule reports that mistake. */
export function comesTooEarly(call: ReadExchange, next: ReadExchange): boolean {
  return isAfter(next, call) && judgeWait(call, next).some(({ problems }) => problems.length > 0);
}

function judgeWait(call: ReadExchange, next: ReadExchange | undefined): readonly Verdict[] {
  const asked = askedToWait(call);
  if (!asked || asked.ms === 0 || !next) return [];
  const waitedMs = next.exchange.startedAt - answeredAt(call);
  const leastMs = asked.ms - (asked.isDate ? EARLY_MS : Math.min(EARLY_MS, asked.ms * EARLY));
  const isRounded = call.exchange.isToTheSecond || next.exchange.isToTheSecond;
  // It may have waited up to a second longer.
  if (isRounded && waitedMs < leastMs && waitedMs + 1000 > leastMs) return [];
  const problem: Problem = {
    expected: `a pause of ${Math.round(asked.ms)} ms after ${call.exchange.response?.status}, as Retry-After asks`,
    actual: `${waitedMs} ms`,
  };
  const problems = waitedMs < leastMs ? [problem] : [];
  return [{ exchanges: [call.index, next.index], guilty: [next.index], problems }];
}
