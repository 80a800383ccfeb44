import type { File } from "../contract/contract.js";
import type { RecordedAnswer } from "../scenario/scenario.js";
import type { Entry } from "../session/entry.js";
import { rememberFile, type Session, type World } from "../session/session.js";
import { createFile } from "../task/file.js";
import { replayAnswer, statusBody } from "../task/status-body.js";
import type { Observation, Task } from "../task/task.js";
import { type LinkTarget, linkTarget, type Outcome, type RequestContext, statusLinkOf } from "./request-context.js";

/** Returns the response that a server once sent at this moment of a task. */
export function replayed(
  { session, unknowns }: World,
  context: RequestContext,
  { recorded, entry, task }: { readonly recorded: RecordedAnswer; readonly entry: Entry; readonly task: Task },
): Pick<Outcome, "response" | "state"> {
  const { answer, state, fileId } = replayAnswer(recorded, task, statusLinkOf(linkTarget(unknowns, context), task.id));
  if (fileId !== undefined) rememberFile(session, entry, fileId);
  return { response: context.respond.recorded(answer), ...(state !== undefined && { state }) };
}

/** Returns the status body. It is cached, because most polls get the same body as the poll before. */
export function bodyOf(
  { session, unknowns }: World,
  {
    entry,
    task,
    seen,
    link,
  }: { readonly entry: Entry; readonly task: Task; readonly seen: Observation; readonly link: LinkTarget },
): Pick<NonNullable<Entry["rendered"]>, "state" | "text"> {
  const { rendered: known } = entry;
  if (known && isAlike(known, { unknowns, task, seen, link })) return known;
  const body = statusBody({
    task,
    seen,
    unknowns,
    statusLink: statusLinkOf(link, task.id),
    file: (dates) => fileOf(session, entry, task, dates),
  });
  const { scenario } = task;
  entry.rendered = { state: body.status, text: JSON.stringify(body), unknowns, scenario, ...link, ...datesOf(seen) };
  return entry.rendered;
}

/** Whether the cached body is what would be rendered now. */
function isAlike(
  rendered: NonNullable<Entry["rendered"]>,
  {
    unknowns,
    task,
    seen,
    link,
  }: Pick<World, "unknowns"> & {
    readonly task: Task;
    readonly seen: Observation;
    readonly link: LinkTarget;
  },
): boolean {
  const { startedAt, completedAt } = datesOf(seen);
  return (
    rendered.scenario === task.scenario &&
    rendered.unknowns === unknowns &&
    rendered.startedAt === startedAt &&
    rendered.completedAt === completedAt &&
    rendered.root === link.root &&
    rendered.base === link.base
  );
}

/** The dates of a body. The state follows from them. */
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
