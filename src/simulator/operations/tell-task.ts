import type { File } from "../../contract/contract.js";
import { statusBody } from "../../task/answer.js";
import { createFile } from "../../task/file.js";
import { replayAnswer } from "../../task/replay.js";
import type { RecordedAnswer } from "../../task/scenario.js";
import type { Task } from "../../task/task.js";
import type { Observation } from "../../task/timeline.js";
import { type Entry, rememberFile, type Session } from "../session.js";
import { chargeTask } from "../task-table.js";
import { type Call, type Outcome, statusLink, type World } from "../world.js";

/** What a server once answered at this moment of a task. */
export function replayed(
  { session }: World,
  { base, respond }: Call,
  { recorded, entry, task }: { readonly recorded: RecordedAnswer; readonly entry: Entry; readonly task: Task },
): Pick<Outcome, "response" | "state"> {
  const { answer, state, fileId } = replayAnswer(recorded, task, statusLink(base, task.id));
  if (fileId !== undefined) rememberFile(session, entry, fileId);
  return { response: respond.recorded(answer), ...(state !== undefined && { state }) };
}

/** The status body. That of a task's end never changes, so it is kept: it is what most polls of a run ask for. */
export function bodyOf(
  { session, unknowns }: World,
  {
    entry,
    task,
    seen,
    link,
  }: { readonly entry: Entry; readonly task: Task; readonly seen: Observation; readonly link: string },
): NonNullable<Entry["told"]> {
  const key =
    seen.state === "ENDED"
      ? `${task.scenario.name} ${unknowns.failure} ${unknowns.asPublished} ${seen.startedAt} ${seen.completedAt} ${link}`
      : undefined;
  if (key !== undefined && entry.told?.key === key) return entry.told;
  const body = statusBody({
    task,
    seen,
    unknowns,
    statusLink: link,
    file: (dates) => fileOf(session, entry, task, dates),
  });
  const told = { key, state: body.status, text: JSON.stringify(body) };
  if (key === undefined) return told;
  entry.told = told;
  chargeTask(session, entry);
  return told;
}

function fileOf(
  session: Session,
  entry: Entry,
  { seed, draft, scenario, settled }: Task,
  dates: { readonly startedAt: number; readonly completedAt: number },
): File {
  const { file: look } = settled ?? scenario;
  const file = createFile({ seed, draft, look, ...dates });
  rememberFile(session, entry, file.id);
  return file;
}
