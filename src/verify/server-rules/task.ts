import type { Poll, TaskRecord } from "../read.js";
import { isLink, type ReadExchange } from "../read-exchange.js";
import { type Problem, type Rule, type Verdict, verdict } from "../rule.js";
import { shown } from "../schema.js";
import { acceptedId, isEnd, taskIn } from "../state.js";

export const taskKnown: Rule = {
  id: "task-known",
  sentence: "A task that was accepted is found whenever it is asked for.",
  severity: "violation",
  evidence: "documented",
  next: "Poll the id by hand; if it comes late, a client has to be told to expect that.",
  judge: ({ tasks, exchanges }) =>
    tasks.flatMap(({ id, accepted, calls }) =>
      calls.flatMap((call) => {
        const { index, response } = call;
        if (!accepted || !response || isRefusedForGood(call, exchanges)) return [];
        const isRefused = [400, 401, 403, 404].includes(response.status);
        return [verdict(index, ...(isRefused ? [{ expected: `the task ${id}`, actual: `${response.status}` }] : []))];
      }),
    ),
};

/** Whether a token is refused and never taken again: then it has expired or lacks scopes, and the server is right. */
export function isRefusedForGood(
  { index, exchange, response }: ReadExchange,
  exchanges: readonly ReadExchange[],
): boolean {
  if (response?.status !== 401 && response?.status !== 403) return false;
  // Of others' recordings nobody knows which token was sent.
  if (exchange.purpose === undefined) return true;
  const isTaken = (other: ReadExchange) => !other.exchange.purpose?.startsWith("refusal/") && taskIn(other.response);
  return !exchanges.some((other) => other.index > index && isTaken(other));
}

export const taskId: Rule = {
  id: "task-id",
  sentence: "Each import gets a task of its own, and each poll shows the task that was asked for.",
  severity: "violation",
  evidence: "documented",
  next: "A client that keeps tasks by their id mixes them up: report both ids.",
  judge: ({ exchanges, tasks }) => {
    const imports = exchanges.filter((one) => acceptedId(one) !== undefined);
    const ids = imports.map((one) => {
      const twin = imports.find((other) => other.index < one.index && acceptedId(other) === acceptedId(one));
      const problem = { pointer: "/id", expected: "an id of its own", actual: `${acceptedId(one)}, as another import` };
      return verdict(one.index, ...(twin ? [problem] : []));
    });
    const polls = tasks.flatMap(({ id, polls }) =>
      polls
        .filter(({ task }) => typeof task["taskId"] === "string" && task["taskId"] !== "")
        .map(({ index, task }) =>
          verdict(
            index,
            ...(task["taskId"] === id ? [] : [{ pointer: "/taskId", expected: id, actual: shown(task["taskId"]) }]),
          ),
        ),
    );
    return [...ids, ...polls];
  },
};

export const stateOrder: Rule = {
  id: "state-order",
  sentence: "A task goes from PENDING to PROCESSING to an end, and not back.",
  severity: "violation",
  evidence: "documented",
  next: "Clients that show progress will jump back: report the two answers with their times.",
  judge: ({ tasks }) =>
    pairs(
      tasks.map(untilEnd),
      ({ state }) => !isEnd(state),
      (before, after) =>
        before.state === "PROCESSING" && after.state === "PENDING"
          ? [{ pointer: "/status", expected: "PROCESSING or an end", actual: "PENDING" }]
          : [],
    ),
};

export const terminalState: Rule = {
  id: "terminal-state",
  sentence: "A task that has ended stays as it ended.",
  severity: "violation",
  evidence: "documented",
  next: "Clients stop at the first end that they see: report the two answers with their times.",
  judge: ({ tasks }) =>
    pairs(
      tasks,
      ({ state }) => isEnd(state),
      (before, after) =>
        before.state === after.state ? [] : [{ pointer: "/status", expected: before.state, actual: after.state }],
    ),
};

export const endsInTime: Rule = {
  id: "ends-in-time",
  sentence: "A task ends before the timeout.",
  severity: "violation",
  evidence: "inferred",
  next: "Raise --timeout if tasks may take longer; otherwise the task is stuck.",
  judge: ({ tasks, timeoutMs }) =>
    tasks.flatMap(({ accepted, polls }) => {
      // The one try of the link comes whenever the polls are over.
      const seen = polls.findLast(({ exchange }) => !isLink(exchange));
      if (!accepted || !seen) return [];
      if (polls.some(({ state }) => isEnd(state))) return [verdict(seen.index)];
      const tookMs = seen.exchange.startedAt - accepted.exchange.startedAt;
      // The run polls once more at the very end. What is shorter was broken off, or not answered with a task.
      if (tookMs < timeoutMs) return [];
      const problem = {
        pointer: "/status",
        expected: `an end within ${timeoutMs / 1000} s`,
        actual: `${seen.state} still`,
      };
      return [verdict(seen.index, problem)];
    }),
};

/** What comes after the end is judged as that. */
function untilEnd(task: TaskRecord): TaskRecord {
  const end = task.polls.findIndex(({ state }) => isEnd(state));
  return end === -1 ? task : { ...task, polls: task.polls.slice(0, end + 1) };
}

/** Each poll after another of the same task, where the earlier one is of a kind; compared with the last of that kind. */
function pairs(
  tasks: readonly TaskRecord[],
  isFirst: (poll: Poll) => boolean,
  compare: (before: Poll, after: Poll) => readonly Problem[],
): readonly Verdict[] {
  return tasks.flatMap(({ polls }) =>
    polls.flatMap((after, index) => {
      const before = polls.slice(0, index).filter(isFirst).at(-1);
      return before ? [{ exchanges: [before.index, after.index], problems: compare(before, after) }] : [];
    }),
  );
}
