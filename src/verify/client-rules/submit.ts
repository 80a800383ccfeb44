import { acceptedId, type ReadExchange } from "../read.js";
import type { Rule } from "../rule.js";
import { bodyKey, type Followed, followedTasks, isAfter } from "./calls.js";

export const oneSubmit: Rule = {
  id: "one-submit",
  sentence: "An import that was accepted is not submitted again before its task has ended.",
  severity: "violation",
  evidence: "documented",
  next: "Disable the button and keep the task's id, over a reload, too: a second import makes a second file.",
  judge: (recording) => {
    const tasks = new Map(followedTasks(recording).map((task) => [task.id, task]));
    const accepted = recording.exchanges.filter((call) => acceptedId(call) !== undefined);
    return accepted.map((call) => {
      const twin = accepted.find(
        (other) => isBefore(other, call) && bodyKey(other) === bodyKey(call) && isOpen(other, call, tasks),
      );
      if (!twin) return { exchanges: [call.index], problems: [] };
      const problem = {
        expected: "one submit",
        actual: `the same import again, before the end of ${acceptedId(twin)}`,
      };
      return { exchanges: [twin.index, call.index], problems: [problem] };
    });
  },
};

function isBefore(other: ReadExchange, call: ReadExchange): boolean {
  const aheadMs = call.exchange.startedAt - other.exchange.startedAt;
  return aheadMs > 0 || (aheadMs === 0 && other.index < call.index);
}

/** After an end it is another import: a person tries again what was canceled, or fetches a file anew. */
function isOpen(accepted: ReadExchange, later: ReadExchange, tasks: ReadonlyMap<string, Followed>): boolean {
  const end = tasks.get(acceptedId(accepted) ?? "")?.end;
  return !end || !isAfter(later, end.call);
}
