import { type File, type StandardError, statusPath, type TaskStatus } from "../contract/contract.js";
import { TASK_ERROR } from "../contract/hubspot-error.js";
import { type EndStep, hasFile, type PlainEnd, type RecordedAnswer } from "../scenario/scenario.js";
import { instantOf, isoDate } from "../time.js";
import type { Observation, Settled, Task } from "./task.js";

/** What nobody has published about HubSpot's answers, so that a client can be tried against each possibility. */
export interface Unknowns {
  /** The HTTP status of a task that has not ended. */
  readonly inFlightStatus: 200 | 202;
  /** How a date that does not apply yet stands in the body. */
  readonly inFlightDates: "omit" | "null" | "filled";
  /** How a failed import ends: CANCELED with errors, COMPLETE with errors, or CANCELED without a word. */
  readonly failure: "canceled" | "complete" | "silent";
  /**
   * Whether each answer satisfies HubSpot's published document, too, which asks for more than HubSpot was seen to answer.
   * Default: no. For a strict client that is generated from that document.
   */
  readonly asPublished?: boolean;
}

/** The body of a status answer; a scenario can make it one that the contract does not have. */
export interface StatusBody {
  readonly taskId: string;
  readonly status: TaskStatus["status"];
  readonly [property: string]: unknown;
}

/**
 * The body of a status answer.
 *
 * @param file the task's file; asked for only when the task shows one
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
  const before = { taskId: task.id, status: shownState(options), requestedAt };
  const after = { links: { status: statusLink } } as const;
  const missing = missingDate(unknowns.inFlightDates);
  switch (seen.state) {
    case "PENDING":
      return { ...before, ...missing("startedAt", requestedAt), ...missing("completedAt", requestedAt), ...after };
    case "PROCESSING": {
      const startedAt = isoDate(seen.startedAt);
      return { ...before, startedAt, ...missing("completedAt", startedAt), ...after };
    }
    case "ENDED": {
      const end = ending(endOf(task, seen.end), unknowns.failure);
      const dates = { startedAt: isoDate(seen.startedAt), completedAt: isoDate(seen.completedAt) };
      const { errors, error } = end;
      const more = unknowns.asPublished && !task.settled && NOTHING_MORE;
      const entry = { ...taskError(task.draft.fileName), ...more, ...error };
      const failed = errors > 0 && { numErrors: errors, errors: Array.from({ length: errors }, () => entry) };
      return { ...before, ...dates, ...failed, ...(hasFile(end) && { result: file(seen) }), ...after };
    }
  }
}

/** The state that a task shows, its failure told as the option says. */
export function shownState({
  task,
  seen,
  unknowns,
}: {
  readonly task: Task;
  readonly seen: Observation;
  readonly unknowns: Unknowns;
}): TaskStatus["status"] {
  return seen.state === "ENDED" ? ending(endOf(task, seen.end), unknowns.failure).state : seen.state;
}

/** An end as it is told, so that it can be told again whatever the options are then. */
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
  const { state, errors, error, result } = ending(endOf(task, seen.end), unknowns.failure);
  const words = { ...(unknowns.asPublished && NOTHING_MORE), ...error };
  return {
    end: { state, errors, ...(errors > 0 && { error: words }), ...(result !== undefined && { result }) },
    startedAt,
    completedAt,
    ...(task.scenario.file && { file: task.scenario.file }),
  };
}

/** No file can come from where nothing can be fetched, unless a person says so. */
function endOf({ draft, forced }: Task, end: EndStep): EndStep {
  return hasFile(end) && draft.isUnreachable && !forced ? { state: "FAILURE" } : end;
}

function ending(end: EndStep, failure: Unknowns["failure"]): PlainEnd {
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

/** The published document requires both of each entry. */
const NOTHING_MORE = { errors: [], links: {} };

function missingDate(style: Unknowns["inFlightDates"]) {
  return (
    name: "startedAt" | "completedAt",
    filling: string,
  ): { startedAt?: string | null; completedAt?: string | null } => {
    if (style === "omit") return {};
    return { [name]: style === "null" ? null : filling };
  };
}

/** What a recorded answer comes to for a task of today. */
export interface Replayed {
  readonly answer: RecordedAnswer;
  /** The state that it shows, and the file, where it shows them. */
  readonly state?: string;
  readonly fileId?: string;
}

/**
 * A recorded answer, told by a task of today: its id and link in place of the recorded ones, and each date as far from
 * the import as it was then, at the task's speed.
 */
export function replayAnswer(recorded: RecordedAnswer, task: Task, link: string): Replayed {
  const { recording } = task.scenario;
  if (!recording) return { answer: recorded };
  const oldPath = statusPath(encodeURIComponent(recording.taskId));
  const body = recorded.body
    .replace(ADDRESS, (address) => withLink(address, oldPath, link))
    .replaceAll(`"${recording.taskId}"`, `"${task.id}"`)
    .replace(DATE, (text) => shifted(text, task, recording.importedAt));
  return { answer: { ...recorded, body }, ...seenIn(body) };
}

const ADDRESS = /https?:\/\/[^"\s]*/g;

function withLink(address: string, oldPath: string, link: string): string {
  const at = address.indexOf(oldPath);
  return at === -1 ? address : link + address.slice(at + oldPath.length);
}

/** As HubSpot writes them, and as others may: with or without a fraction, with a zone. */
const DATE = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g;

function shifted(text: string, { requestedAt, speed }: Task, importedAt: number): string {
  const recordedAt = instantOf(text);
  if (recordedAt === undefined) return text;
  const date = isoDate(requestedAt + Math.floor((recordedAt - importedAt) / speed));
  // Java leaves out a fraction of zero, and so does a replay where the recording did.
  return text.includes(".") ? date : date.replace(".000Z", "Z");
}

function seenIn(body: string): Pick<Replayed, "state" | "fileId"> {
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
