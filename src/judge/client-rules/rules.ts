import type { ReadExchange } from "../read-exchange.js";
import { isPerhapsAfter } from "../recording.js";
import type { Verdict } from "../rule.js";
import { backsOff } from "./back-off.js";
import { boundedPolling } from "./bounded-polling.js";
import { afterEnd, type ClientRecording, type ClientRule } from "./client-recording.js";
import { honoursRetryAfter, politeInterval } from "./interval.js";
import { noRetryOfRejections, tokenToLink } from "./rejection.js";
import { oneSubmit } from "./submit.js";

const stopsAtEnd: ClientRule = {
  id: "stops-at-end",
  sentence: "A client does not poll a task again after COMPLETE.",
  severity: "violation",
  evidence: "documented",
  next: "Leave the loop, and clear its timer, at the first COMPLETE, because the task never changes after it.",
  judge: (recording) => judgeEnd(recording, "COMPLETE"),
};

const readsCanceled: ClientRule = {
  id: "reads-canceled",
  sentence: "A client does not poll a task again after CANCELED, which is a final state; FAILED does not exist.",
  severity: "violation",
  evidence: "documented",
  next: "Treat CANCELED as a failure: stop, and show the task's errors.",
  judge: (recording) => judgeEnd(recording, "CANCELED"),
};

function judgeEnd({ followed }: ClientRecording, state: "COMPLETE" | "CANCELED"): readonly Verdict[] {
  return followed.flatMap((task): readonly Verdict[] => {
    const { calls, end, ends } = task;
    if (end?.state !== state) return [];
    const late = afterEnd(task);
    const [first] = late;
    // A single further poll may have overlapped: it does not show whether the client noticed the end.
    const mayFollow = (call: ReadExchange) => {
      const seen = ends.get(call.exchange.page);
      if (!seen) return false;
      return isPerhapsAfter(call, seen) || (call.index > seen.index && call.exchange.isPerhapsOverlapping);
    };
    if (!first && calls.some(mayFollow)) return [];
    if (!first) return [{ exchanges: [end.call.index], problems: [] }];
    const problem = {
      expected: `no poll after ${state}`,
      actual: late.length === 1 ? "1 more" : `${late.length} more`,
    };
    const guilty = late.map(({ index }) => index);
    const seen = ends.get(first.exchange.page) ?? end.call;
    return [{ exchanges: [seen.index, first.index], guilty, problems: [problem] }];
  });
}

/** All rules for clients, in the order in which people read them. */
export const clientRules: readonly ClientRule[] = [
  oneSubmit,
  tokenToLink,
  politeInterval,
  stopsAtEnd,
  readsCanceled,
  boundedPolling,
  honoursRetryAfter,
  backsOff,
  noRetryOfRejections,
];

/** The rules about a client's waits: if time is frozen, they cannot be exercised. */
export const timedRules: readonly ClientRule[] = [politeInterval, boundedPolling, honoursRetryAfter, backsOff];
