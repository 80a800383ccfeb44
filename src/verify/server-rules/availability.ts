import { isEnd } from "../read.js";
import { type Rule, verdict } from "../rule.js";
import { isTransient, retryAfterMs } from "../transient.js";

export const availability: Rule = {
  id: "availability",
  sentence: "An outage is over before the timeout.",
  severity: "violation",
  evidence: "documented",
  next: "Try again later; if it stays, ask the server's people.",
  judge: ({ tasks, timeoutMs }) =>
    tasks.flatMap(({ accepted, calls, polls }) => {
      const last = calls.at(-1);
      if (!accepted || !last?.response) return [];
      const { status } = last.response;
      const waits = calls.filter(({ response }) => response && isTransient(response.status));
      const isOver = polls.some(({ state }) => isEnd(state)) || !isTransient(status);
      if (isOver) return waits.length > 0 ? [verdict(last.index)] : [];
      // Told to come back after the timeout, one does: that is an appointment, not an outage.
      if (isPostponed(last.response, last.exchange.startedAt, accepted.exchange.startedAt + timeoutMs)) return [];
      if (last.exchange.startedAt - accepted.exchange.startedAt < timeoutMs) return [];
      return [
        verdict(last.index, { expected: `an answer within ${timeoutMs / 1000} s`, actual: `${status} until the end` }),
      ];
    }),
};

/** Whether an answer names a time for the next try that lies behind the end of the run. */
export function isPostponed(
  response: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly json?: unknown },
  now: number,
  deadline: number,
): boolean {
  const isDaily = (response.json as { readonly policyName?: unknown } | null | undefined)?.policyName === "DAILY";
  return isTransient(response.status) && (isDaily || now + (retryAfterMs(response, now) ?? 0) > deadline);
}
