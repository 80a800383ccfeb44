import { statusPath } from "../contract/operation.js";
import { instantOf, isoDate } from "../instant.js";
import type { RecordedAnswer } from "./scenario.js";
import type { Task } from "./task.js";

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
