import { isPerhapsAfter } from "../order.js";
import type { ReadExchange } from "../read-exchange.js";
import type { Verdict } from "../rule.js";
import { acceptedId } from "../state.js";
import type { ClientRule, Followed } from "./client-recording.js";

export const oneSubmit: ClientRule = {
  id: "one-submit",
  sentence: "An import that was accepted is not submitted again before its task has ended.",
  severity: "violation",
  evidence: "documented",
  next: "Disable the button and keep the task's id, over a reload, too: a second import makes a second file.",
  judge: ({ followed, sameRequests }) => {
    const tasks = new Map(followed.map((task) => [task.id, task]));
    return sameRequests.flatMap((calls) => judgeAccepted(calls.filter(isAccepted), tasks));
  },
};

function isAccepted(call: ReadExchange): boolean {
  return acceptedId(call) !== undefined;
}

/** @param submits of one import, in the order in which they were sent */
function judgeAccepted(submits: readonly ReadExchange[], tasks: ReadonlyMap<string, Followed>): readonly Verdict[] {
  let oldestOpen = 0;
  return submits.map((call, position) => {
    // What has ended when one is sent has ended for all that are sent later, and need not be looked at again.
    while (oldestOpen < position && !isOpen(submits[oldestOpen], call, tasks)) oldestOpen += 1;
    const twin = oldestOpen < position ? submits[oldestOpen] : undefined;
    if (!twin) return { exchanges: [call.index], problems: [] };
    const problem = {
      expected: "one submit",
      actual: `the same import again, before the end of ${acceptedId(twin)}`,
    };
    return { exchanges: [twin.index, call.index], problems: [problem] };
  });
}

/** After an end it is another import: a person tries again what was canceled, or fetches a file anew. */
function isOpen(
  accepted: ReadExchange | undefined,
  later: ReadExchange,
  tasks: ReadonlyMap<string, Followed>,
): boolean {
  const end = tasks.get((accepted && acceptedId(accepted)) ?? "")?.end;
  return !end || !isPerhapsAfter(later, end.call);
}
