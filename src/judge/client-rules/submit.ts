import { instantOf } from "../../time.js";
import { acceptedId, answeredAt, isEnd, type ReadExchange, taskIn } from "../read-exchange.js";
import { isPerhapsAfter } from "../recording.js";
import type { Verdict } from "../rule.js";
import type { ClientRule, Followed } from "./client-recording.js";

export const oneSubmit: ClientRule = {
  id: "one-submit",
  sentence: "A client does not submit an accepted import again before its task has ended.",
  severity: "violation",
  evidence: "documented",
  next: "Disable the button, and keep the task's id even across a reload: a second import creates a second file.",
  judge: ({ followed, sameRequests }) => {
    const lives = new Map(followed.map((task) => [task.id, lifeOf(task)]));
    return sameRequests.flatMap((calls) => judgeAccepted(acceptedIn(calls, lives)));
  },
};

/** What the client's requests, including later ones, show of a task's life. Instants in epoch milliseconds. */
interface Life {
  readonly end?: Followed["end"];
  /** On the client's clock: when the last poll was sent whose response showed a state before the end. */
  readonly underWayAt: number;
  /** On the server's clock. */
  readonly requestedAt?: number | undefined;
  /** On the server's clock. */
  readonly completedAt?: number | undefined;
}

function lifeOf({ calls, end }: Followed): Life {
  let underWayAt = Number.NEGATIVE_INFINITY;
  let requestedAt: number | undefined;
  for (const call of calls) {
    const seen = taskIn(call.response);
    requestedAt ??= instantOf(seen?.task["requestedAt"]);
    if (seen && !isEnd(seen.state)) underWayAt = Math.max(underWayAt, call.exchange.startedAt);
  }
  const completedAt = instantOf(taskIn(end?.call.response)?.task["completedAt"]);
  return { ...(end && { end }), underWayAt, requestedAt, completedAt };
}

interface Accepted {
  readonly call: ReadExchange;
  readonly id: string;
  readonly life: Life | undefined;
}

function acceptedIn(calls: readonly ReadExchange[], lives: ReadonlyMap<string, Life>): readonly Accepted[] {
  return calls.flatMap((call) => {
    const id = acceptedId(call);
    return id === undefined ? [] : [{ call, id, life: lives.get(id) }];
  });
}

/** @param submits of one import, in the order in which they were sent */
function judgeAccepted(submits: readonly Accepted[]): readonly Verdict[] {
  let oldest = 0;
  let isUnsure = false;
  const verdicts = submits.map((submit, position): Verdict => {
    const { call } = submit;
    // A task that ended before one import also ended before all later ones, so it is not checked again.
    while (oldest < position && standing(submits[oldest], submit) === "ended") oldest += 1;
    const earlier = [submits[oldest], submits[position - 1]].slice(0, position - oldest);
    const twin = earlier.find((one) => standing(one, submit) === "under way");
    isUnsure ||= !twin && earlier.some((one) => standing(one, submit) === "unknown");
    if (!twin) return { exchanges: [call.index], problems: [] };
    const problem = { expected: "one submit", actual: `the same import again, before the end of ${twin.id}` };
    return { exchanges: [twin.call.index, call.index], guilty: [call.index], problems: [problem] };
  });
  // If it is unknown whether a task had ended, it is also unknown whether its import was submitted twice.
  return isUnsure ? verdicts.filter(({ problems }) => problems.length > 0) : verdicts;
}

/**
 * Returns the state of an accepted import's task when the same import was submitted again. After its end that is a new
 * import, even if the client had not seen the end: a user retries a canceled import, or imports a changed file.
 */
function standing(earlier: Accepted | undefined, { call, life }: Accepted): "under way" | "ended" | "unknown" {
  if (!earlier) return "ended";
  const { startedAt } = call.exchange;
  const { underWay } = call.exchange;
  const { end, underWayAt = Number.NEGATIVE_INFINITY, completedAt } = earlier.life ?? {};
  if (end && isPerhapsAfter(call, end.call)) return "ended";
  if (underWay) return underWay.includes(earlier.id) ? "under way" : "ended";
  // Sent before the id was known, or while polls still show no end.
  if (startedAt <= answeredAt(earlier.call) || startedAt <= underWayAt) return "under way";
  if (completedAt === undefined || life?.requestedAt === undefined) return "unknown";
  return completedAt <= life.requestedAt ? "ended" : "under way";
}
