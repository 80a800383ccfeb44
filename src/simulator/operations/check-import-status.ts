import CRC32 from "crc-32";
import type { File } from "../../contract/contract.js";
import { statusBody } from "../../task/answer.js";
import { createFile } from "../../task/file.js";
import { type ErrorAnswer, namedError, undecodableId } from "../../task/hubspot-error.js";
import { replayAnswer } from "../../task/replay.js";
import type { Task } from "../../task/task.js";
import { decodeTaskId, isHubspotForm } from "../../task/task-id.js";
import { faultAt, type Observation, observe, recordedAt } from "../../task/timeline.js";
import { chooseScenario, unknownScenario, type Wish } from "../choose-scenario.js";
import { type Entry, newEntry, nthRandom, type Session } from "../session.js";
import { keepEntry, restoreEntry } from "../storage.js";
import { type Call, faultReply, type Outcome, seedHeader, statusLink, type World } from "../world.js";

/**
 * Tells how a task is going.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1import-from-url~1async~1tasks~1{taskId}~1status/get
 */
export function checkImportStatus(world: World, call: Call, id: string): Outcome {
  const { request, base, now, respond } = call;
  const found = findTask(world, call, id);
  if ("refusal" in found) return { response: respond.error(found.refusal) };
  const { entry, why } = found;
  const choice = chooseScenario(world, request, { otherwise: { name: entry.task.scenario.name, why } });
  if ("refusal" in choice) return { response: respond.error(choice.refusal), taskId: id };
  const { scenario, noted } = choice;

  const fault = faultAt(scenario, "checkImportStatus", entry.polls + 1);
  const isError = fault !== undefined && "error" in fault;
  const answeredBefore = entry.answered;
  if (request.method !== "HEAD") {
    world.session.tasks.set(id, entry);
    entry.polls += 1;
    if (!isError) entry.answered += 1;
    keepEntry(world.storage, entry);
  }
  if (isError) return { response: faultReply(fault, "checkImportStatus", call), scenario: noted, taskId: id };

  const task = { ...entry.task, scenario };
  const recorded = recordedAt(task, now, answeredBefore);
  if (recorded) {
    const { answer, state, fileId } = replayAnswer(recorded, task, statusLink(base, id));
    if (fileId !== undefined) world.session.files.add(fileId);
    return { response: respond.recorded(answer), scenario: noted, taskId: id, ...(state !== undefined && { state }) };
  }
  const seen = observe(task, now, answeredBefore);
  const body = bodyOf(world, { entry, task, seen, link: statusLink(base, id) });
  const reply = respond.json(seen.state === "ENDED" ? 200 : world.unknowns.inFlightStatus, body.text);
  const response = fault ? { ...reply, body: reply.body.slice(0, reply.body.length >> 1) } : reply;
  return { response, scenario: noted, taskId: id, state: body.state };
}

/** The status body. That of a task's end never changes, so it is kept: it is what most polls of a run ask for. */
function bodyOf(
  { session, unknowns }: World,
  {
    entry,
    task,
    seen,
    link,
  }: { readonly entry: Entry; readonly task: Task; readonly seen: Observation; readonly link: string },
): NonNullable<Entry["told"]> {
  const key =
    seen.state === "ENDED" ? `${task.scenario.name} ${seen.startedAt} ${seen.completedAt} ${link}` : undefined;
  if (key !== undefined && entry.told?.key === key) return entry.told;
  const body = statusBody({ task, seen, unknowns, statusLink: link, file: (dates) => fileOf(session, task, dates) });
  const told = { key, state: body.status, text: JSON.stringify(body) };
  if (key !== undefined) entry.told = told;
  return told;
}

function fileOf(
  { files }: Session,
  { seed, draft }: Task,
  dates: { readonly startedAt: number; readonly completedAt: number },
): File {
  const file = createFile({ seed, draft, ...dates });
  files.add(file.id);
  return file;
}

type Found = { readonly entry: Entry; readonly why: Wish["why"] } | { readonly refusal: ErrorAnswer };

/**
 * A task that is remembered, one that its id describes, or one that begins now because its scenario's name is polled.
 * It is remembered once its poll counts: neither HEAD nor a poll that is refused starts a task.
 */
function findTask(world: World, { request, now }: Call, id: string): Found {
  const { catalogue, session, storage } = world;
  const seeding = seedHeader(request);
  if ("refusal" in seeding) return seeding;
  // "canceled" is a task, and "canceled~2" another: a task's end never changes, so a second try needs a second name.
  const named = catalogue.get(id.replace(/~[\w-]+$/, ""));
  const known = session.tasks.get(id);
  if (named) {
    if (known && (seeding.seed ?? known.task.seed) === known.task.seed) return { entry: known, why: "name" };
    const seed = seeding.seed ?? nthRandom(world.seed, CRC32.str(id));
    return { entry: newEntry(world, { id, requestedAt: now, seed, scenario: named }), why: "name" };
  }
  if (known) return { entry: known, why: "task" };
  const origin = decodeTaskId(id);
  if (origin) {
    const scenario = catalogue.get(origin.scenario);
    if (!scenario) return { refusal: unknownScenario({ name: origin.scenario, why: "task" }, catalogue) };
    return { entry: restoreEntry(storage, newEntry(world, { ...origin, id, scenario })), why: "task" };
  }
  if (isHubspotForm(id)) return { refusal: namedError("not-found", { operation: "checkImportStatus", now }) };
  return { refusal: undecodableId(id) };
}
