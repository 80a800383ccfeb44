import { retryAfterMs } from "../../retry-after.js";
import type { Recording, TaskRecord } from "../read.js";
import { answeredAt, type ReadExchange } from "../read-exchange.js";
import { type Rule, type Verdict, verdict } from "../rule.js";
import { acceptedId, isEnd, taskIn } from "../state.js";
import { isDailyLimit, isTransient } from "../transient.js";

export const availability: Rule = {
  id: "availability",
  sentence: "An outage is over before the timeout.",
  severity: "violation",
  evidence: "documented",
  next: "Try again later; if it stays, ask the server's people.",
  judge: judgeAvailability,
};

/** Whether a task met an outage that did not end. What else was asked meanwhile says nothing about the server. */
export function isOutage(recording: Recording): boolean {
  return judgeAvailability(recording).some(({ problems }) => problems.length > 0);
}

function judgeAvailability({ tasks, timeoutMs }: Recording): readonly Verdict[] {
  return tasks.flatMap(({ accepted, calls, polls }) => {
    const last = calls.at(-1);
    if (!accepted || !last?.response) return [];
    const { status } = last.response;
    const waits = calls.filter(({ response }) => response && isTransient(response.status));
    if (!isTransient(status)) return waits.length > 0 ? [verdict(last.index)] : [];
    // Given up earlier, it was told to come back after the timeout: that is an appointment, not an outage.
    if (last.exchange.startedAt - patienceBegan({ accepted, calls, polls }) < timeoutMs) return [];
    const problem = { expected: `an answer within ${timeoutMs / 1000} s`, actual: `${status} until the end` };
    return [verdict(last.index, problem)];
  });
}

/** A task whose import was seen, with what was asked about it. */
type Followed = Pick<TaskRecord, "calls" | "polls"> & { readonly accepted: NonNullable<TaskRecord["accepted"]> };

/**
 * Since when the last answers of a task are waited out, in epoch milliseconds: since its import, and after its end since
 * the first of them.
 */
export function patienceBegan({ accepted, calls, polls }: Followed): number {
  const imported = accepted.exchange.startedAt;
  if (!polls.some(({ state }) => isEnd(state))) return imported;
  const lastGood = calls.findLastIndex(({ response }) => response && !isTransient(response.status));
  return calls[lastGood + 1]?.exchange.startedAt ?? imported;
}

/** Whether a response that came in time names a time for the next try that lies behind the end of the run. */
export function isPostponed(call: ReadExchange, deadline: number): boolean {
  const { response, exchange } = call;
  if (!response || exchange.startedAt >= deadline) return false;
  if (!isTransient(response.status) && !isUnderWay(call)) return false;
  if (isTransient(response.status) && isDailyLimit(response.json)) return true;
  const cameAt = answeredAt(call);
  return cameAt + (retryAfterMs(response, cameAt) ?? 0) > deadline;
}

/** Whether a response of a run's own shows that a task goes on. In others' recordings nobody would have come back. */
function isUnderWay(call: ReadExchange): boolean {
  if (call.exchange.purpose === undefined) return false;
  const seen = taskIn(call.response);
  return acceptedId(call) !== undefined || (seen !== undefined && !isEnd(seen.state));
}
