import { retryAfterMs } from "../../retry-after.js";
import { byResponse, endOf, isAfter } from "../order.js";
import type { Recording, TaskRecord } from "../read.js";
import { answeredAt, type ReadExchange } from "../read-exchange.js";
import { type Rule, type Verdict, verdict } from "../rule.js";
import { acceptedId, isEnd, taskIn } from "../state.js";
import { isDailyLimit, isOfAccount, isTransient } from "../transient.js";

export const availability: Rule = {
  id: "availability",
  sentence: "An outage is over before the timeout.",
  severity: "violation",
  evidence: "documented",
  next: "Look at HubSpot's status page and try again later. If it stays, report it to HubSpot with the recording.",
  judge: judgeAvailability,
};

/** Whether a task was put off until the end. What else was asked meanwhile says nothing about the server. */
export function isOutage({ tasks, timeoutMs }: Recording): boolean {
  return tasks.some((task) => putOffUntilEnd(task, timeoutMs) !== undefined);
}

function judgeAvailability({ tasks, timeoutMs }: Recording): readonly Verdict[] {
  return tasks.flatMap((task) => {
    const { accepted, calls } = task;
    const last = byResponse(calls).at(-1);
    if (!accepted || !last?.response) return [];
    if (!isTransient(last.response.status)) return calls.some(isPutOff) ? [verdict(last.index)] : [];
    const lastTry = putOffUntilEnd(task, timeoutMs);
    if (!lastTry || limitUntilEnd(task, timeoutMs)) return [];
    const actual = `${lastTry.response?.status} until the end`;
    return [verdict(lastTry.index, { expected: `an answer within ${timeoutMs / 1000} s`, actual })];
  });
}

/** The last try of a task that was put off until the end, for the whole timeout. */
function putOffUntilEnd({ accepted, calls, ...task }: TaskRecord, timeoutMs: number): ReadExchange | undefined {
  const last = byResponse(calls).at(-1);
  if (!accepted || !last || !isPutOff(last)) return undefined;
  const lastTry = outageOf(calls).findLast(isPutOff);
  // Given up earlier, it was told to come back after the timeout: that is an appointment, not an outage.
  const isWaitedOut = lastTry && lastTry.exchange.startedAt - patienceBegan({ ...task, accepted, calls }) >= timeoutMs;
  return isWaitedOut ? lastTry : undefined;
}

/**
 * The last response by which the account's limit put a task off that was put off until the end. Where the limit had a part
 * in it, nobody knows whether the server was out, unless it was out for the whole timeout after that.
 */
export function limitUntilEnd(task: TaskRecord, timeoutMs: number): ReadExchange | undefined {
  const lastTry = putOffUntilEnd(task, timeoutMs);
  if (!lastTry) return undefined;
  const outage = outageOf(task.calls);
  const limit = outage.findLast(({ response }) => response !== undefined && isOfAccount(response.status));
  const [since] = limit ? outage.filter((call) => isAfter(call, limit)) : [];
  const isOutAnyway = since && lastTry.exchange.startedAt - since.exchange.startedAt >= timeoutMs;
  return isOutAnyway ? undefined : limit;
}

function isPutOff({ response }: ReadExchange): boolean {
  return response !== undefined && isTransient(response.status);
}

/** The calls that were sent after the last good response; none where it may have come later than all of them. */
function outageOf(calls: readonly ReadExchange[]): readonly ReadExchange[] {
  const good = calls.filter((call) => call.response && !isPutOff(call));
  if (good.length === 0) return calls;
  const lastGood = good.reduce((last, call) => (endOf(call) >= endOf(last) ? call : last));
  return calls.filter((call) => isAfter(call, lastGood));
}

/** A task whose import was seen, with what was asked about it. */
type Followed = Pick<TaskRecord, "journey" | "calls" | "polls"> & {
  readonly accepted: NonNullable<TaskRecord["accepted"]>;
};

/**
 * Since when the last answers of a task are waited out, in epoch milliseconds: since its import; after its end, and where
 * nobody knows how long a client meant to wait, since the first of them.
 */
export function patienceBegan({ journey, accepted, calls, polls }: Followed): number {
  const imported = accepted.exchange.startedAt;
  if (journey !== undefined && !polls.some(({ state }) => isEnd(state))) return imported;
  return outageOf(calls)[0]?.exchange.startedAt ?? imported;
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
