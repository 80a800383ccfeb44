import type { File } from "../contract/contract.js";
import type { RecordedAnswer } from "../scenario/scenario.js";
import type { Entry } from "../session/entry.js";
import { rememberFile, type Session } from "../session/session.js";
import type { World } from "../session/world.js";
import { createFile } from "../task/file.js";
import { replayAnswer, statusBody } from "../task/status-body.js";
import type { Observation, Task } from "../task/task.js";
import { type Call, type Outcome, statusLink } from "./request-context.js";

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

/** The status body. It is kept, for most polls of a run ask for the same again: the state goes on, and an end never changes. */
export function bodyOf(
  { session, unknowns }: World,
  {
    entry,
    task,
    seen,
    base,
  }: { readonly entry: Entry; readonly task: Task; readonly seen: Observation; readonly base: string },
): Pick<NonNullable<Entry["told"]>, "state" | "text"> {
  const { told: known } = entry;
  if (known && isAlike(known, { unknowns, task, seen, base })) return known;
  const body = statusBody({
    task,
    seen,
    unknowns,
    statusLink: statusLink(base, task.id),
    file: (dates) => fileOf(session, entry, task, dates),
  });
  const { scenario } = task;
  entry.told = { state: body.status, text: JSON.stringify(body), unknowns, scenario, base, ...datesOf(seen) };
  return entry.told;
}

/** Whether the kept body is what would be rendered now. */
function isAlike(
  told: NonNullable<Entry["told"]>,
  {
    unknowns,
    task,
    seen,
    base,
  }: Pick<World, "unknowns"> & {
    readonly task: Task;
    readonly seen: Observation;
    readonly base: string;
  },
): boolean {
  const { startedAt, completedAt } = datesOf(seen);
  return (
    told.scenario === task.scenario &&
    told.unknowns === unknowns &&
    told.startedAt === startedAt &&
    told.completedAt === completedAt &&
    told.base === base
  );
}

/** Of them follows the state, too. */
function datesOf(seen: Observation): {
  readonly startedAt: number | undefined;
  readonly completedAt: number | undefined;
} {
  return {
    startedAt: "startedAt" in seen ? seen.startedAt : undefined,
    completedAt: "completedAt" in seen ? seen.completedAt : undefined,
  };
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
