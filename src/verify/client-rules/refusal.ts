import type { ReadExchange, Recording } from "../read.js";
import type { Rule, Verdict } from "../rule.js";
import { answeredAt, isAfter, sameRequests } from "./calls.js";

export const noRetryOfRefusals: Rule = {
  id: "no-retry-of-refusals",
  sentence: "What was refused with a 4xx is not sent again unchanged; after 401 a new token is a change.",
  severity: "violation",
  evidence: "documented",
  next: "Retry 423, 429, 477 and 5xx alone; after 401 once, with a new token; tell the user of every other 4xx.",
  judge: (recording) =>
    sameRequests(recording).flatMap((calls) => calls.flatMap((call) => judgeRefusal(call, calls, recording))),
};

/** These 4xx may pass by themselves: a slow request, a conflict, a host that is not meant, a lock, too early, a limit. */
const PASSING: readonly number[] = [408, 409, 421, 423, 425, 429, 477];

/**
 * A task that was just accepted may not be known everywhere yet; a client may ask again for two seconds. Half a second
 * more is for the acceptance's way to the client, which a server's journal does not show.
 */
const SETTLING_MS = 2500;

function judgeRefusal(call: ReadExchange, calls: readonly ReadExchange[], recording: Recording): readonly Verdict[] {
  const { status = 0 } = call.response ?? {};
  if (status < 400 || status > 499 || PASSING.includes(status)) return [];
  const again = calls.find((other) => isAfter(other, call));
  if (!again) return call.exchange.isPerhapsTogether ? [] : [{ exchanges: [call.index], problems: [] }];
  const token = tokenChange(call, again);
  if (status === 401 && token === "unknown") return [];
  if (status === 404 && isJustAccepted(call, recording)) return [];
  const problem = { expected: `no second try after ${status}`, actual: "the same request again" };
  return [{ exchanges: [call.index, again.index], problems: token === "new" ? [] : [problem] }];
}

function tokenChange(before: ReadExchange, after: ReadExchange): "new" | "same" | "unknown" {
  const [first, second] = [before.exchange.request.tokenId, after.exchange.request.tokenId];
  if (first === undefined || second === undefined) return "unknown";
  return first === second ? "same" : "new";
}

function isJustAccepted(call: ReadExchange, { tasks }: Recording): boolean {
  return tasks.some(
    ({ id, accepted }) => accepted && call.id === id && call.exchange.startedAt < answeredAt(accepted) + SETTLING_MS,
  );
}
