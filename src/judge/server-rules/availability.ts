import { retryAfterMs } from "../../exchange/retry-after.js";
import { journeyOf, type Rejection } from "../../exchange/run-step.js";
import { postponed, tokenRefused, unreachable } from "../inconclusive.js";
import {
  acceptedId,
  answeredAt,
  isBusy,
  isDailyLimit,
  isEnd,
  isExpectedRejection,
  isLink,
  isOfAccount,
  isTransient,
  REJECTION_STATUSES,
  type ReadExchange,
  taskIn,
} from "../read-exchange.js";
import { byResponse, endOf, isAfter, type Recording, type TaskRecord } from "../recording.js";
import { type DecliningRule, type Evidence, type Inconclusive, type Verdict, verdict } from "../rule.js";
import { isRejectedForGood, lastTaken } from "./task.js";

export const availability: DecliningRule = {
  id: "availability",
  mayDecline: true,
  sentence: "An outage is over before the timeout.",
  severity: "violation",
  evidence: "documented",
  next: "Look at HubSpot's status page and try again later. If it stays, report it to HubSpot with the recording.",
  judge: judgeAvailability,
};

/** Whether a task was delayed until the end. Other requests in the meantime show nothing about the server. */
function isOutage({ tasks, timeoutMs }: Recording): boolean {
  return tasks.some((task) => putOffUntilEnd(task, timeoutMs) !== undefined);
}

function judgeAvailability({ exchanges, tasks, timeoutMs }: Recording): readonly (Verdict | Inconclusive)[] {
  const taken = lastTaken(exchanges);
  return tasks.flatMap((task) => [...judgeOutage(task, timeoutMs), ...whyNotFollowed(task, timeoutMs, taken)]);
}

function judgeOutage(task: TaskRecord, timeoutMs: number): readonly Verdict[] {
  const { accepted, calls } = task;
  const last = byResponse(calls).at(-1);
  if (!accepted || !last?.response) return [];
  if (!isTransient(last.response.status)) return calls.some(isPutOff) ? [verdict(last.index)] : [];
  const lastTry = putOffUntilEnd(task, timeoutMs);
  if (!lastTry || limitUntilEnd(task, timeoutMs)) return [];
  const actual = `${lastTry.response?.status} until the end`;
  return [verdict(lastTry.index, { expected: `a response within ${timeoutMs / 1000} s`, actual })];
}

/** Why a task was not followed to its end, or to the requests after that. */
function whyNotFollowed(task: TaskRecord, timeoutMs: number, taken: ReadExchange | undefined): readonly Inconclusive[] {
  const { accepted, calls, polls, journey } = task;
  // If a run gave up, its single attempt of the link does not show the reason.
  const isGivenUp = !polls.some(({ state }) => isEnd(state));
  // An app need not request anything after the end; whatever it gets then hides nothing.
  if (journey === undefined && !isGivenUp) return [];
  // If a client did not wait for a response, that shows nothing about the server.
  const waited = byResponse(calls).filter(({ exchange }) => exchange.failure?.kind !== "client-gone");
  const called = waited.findLast(({ exchange }) => !isGivenUp || !isLink(exchange));
  if (!accepted) return [];
  const last = called ?? accepted;
  if (!last.response) return [unreachable(last.exchange)];
  const { status } = last.response;
  if (isRejectedForGood(last, taken)) return [tokenRefused(status, last)];
  const waits = [
    { call: last, since: patienceBegan({ ...task, accepted }, timeoutMs) },
    ...task.links.slice(-1).map((call) => ({ call, since: task.links[0]?.exchange.startedAt ?? 0 })),
  ];
  const limit = limitUntilEnd(task, timeoutMs);
  if (limit?.response) return [postponed({ ...limit, response: limit.response })];
  return waits.flatMap(({ call, since }) =>
    call.response && isPostponed(call, since + timeoutMs) ? [postponed({ ...call, response: call.response })] : [],
  );
}

/** Returns the last attempt of a task that was delayed until the end, for the whole timeout. */
function putOffUntilEnd({ accepted, calls, ...task }: TaskRecord, timeoutMs: number): ReadExchange | undefined {
  const last = byResponse(calls).at(-1);
  if (!accepted || !last || !isPutOff(last)) return undefined;
  const lastTry = outageOf(calls, timeoutMs).findLast(isPutOff);
  const since = patienceBegan({ ...task, accepted, calls }, timeoutMs);
  // A run that gave up earlier was asked to come back after the timeout: that is not an outage.
  return lastTry && lastTry.exchange.startedAt - since >= timeoutMs ? lastTry : undefined;
}

/**
 * Returns the last response by which the account's limit delayed a task that was delayed until the end. If the limit
 * was involved, an outage is uncertain, unless it lasted for the whole timeout after that.
 */
function limitUntilEnd(task: TaskRecord, timeoutMs: number): ReadExchange | undefined {
  const lastTry = putOffUntilEnd(task, timeoutMs);
  if (!lastTry) return undefined;
  const outage = outageOf(task.calls, timeoutMs);
  const limit = outage.findLast(({ response }) => response !== undefined && isOfAccount(response.status));
  const [since] = limit ? outage.filter((call) => isAfter(call, limit)) : [];
  const isOutAnyway = since && lastTry.exchange.startedAt - since.exchange.startedAt >= timeoutMs;
  return isOutAnyway ? undefined : limit;
}

function isPutOff({ response }: ReadExchange): boolean {
  return response !== undefined && isTransient(response.status);
}

/**
 * Returns the requests that were sent after the last good response; none if that may have arrived later than all of
 * them. A pause longer than the timeout begins a new outage, as of a laptop that slept: the first one may have ended.
 */
function outageOf(calls: readonly ReadExchange[], timeoutMs: number): readonly ReadExchange[] {
  const good = calls.filter((call) => call.response && !isPutOff(call));
  const lastGood = good.reduce<ReadExchange | undefined>(
    (last, call) => (last && endOf(call) < endOf(last) ? last : call),
    undefined,
  );
  const outage = lastGood ? calls.filter((call) => isAfter(call, lastGood)) : calls;
  const resumed = outage.findLastIndex((call, position) => {
    const before = outage[position - 1];
    return before && call.exchange.startedAt - answeredAt(before) > timeoutMs;
  });
  return outage.slice(Math.max(0, resumed));
}

/** A task whose import was recorded, with its requests. */
type Followed = Pick<TaskRecord, "journey" | "calls" | "polls"> & {
  readonly accepted: NonNullable<TaskRecord["accepted"]>;
};

/**
 * Since when a task's last responses are delayed, in epoch milliseconds: since its import; after its end, or if the
 * client's patience is unknown, since the first of them.
 */
function patienceBegan({ journey, accepted, calls, polls }: Followed, timeoutMs: number): number {
  const imported = accepted.exchange.startedAt;
  if (journey !== undefined && !polls.some(({ state }) => isEnd(state))) return imported;
  return outageOf(calls, timeoutMs)[0]?.exchange.startedAt ?? imported;
}

/** Whether a response arrived in time but names a time for the next attempt after the end of the run. */
export function isPostponed(call: ReadExchange, deadline: number): boolean {
  const { response, exchange } = call;
  if (!response || exchange.startedAt >= deadline) return false;
  if (!isTransient(response.status) && !isUnderWay(call)) return false;
  if (isTransient(response.status) && isDailyLimit(response.json)) return true;
  const cameAt = answeredAt(call);
  return cameAt + (retryAfterMs(response, cameAt) ?? 0) > deadline;
}

/**
 * Whether a response in a run of this kit shows that a task continues. In other recordings the client need not have
 * polled again.
 */
function isUnderWay(call: ReadExchange): boolean {
  if (call.exchange.step === undefined) return false;
  const seen = taskIn(call.response);
  return acceptedId(call) !== undefined || (seen !== undefined && !isEnd(seen.state));
}

const SENTENCES: Readonly<Record<Rejection, { readonly sentence: string; readonly evidence: Evidence }>> = {
  "no-token": { sentence: "A request without a token gets a 401.", evidence: "live" },
  "wrong-token": { sentence: "A request with a wrong token gets a 401.", evidence: "live" },
  "undecodable-id": { sentence: "A poll of an id that cannot be decoded gets a 400.", evidence: "live" },
  "unknown-id": { sentence: "A poll of an id that names no task gets a 404 or a 400.", evidence: "inferred" },
  "missing-url": { sentence: "An import without a url gets a 400.", evidence: "live" },
  "wrong-enum": { sentence: "An import with an unknown access gets a 400.", evidence: "documented" },
};

/** A rule for each request that has to be rejected. The form of the rejection is judged like that of any response. */
export const rejections: readonly DecliningRule[] = Object.entries(SENTENCES).map(([rejection, words]) => ({
  id: `refusal-${rejection}`,
  mayDecline: true,
  ...words,
  severity: "violation",
  next: "See what your client does with this status, because its error handling relies on it. If HubSpot's changelog does not mention it, report it to HubSpot with the recording.",
  judge: (recording) =>
    finalAnswers(recording)
      .filter(({ exchange }) => exchange.step?.request === rejection)
      .flatMap((one): readonly (Verdict | Inconclusive)[] => {
        const { index, operation, exchange, response } = one;
        if (response && isExpectedRejection(exchange.step, response.status)) return [verdict(index)];
        const reason = whyNotAnswered(one, recording);
        if (reason) return [reason];
        if (isExcused(one, recording)) return [];
        const [status] = REJECTION_STATUSES[rejection as Rejection];
        const pointer = operation && recording.contract.operations.get(operation)?.pointer;
        const line = recording.contract.lineOf(`${pointer}/responses/${status}`);
        const actual = response ? `${response.status}` : `no response: ${exchange.failure?.message}`;
        return [verdict(index, { expected: `${status}`, actual, line })];
      }),
}));

/** Without a response, the network may be the cause; and a delayed request may get its response later. */
function whyNotAnswered(one: ReadExchange, recording: Recording): Inconclusive | undefined {
  const { response, exchange } = one;
  if (response) return isBusy(response.status) ? postponed({ ...one, response }) : undefined;
  return isAnsweredAfter(one, recording) ? undefined : unreachable(exchange);
}

/** If the server was out, or also rejected the right token, the response is not about the request. */
function isExcused({ operation, response }: ReadExchange, recording: Recording): boolean {
  if (!response) return false;
  const { status } = response;
  if (isTransient(status)) return isOutage(recording);
  const isRefusedToAll = recording.exchanges.some(
    (other) =>
      other.operation === operation &&
      journeyOf(other.exchange.step) !== undefined &&
      other.response?.status === status,
  );
  return (status === 401 || status === 403) && isRefusedToAll;
}

/** Whether the server was available: it responded later, and at least once for this operation. */
function isAnsweredAfter(one: ReadExchange, { exchanges }: Recording): boolean {
  const answered = exchanges.filter(({ response }) => response !== undefined);
  return answered.some((other) => isAfter(other, one)) && answered.some(({ operation }) => operation === one.operation);
}

/** A request is repeated if the response says "not now", so only the last response to each counts. */
function finalAnswers({ exchanges }: Recording): readonly ReadExchange[] {
  const asked = exchanges.filter(({ exchange }) => exchange.step?.part === "rejection");
  return [...new Map(asked.map((one) => [`${one.exchange.step?.request} ${one.operation}`, one])).values()];
}
