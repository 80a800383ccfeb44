import type { ReadExchange } from "../read.js";
import type { Rule, Verdict } from "../rule.js";
import { beforeEnd, busyStatus, type Followed, followedTasks, pauseMs, stateIn } from "./calls.js";

export const boundedPolling: Rule = {
  id: "bounded-polling",
  sentence: "A task that does not move is given up within 300 polls and 15 minutes.",
  severity: "violation",
  evidence: "inferred",
  next: "Give polling a budget, such as two minutes, and tell the user when it is spent.",
  judge: (recording) => followedTasks(recording).flatMap(judgeBound),
};

/**
 * Real clients give up after 30 to 120 seconds. The most patient of them, at the shortest interval that is polite, has
 * asked 240 times then.
 */
const MOST_POLLS = 300;
const LONGEST_MS = 15 * 60_000;

/** A longer pause counts as this: a laptop slept, or the server asked for a day. */
const LONGEST_PAUSE_MS = 10_000;

/** A task that ended in good time shows nothing: who would have waited for ever has stopped there, too. */
function judgeBound(task: Followed): readonly Verdict[] {
  const stretches = unmoved(beforeEnd(task));
  const endless = stretches.find((calls) => calls.length > MOST_POLLS || lengthMs(calls) > LONGEST_MS);
  const shown = endless ?? (isLeftUnfinished(task) ? stretches.at(-1) : undefined);
  const [first, last] = [shown?.at(0), shown?.at(-1)];
  if (!shown || !first || !last) return [];
  const expected = `${MOST_POLLS} polls and ${LONGEST_MS / 60_000} minutes at most while nothing changes`;
  const actual = `${shown.length} polls in ${Math.round(pauseMs(first, last) / 1000)} s`;
  return [{ exchanges: [...new Set([first.index, last.index])], problems: endless ? [{ expected, actual }] : [] }];
}

/** Whether the client stopped asking, though nothing that it was told could be a reason. */
function isLeftUnfinished({ calls, end }: Followed): boolean {
  const last = calls.at(-1);
  return !end && last !== undefined && (stateIn(last) !== undefined || busyStatus(last) !== undefined);
}

/** A task's calls, divided where it moved. */
function unmoved(calls: readonly ReadExchange[]): readonly (readonly ReadExchange[])[] {
  const stretches: ReadExchange[][] = [];
  let known: string | undefined;
  for (const call of calls) {
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
