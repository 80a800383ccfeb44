import equal from "fast-deep-equal";
import { isObject, type JsonObject } from "../../contract/document.js";
import { isEnd, type Poll, type Recording } from "../read.js";
import { type Problem, type Rule, verdict } from "../rule.js";
import { shown } from "../schema.js";

export const requestedAt: Rule = {
  id: "requested-at",
  sentence: "A task's requestedAt is when it was requested, the same in every answer.",
  severity: "violation",
  evidence: "documented",
  next: "Report the answers that differ; a client cannot tell how long a task has taken.",
  judge: ({ tasks }) =>
    tasks.flatMap(({ accepted, polls }) => {
      const dated = polls.filter(({ task }) => instantOf(task["requestedAt"]) !== undefined);
      const first = dated[0];
      return dated.map((poll) => {
        const at = instantOf(poll.task["requestedAt"]) as number;
        const before = first && instantOf(first.task["requestedAt"]);
        const came = { pointer: "/requestedAt", actual: shown(poll.task["requestedAt"]) };
        if (at !== before) return pairOf(first, poll, { ...came, expected: shown(first?.task["requestedAt"]) });
        const sentAt = accepted && earliest(accepted.exchange.startedAt, accepted.response.headers["date"]);
        const isOld = poll === first && sentAt !== undefined && at < sentAt - TOLERANCE_MS;
        return pairOf(first, poll, isOld && { ...came, expected: `about ${isoDate(sentAt)}` });
      });
    }),
};

export const dateOrder: Rule = {
  id: "date-order",
  sentence:
    "requestedAt is not after startedAt, startedAt not after completedAt, a file's createdAt not after its updatedAt.",
  severity: "violation",
  evidence: "documented",
  next: "Report the answer; durations computed from these dates are negative.",
  judge: (recording) =>
    allPolls(recording).flatMap(({ index, state, task }) => {
      // Before the end the later dates mean nothing yet: whether they are filled, and how, is not published.
      const names = isEnd(state) ? DATES : state === "PROCESSING" ? DATES.slice(0, 2) : [];
      const dates = [...datesIn(task, names, ""), []].flat();
      const file = isObject(task["result"]) ? datesIn(task["result"], ["createdAt", "updatedAt"], "/result") : [];
      if (dates.length + file.length < 2) return [];
      return [verdict(index, ...outOfOrder(dates), ...outOfOrder(file))];
    }),
};

export const noFuture: Rule = {
  id: "no-future",
  sentence: "No date of what has happened lies in the future.",
  severity: "violation",
  evidence: "documented",
  next: "Compare the server's clock with this machine's.",
  judge: (recording) =>
    allPolls(recording).map(({ index, state, exchange, task }) => {
      const latest = Math.max(
        exchange.startedAt + exchange.durationMs,
        serverDate(exchange.response?.headers["date"]) ?? 0,
      );
      const names = isEnd(state) ? DATES : state === "PROCESSING" ? DATES.slice(0, 2) : DATES.slice(0, 1);
      const file = isObject(task["result"]) ? task["result"] : {};
      const dates = [
        ...datesIn(task, names, ""),
        ...datesIn(file, ["createdAt", "updatedAt", "archivedAt"], "/result"),
      ];
      const late = dates.filter(({ at }) => at > latest + TOLERANCE_MS);
      return verdict(
        index,
        ...late.map(({ pointer, text }) => ({ pointer, expected: `not after ${isoDate(latest)}`, actual: text })),
      );
    }),
};

export const endFixed: Rule = {
  id: "end-fixed",
  sentence: "What an ended task shows - dates, file, number of errors - never changes.",
  severity: "violation",
  evidence: "live",
  next: "Clients keep the first end that they see: report what changed.",
  judge: ({ tasks }) =>
    tasks.flatMap(({ polls }) => {
      const first = polls.find(({ state }) => isEnd(state));
      const later = polls.filter(({ index, state }) => first && index > first.index && state === first.state);
      return later.map((poll) => {
        const changed = FIXED.filter((name) => !isSame(first?.task[name], poll.task[name]));
        const problems = changed.map((name) => ({
          pointer: `/${name}`,
          expected: shown(first?.task[name]),
          actual: shown(poll.task[name]),
        }));
        return { exchanges: [first?.index ?? 0, poll.index], problems };
      });
    }),
};

export const errorCount: Rule = {
  id: "error-count",
  sentence: "numErrors is the number of errors.",
  severity: "violation",
  evidence: "documented",
  next: "Report the answer; a client that reads one of the two is told something else than one that reads the other.",
  judge: (recording) =>
    allPolls(recording).flatMap(({ index, task: { numErrors, errors = [] } }) => {
      if (typeof numErrors !== "number" || !Array.isArray(errors)) return [];
      const problem = { pointer: "/numErrors", expected: `${errors.length}, as errors has`, actual: `${numErrors}` };
      return [verdict(index, ...(numErrors === errors.length ? [] : [problem]))];
    }),
};

const DATES = ["requestedAt", "startedAt", "completedAt"] as const;
const FIXED = ["startedAt", "completedAt", "result", "numErrors"] as const;

/** How far apart two clocks may be before it is somebody's fault. */
const TOLERANCE_MS = 5 * 60_000;

interface DateAt {
  readonly pointer: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

function allPolls({ tasks }: Recording): readonly Poll[] {
  return tasks.flatMap(({ polls }) => polls);
}

function datesIn(object: JsonObject, names: readonly string[], prefix: string): readonly DateAt[] {
  return names.flatMap((name) => {
    const at = instantOf(object[name]);
    return at === undefined ? [] : [{ pointer: `${prefix}/${name}`, text: String(object[name]), at }];
  });
}

function outOfOrder(dates: readonly DateAt[]): readonly Problem[] {
  return dates.slice(1).flatMap(({ pointer, text, at }, index) => {
    const before = dates[index];
    return before && before.at > at ? [{ pointer, expected: `not before ${before.text}`, actual: text }] : [];
  });
}

/** Epoch milliseconds of a date with its zone; undefined for anything else, which the schema judges. */
function instantOf(value: unknown): number | undefined {
  const at = typeof value === "string" && /[Tt].*([Zz]|[+-]\d\d:?\d\d)$/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** Two dates that are one instant are the same, however they are written. */
function isSame(before: unknown, after: unknown): boolean {
  const [a, b] = [instantOf(before), instantOf(after)];
  return a !== undefined && b !== undefined ? a === b : equal(before, after);
}

function pairOf(first: Poll | undefined, poll: Poll, problem: Problem | false) {
  const exchanges = first && first !== poll ? [first.index, poll.index] : [poll.index];
  return { exchanges, problems: problem ? [problem] : [] };
}

/** The server's own clock, where it says it, is what its dates are to be compared with. */
function earliest(sentAt: number, header: string | undefined): number {
  return Math.min(sentAt, serverDate(header) ?? sentAt);
}

function serverDate(header: string | undefined): number | undefined {
  const at = Date.parse(header ?? "");
  return Number.isNaN(at) ? undefined : at;
}

function isoDate(at: number): string {
  return new Date(at).toISOString();
}
