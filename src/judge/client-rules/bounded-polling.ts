import { answeredAt, type ReadExchange } from "../read-exchange.js";
import { byResponse } from "../recording.js";
import type { Verdict } from "../rule.js";
import {
  askedToWaitMs,
  beforeEnd,
  busyStatus,
  type ClientRecording,
  type ClientRule,
  type Followed,
  isRejected,
  pauseMs,
  stateIn,
} from "./client-recording.js";

export const boundedPolling: ClientRule = {
  id: "bounded-polling",
  sentence: "Within 300 polls and 15 minutes, a client stops polling a task that does not move.",
  severity: "violation",
  evidence: "inferred",
  next: "Give polling a time limit, such as two minutes, and show the user when it is reached.",
  judge: ({ followed, watchedUntil }) => followed.flatMap((task) => judgeBound(task, watchedUntil)),
};

/**
 * Real clients give up after 30 to 120 seconds. At the shortest polite interval, the most patient of them has polled
 * 240 times by then.
 */
const MOST_POLLS = 300;
const LONGEST_MS = 15 * 60_000;

/** A longer pause counts as this: the laptop may have slept, or the server may have asked for a day. */
const LONGEST_PAUSE_MS = 10_000;

/**
 * A task that ended in time shows nothing: a client without a limit also stops there. A task that may still be polled
 * shows nothing either: it may exceed the limit later.
 */
function judgeBound(task: Followed, watchedUntil: number): readonly Verdict[] {
  const stretches = unmoved(task);
  const endless = stretches.find((calls) => calls.length > MOST_POLLS || lengthMs(calls) > LONGEST_MS);
  const isLeft = isUnfinished(task) && hasGivenUp(task.calls, watchedUntil);
  const shown = endless ?? (isLeft ? stretches.at(-1) : undefined);
  const [first, last] = [shown?.at(0), shown?.at(-1)];
  if (!shown || !first || !last) return [];
  const expected = `${MOST_POLLS} polls and ${LONGEST_MS / 60_000} minutes at most while nothing changes`;
  const actual = `${shown.length} polls in ${Math.round(pauseMs(first, last) / 1000)} s`;
  const exchanges = [...new Set([first.index, last.index])];
  return [{ exchanges, guilty: [last.index], problems: endless ? [{ expected, actual }] : [] }];
}

/** A client that polled this often without a change is waiting; it is not a test that reads a few responses. */
const WAITING_POLLS = 5;

/**
 * Returns the tasks that did not change and that the client was still polling at the end of the recording: whether it
 * would have given up is unknown.
 */
export function stillPolled({ followed, watchedUntil }: ClientRecording): readonly string[] {
  const waiting = followed.filter((task) => {
    const { length = 0 } = unmoved(task).at(-1) ?? [];
    return length >= WAITING_POLLS && isUnfinished(task) && !hasGivenUp(task.calls, watchedUntil);
  });
  return waiting.map(({ id }) => id);
}

/** Whether no response to the client was a reason to stop. */
function isUnfinished({ calls, end }: Followed): boolean {
  const last = byResponse(calls).at(-1);
  return !end && last !== undefined && (stateIn(last) !== undefined || busyStatus(last) !== undefined);
}

/**
 * Splits a task's requests until its end wherever it changed. Another rule judges repeated requests after a rejection.
 */
function unmoved(task: Followed): readonly (readonly ReadExchange[])[] {
  const stretches: ReadExchange[][] = [];
  let known: string | undefined;
  for (const call of beforeEnd(task).filter((one) => !isRejected(one))) {
    const state = stateIn(call);
    const stretch = stretches.at(-1);
    if (!stretch || (state !== undefined && known !== undefined && state !== known)) stretches.push([call]);
    else stretch.push(call);
    known = state ?? known;
  }
  return stretches;
}

function lengthMs(calls: readonly ReadExchange[]): number {
  return calls.reduce((sum, call, position) => {
    const before = calls[position - 1];
    return before ? sum + Math.min(LONGEST_PAUSE_MS, pauseMs(before, call)) : sum;
  }, 0);
}

/**
 * Pauses double, or nearly treble with decorrelated jitter: after a shorter silence, a client may still send a request.
 */
const INTERVALS = 3;

/** The minimum of the observation: even a client that polls very fast is observed for a moment. */
const LEAST_INTERVAL_MS = 1000;

/** With a single request, the client's interval is unknown. Few wait longer than this. */
const UNKNOWN_INTERVAL_MS = 10_000;

/**
 * Whether a client has stopped, and the recording did not just end: whether it was silent for three times its longest
 * pause, after any wait that the server asked for.
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
