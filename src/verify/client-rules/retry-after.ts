import { isAfter } from "../order.js";
import { answeredAt, type ReadExchange } from "../read-exchange.js";
import type { Problem, Verdict } from "../rule.js";
import { acceptedId } from "../state.js";
import { askedToWait, EARLY, firstAfter } from "./calls.js";
import type { ClientRule } from "./client-recording.js";

export const honoursRetryAfter: ClientRule = {
  id: "honours-retry-after",
  sentence:
    "A request is sent again, and an accepted task first polled, only after the time that Retry-After asks for.",
  severity: "violation",
  evidence: "http",
  next: "Read Retry-After - seconds or a date - of any response that has it, and wait that long before the next try.",
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

/** However long the wait, a second is the most that a client may come early: the header counts in whole seconds. */
const EARLY_MS = 1000;

/** Whether a request was sent before the time that a response asked for: that is this rule's mistake, and no other's. */
export function comesTooEarly(call: ReadExchange, next: ReadExchange): boolean {
  return isAfter(next, call) && judgeWait(call, next).some(({ problems }) => problems.length > 0);
}

function judgeWait(call: ReadExchange, next: ReadExchange | undefined): readonly Verdict[] {
  const asked = askedToWait(call);
  if (!asked || asked.ms === 0 || !next) return [];
  const waitedMs = next.exchange.startedAt - answeredAt(call);
  const earlyMs = asked.isDate ? EARLY_MS : Math.min(EARLY_MS, asked.ms * EARLY);
  const problem: Problem = {
    expected: `a pause of ${Math.round(asked.ms)} ms after ${call.exchange.response?.status}, as Retry-After asks`,
    actual: `${waitedMs} ms`,
  };
  return [{ exchanges: [call.index, next.index], problems: waitedMs < asked.ms - earlyMs ? [problem] : [] }];
}
