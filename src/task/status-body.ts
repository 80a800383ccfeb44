import type { File, StandardError, TaskStatus } from "../contract/contract.js";
import { TASK_ERROR } from "../contract/hubspot-error.js";
import { taskPath } from "../contract/operations.js";
import { type EndStep, hasFile, type PlainEnd, type RecordedAnswer } from "../scenario/scenario.js";
import { instantOf, isoDate } from "../time.js";
import type { Observation, Settled, Task } from "./task.js";

/** Choices where HubSpot's behaviour is not published: a client can be tested against each possibility. */
export interface Unknowns {
  /** The HTTP status of a task that has not ended. */
  readonly inFlightStatus: 200 | 202;
  /** How the body shows a date that is not known yet. */
  readonly inFlightDates: "omit" | "null" | "filled";
  /** How a failed import ends: CANCELED with errors, COMPLETE with errors, or CANCELED without errors. */
  readonly failure: "canceled" | "complete" | "silent";
  /**
   * Whether each response is also valid by HubSpot's published document, which requires more than HubSpot was seen to send.
   * Default: false. For a strict client that is generated from that document.
   */
  readonly asPublished?: boolean;
  /**
   * Whether an import in a dated version must have the fields that only the published documents of those versions require.
   * Default: accept.
   */
  readonly datedRequired?: "accept" | "enforce";
  /** The version that links to a task's status name: v3, as HubSpot's do, or the one that was requested. Default: v3. */
  readonly statusLink?: "v3" | "requested";
}

/** The body of a status response. A scenario can add properties that are not in the contract. */
export interface StatusBody {
  readonly taskId: string;
  readonly status: TaskStatus["status"];
  readonly [property: string]: unknown;
}

/**
 * Returns the body of a status response.
 *
 * @param file makes the task's file; only called if the body contains one
 * @see spec/openapi.yaml#/components/schemas/TaskStatus
 */
export function statusBody(options: {
  readonly task: Task;
  readonly seen: Observation;
  readonly unknowns: Unknowns;
  readonly statusLink: string;
  readonly file: (dates: { readonly startedAt: number; readonly completedAt: number }) => File;
}): StatusBody {
  const { task, seen, unknowns, statusLink, file } = options;
  const requestedAt = isoDate(task.requestedAt);
  const { id: taskId } = task;
  const status = shownState(options);
  const after = { links: { status: statusLink } } as const;
  const missing = missingDate(unknowns.inFlightDates);
  switch (seen.state) {
    case "PENDING":
      return {
        taskId,
        status,
        requestedAt,
        ...missing("startedAt", requestedAt),
        ...missing("completedAt", requestedAt),
        ...after,
      };
    case "PROCESSING": {
      const startedAt = isoDate(seen.startedAt);
      return { taskId, status, requestedAt, startedAt, ...missing("completedAt", startedAt), ...after };
    }
    case "ENDED": {
      const end = reportedEnd(endOf(task, seen.end), unknowns.failure);
      const dates = { startedAt: isoDate(seen.startedAt), completedAt: isoDate(seen.completedAt) };
      const { errors, error } = end;
      const more = unknowns.asPublished && !task.settled && PUBLISHED_ERROR_PARTS;
      const entry = { ...taskError(task.draft.fileName), ...more, ...error };
      const failed = errors > 0 && { numErrors: errors, errors: Array.from({ length: errors }, () => entry) };
      return {
        taskId,
        status,
        requestedAt,
        ...dates,
        ...failed,
        ...(hasFile(end) && { result: file(seen) }),
        ...after,
      };
    }
  }
}

/** Returns the status in the body of a task, where a failure depends on `unknowns.failure`. */
export function shownState({
  task,
  seen,
  unknowns,
}: {
  readonly task: Task;
  readonly seen: Observation;
  readonly unknowns: Unknowns;
}): TaskStatus["status"] {
  return seen.state === "ENDED" ? reportedEnd(endOf(task, seen.end), unknowns.failure).state : seen.state;
}

/** Returns an end as it is reported, to be stored: later polls report the same, even after the options change. */
export function settledEnd({
  task,
  seen,
  unknowns,
}: {
  readonly task: Task;
  readonly seen: Extract<Observation, { state: "ENDED" }>;
  readonly unknowns: Unknowns;
}): Settled {
  const { startedAt, completedAt } = seen;
  const { state, errors, error, result } = reportedEnd(endOf(task, seen.end), unknowns.failure);
  const words = { ...(unknowns.asPublished && PUBLISHED_ERROR_PARTS), ...error };
  return {
    end: { state, errors, ...(errors > 0 && { error: words }), ...(result !== undefined && { result }) },
    startedAt,
    completedAt,
    ...(task.scenario.file && { file: task.scenario.file }),
  };
}

/** An unreachable URL makes the import fail instead of giving a file, unless a person forced the state. */
function endOf({ draft, forced }: Task, end: EndStep): EndStep {
  return hasFile(end) && draft.isUnreachable && !forced ? { state: "FAILURE" } : end;
}

function reportedEnd(end: EndStep, failure: Unknowns["failure"]): PlainEnd {
  if (end.state !== "FAILURE") return end;
  const { error } = end;
  const state = failure === "complete" ? "COMPLETE" : "CANCELED";
  return { state, errors: failure === "silent" ? 0 : 1, ...(error && { error }) };
}

function taskError(fileName: string): StandardError {
  return {
    status: "error",
    ...TASK_ERROR,
    context: { name: [fileName] },
  };
}

/** The published document requires both properties in each error. */
const PUBLISHED_ERROR_PARTS = { errors: [], links: {} };

function missingDate(style: Unknowns["inFlightDates"]) {
  return (
    name: "startedAt" | "completedAt",
    filling: string,
  ): { startedAt?: string | null; completedAt?: string | null } => {
    if (style === "omit") return {};
    return { [name]: style === "null" ? null : filling };
  };
}

/** A recorded response, adapted to a new task. */
export interface Replayed {
  readonly answer: RecordedAnswer;
  /** The state and the file id in its body, if present. */
  readonly state?: string;
  readonly fileId?: string;
}

/**
 * Adapts a recorded response to a new task: replaces id and link, and moves each date to the same distance from the import
 * request, divided by the task's speed.
 */
export function replayAnswer(recorded: RecordedAnswer, task: Task, link: string): Replayed {
  const { recording } = task.scenario;
  if (!recording) return { answer: recorded };
  // In any version of the API: a server may name the one that was requested.
  const oldEnd = taskPath(encodeURIComponent(recording.taskId));
  const body = recorded.body
    .replace(ADDRESS, (address) => withLink(address, oldEnd, link))
    .replaceAll(`"${recording.taskId}"`, `"${task.id}"`)
    .replace(DATE, (text) => shifted(text, task, recording.importedAt));
  return { answer: { ...recorded, body }, ...stateIn(body) };
}

const ADDRESS = /https?:\/\/[^"\s]*/g;

function withLink(address: string, oldEnd: string, link: string): string {
  const at = address.indexOf(oldEnd);
  return at === -1 ? address : link + address.slice(at + oldEnd.length);
}

/** Dates as HubSpot and other servers write them: with or without a fraction, always with a zone. */
const DATE = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g;

function shifted(text: string, { requestedAt, speed }: Task, importedAt: number): string {
  const recordedAt = instantOf(text);
  if (recordedAt === undefined) return text;
  const date = isoDate(requestedAt + Math.floor((recordedAt - importedAt) / speed));
  // Java omits a fraction of zero; so does a replay if the recording did.
  return text.includes(".") ? date : date.replace(".000Z", "Z");
}

function stateIn(body: string): Pick<Replayed, "state" | "fileId"> {
  try {
    const { status, result } = JSON.parse(body) as { status?: unknown; result?: { id?: unknown } };
    return {
      ...(typeof status === "string" && { state: status }),
      ...(typeof result?.id === "string" && { fileId: result.id }),
    };
  } catch {
    return {};
  }
}
