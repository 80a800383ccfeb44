import { STATES } from "../../contract/contract.js";
import type { RecordedExchange } from "../../exchange/exchange.js";
import { escapePointer, getOwn, isJsonEqual, isObject, type JsonObject } from "../../json.js";
import { instantOf, isoDate } from "../../time.js";
import { isEnd, type ReadExchange } from "../read-exchange.js";
import { allPolls, endOf, type Poll, type TaskRecord } from "../recording.js";
import { type Problem, type Rule, verdict } from "../rule.js";
import { shown } from "../schema.js";
import { isPerhapsDeleted, pairOf } from "./task.js";

export const requestedAt: Rule = {
  id: "requested-at",
  sentence: "A task's requestedAt is the time of its import, and the same in every response.",
  severity: "violation",
  evidence: "documented",
  next: "Let your client measure by its own clock until this is resolved. Report the responses that differ to HubSpot with the recording.",
  judge: ({ tasks }) =>
    tasks.flatMap(({ accepted, polls }) => {
      const dated = polls.filter(({ task }) => instantOf(task["requestedAt"]) !== undefined);
      const [first] = dated;
      if (!first) return [];
      const expected = instantOf(first.task["requestedAt"]);
      const sentAt = accepted ? earliest(accepted) : Number.NEGATIVE_INFINITY;
      return dated.map((poll) => {
        const at = instantOf(poll.task["requestedAt"]) as number;
        const came = { pointer: "/requestedAt", actual: shown(poll.task["requestedAt"]) };
        if (at !== expected) return pairOf(first, poll, { ...came, expected: shown(first.task["requestedAt"]) });
        const isOld = at < sentAt - TOLERANCE_MS;
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
  next: "Let your client compute no duration from these dates until this is resolved. Report the response to HubSpot with the recording.",
  judge: ({ tasks }) =>
    tasks.flatMap(({ polls }) => {
      const dated = polls.find(({ task }) => instantOf(task["requestedAt"]) !== undefined);
      const requested = instantOf(dated?.task["requestedAt"]);
      return polls.flatMap((poll) => {
        const latest = latestOf(poll);
        // A changed request time or a date in the future also breaks the order; other rules report these.
        const isMoved = instantOf(poll.task["requestedAt"]) !== requested;
        const names = meaningful(poll).filter((name) => name !== "requestedAt" || !isMoved);
        const dates = datesIn(poll.task, names, "").filter(({ at }) => at <= latest);
        const file = datesIn(fileOf(poll), ["createdAt", "updatedAt"], "/result").filter(({ at }) => at <= latest);
        if (dates.length + file.length < 2) return [];
        return [verdict(poll.index, ...outOfOrder(dates), ...outOfOrder(file))];
      });
    }),
};

export const noFuture: Rule = {
  id: "no-future",
  sentence: "No date of a past event is in the future.",
  severity: "violation",
  evidence: "documented",
  next: "Compare the server's clock with this machine's. If this machine's is right, report the response to HubSpot with the recording.",
  judge: (recording) =>
    allPolls(recording).flatMap((poll) => {
      const latest = latestOf(poll);
      if (latest === Number.POSITIVE_INFINITY) return [];
      const file = datesIn(fileOf(poll), ["createdAt", "updatedAt", "archivedAt"], "/result");
      const late = [...datesIn(poll.task, meaningful(poll), ""), ...file].filter(({ at }) => at > latest);
      const expected = () => `not after ${isoDate(latest)}`;
      return [
        verdict(poll.index, ...late.map(({ pointer, text }) => ({ pointer, expected: expected(), actual: text }))),
      ];
    }),
};

export const endFixed: Rule = {
  id: "end-fixed",
  sentence: "The dates, file and errors of an ended task never change.",
  severity: "violation",
  evidence: "live",
  next: "Let your client read a file's URL again whenever it needs it. Report the change to HubSpot with the recording.",
  judge: ({ tasks, contract }, validate) => {
    const flawsOf = ({ task }: Poll) => validate(contract.resolve("/components/schemas/TaskStatus"), task);
    return tasks.flatMap((task) =>
      ENDS.flatMap((state) => {
        const [first, ...others] = task.polls.filter((poll) => poll.state === state);
        return others.flatMap((poll) => {
          if (!first) return [];
          const changes = changesBetween(first, poll, task);
          if (changes.length === 0) return [pairOf(first, poll)];
          const flaws = flawsOf(poll);
          // A change that breaks the schema is reported by that rule.
          const isFlawed = flaws.length > flawsOf(first).length;
          const told = isFlawed ? changes.filter(isApartFrom(flaws)) : changes;
          return told.length > 0 ? [pairOf(first, poll, ...told)] : [];
        });
      }),
    );
  },
};

export const errorCount: Rule = {
  id: "error-count",
  sentence: "numErrors is the number of errors.",
  severity: "violation",
  evidence: "documented",
  next: "Let your client read the errors, not their number, until this is resolved. Report the response to HubSpot with the recording.",
  judge: (recording) =>
    allPolls(recording).flatMap(({ index, state, task: { numErrors, errors } }) => {
      // Either may be absent; the schema says what they may be before the end.
      if (!isEnd(state) || !isCount(numErrors) || !Array.isArray(errors)) return [];
      const problem = { pointer: "/numErrors", expected: `${errors.length}, as errors has`, actual: `${numErrors}` };
      return [verdict(index, ...(numErrors === errors.length ? [] : [problem]))];
    }),
};

const ENDS = STATES.filter(isEnd);
const DATES = ["requestedAt", "startedAt", "completedAt"] as const;
const FIXED = ["startedAt", "completedAt", "result", "numErrors", "errors"] as const;

/** The tolerated difference between two clocks. */
const TOLERANCE_MS = 5 * 60_000;

interface DateAt {
  readonly pointer: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly at: number;
}

/** The dates of a task that are meaningful in its state: what later ones contain before the end is not published. */
function meaningful({ state }: Poll): readonly string[] {
  return isEnd(state) ? DATES : state === "PROCESSING" ? DATES.slice(0, 2) : DATES.slice(0, 1);
}

function fileOf({ task }: Poll): JsonObject {
  return isObject(task["result"]) ? task["result"] : {};
}

/** The latest instant that a response can contain, by the clock that is ahead; infinite if unknown. */
function latestOf({ exchange }: Poll): number {
  const clock = clockOf(exchange);
  return clock === undefined ? Number.POSITIVE_INFINITY : Math.max(endOf({ exchange }), clock) + TOLERANCE_MS;
}

function changesBetween(first: Poll, later: Poll, task: TaskRecord): readonly Problem[] {
  // A changed date is reported by requested-at, an added or removed one by the rule about the end.
  const isGone = "requestedAt" in first.task !== "requestedAt" in later.task;
  const names = isGone ? (["requestedAt", ...FIXED] as const) : FIXED;
  const isFileKept = ![first, later].some((poll) => isPerhapsDeleted(poll, task));
  const asserted = names.filter((name) => name !== "result" || isFileKept);
  return asserted.flatMap((name) => changesOf(first.task[name], later.task[name], `/${name}`));
}

/** Whether a place in a body is outside some others: neither equal to one, nor within one, nor around one. */
function isApartFrom(others: readonly Problem[]): (problem: Problem) => boolean {
  const places = new Set(others.map(({ pointer = "" }) => pointer));
  const holders = new Set(others.flatMap(({ pointer = "" }) => withHolders(pointer)));
  return ({ pointer = "" }) => !holders.has(pointer) && !withHolders(pointer).some((place) => places.has(place));
}

/** @example withHolders("/result/id"); // ["/result/id", "/result", ""] */
function withHolders(pointer: string): readonly string[] {
  const parts = pointer.split("/");
  return parts.map((_, index) => parts.slice(0, parts.length - index).join("/"));
}

/**
 * Returns where two values differ, as deep as both are objects: comparing two files as a whole would hide the place.
 */
export function changesOf(
  before: unknown,
  after: unknown,
  pointer: string,
  isEqual: (before: unknown, after: unknown) => boolean = isSame,
): readonly Problem[] {
  if (isEqual(before, after)) return [];
  if (!isObject(before) || !isObject(after)) return [{ pointer, expected: shown(before), actual: shown(after) }];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) =>
    changesOf(getOwn(before, name), getOwn(after, name), `${pointer}/${escapePointer(name)}`, isEqual),
  );
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0;
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
    // A date without a fraction stands for its whole second.
    const end = text.includes(".") ? at : at + 999;
    return before && before.at > end ? [{ pointer, expected: `not before ${before.text}`, actual: text }] : [];
  });
}

/** Two dates of the same instant are equal, in any form. */
function isSame(before: unknown, after: unknown): boolean {
  return isJsonEqual(before, after, (one, other) => {
    const [a, b] = [instantOf(one), instantOf(other)];
    return a !== undefined && b !== undefined ? a === b : one === other;
  });
}

/** The server's dates are compared with its own clock, if a response has it. */
function earliest({ exchange }: ReadExchange): number {
  return Math.min(exchange.startedAt, clockOf(exchange) ?? Number.NEGATIVE_INFINITY);
}

/**
 * Returns what the server's clock showed by its response. Without a Date, this machine's clock counts for a run of this
 * kit; that of another recording may be wrong, or in another zone that its dates do not name.
 */
function clockOf({ step, startedAt, response }: RecordedExchange): number | undefined {
  const at = Date.parse(response?.headers["date"] ?? "");
  if (!Number.isNaN(at)) return at;
  return step === undefined ? undefined : startedAt;
}
