import CRC32 from "crc-32";
import type { File } from "../../contract/contract.js";
import { shownState, statusBody } from "../../task/answer.js";
import { tellsState } from "../../task/fault/effect.js";
import { effectName } from "../../task/fault/effect-name.js";
import { createFile } from "../../task/file.js";
import { type ErrorAnswer, namedError, undecodableId } from "../../task/hubspot-error.js";
import { replayAnswer } from "../../task/replay.js";
import { baseName } from "../../task/scenario/reference.js";
import type { RecordedAnswer, Scenario } from "../../task/scenario.js";
import type { Task } from "../../task/task.js";
import { decodeTaskId, isHubspotForm } from "../../task/task-id.js";
import { type Observation, observe, recordedAt } from "../../task/timeline.js";
import { chooseScenario, scenarioOf, type Wish } from "../choose-scenario.js";
import { type Entry, newEntry, nthRandom, rememberFile, rememberTask, type Session } from "../session.js";
import { keepEntry, restoreEntry } from "../storage.js";
import { type Call, type Outcome, seedHeader, statusLink, type World } from "../world.js";
import { answerUnder, meetFault } from "./meet-fault.js";
import { withinLimits } from "./within-limits.js";

/**
 * Tells how a task is going.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1import-from-url~1async~1tasks~1{taskId}~1status/get
 */
export function checkImportStatus(world: World, call: Call, id: string): Outcome {
  const { request, base, now } = call;
  const found = findTask(world, call, id);
  if ("refusal" in found) return { response: call.respond.error(found.refusal) };
  const { entry, why } = found;
  const known = entry.task.scenario;
  const choice = chooseScenario(world, request, { otherwise: { name: known.name, why }, known });
  if ("refusal" in choice) return { response: call.respond.error(choice.refusal), taskId: id };
  const { scenario, noted } = choice;
  // A reload may have changed what its scenario says.
  if (noted.why === why && scenario !== known) adopt(entry, scenario);
  const { respond, over } = withinLimits(world, call, scenario, "checkImportStatus");

  const task = { ...entry.task, scenario };
  const seen = observe(task, now, entry.answered);
  const state = shownState({ task, seen, unknowns: world.unknowns });
  const inState = { ...entry.inState, [state]: (entry.inState[state] ?? 0) + 1 };
  const moment = { operation: "checkImportStatus", count: entry.polls + 1, inState, state } as const;
  const ended = seen.state === "ENDED" && { endedForMs: now - seen.completedAt };
  const [injected] = over ? [] : entry.injected;
  const effect = over ? undefined : (injected ?? meetFault(world, call, scenario, { ...moment, ...ended }));
  const isTold = !over && (!effect || tellsState(effect));
  const answeredBefore = entry.answered;
  if (request.method !== "HEAD") {
    rememberTask(world.session, entry);
    entry.polls += 1;
    if (!over && !injected) entry.inState = inState;
    if (isTold) entry.answered += 1;
    if (injected) entry.injected = entry.injected.slice(1);
    keepEntry(world.storage, entry);
  }
  if (over) return { ...over, scenario: noted, taskId: id };

  const recorded = recordedAt(task, now, answeredBefore);
  if (recorded && !injected)
    return { ...replayed(world, { ...call, respond }, { recorded, task }), scenario: noted, taskId: id };
  const told = () => {
    const { text } = bodyOf(world, { entry, task, seen, link: statusLink(base, id) });
    return respond.json(seen.state === "ENDED" ? 200 : world.unknowns.inFlightStatus, text);
  };
  const response = effect ? answerUnder(effect, { respond, now, operation: moment.operation, told }) : told();
  return {
    response,
    scenario: noted,
    taskId: id,
    ...(isTold && { state }),
    ...(effect && { effect: effectName(effect) }),
    ...(injected && { isInjected: true }),
  };
}

function adopt(entry: Entry, scenario: Scenario): void {
  entry.task = { ...entry.task, scenario };
  delete entry.told;
}

function replayed(
  { session }: World,
  { base, respond }: Call,
  { recorded, task }: { readonly recorded: RecordedAnswer; readonly task: Task },
): Pick<Outcome, "response" | "state"> {
  const { answer, state, fileId } = replayAnswer(recorded, task, statusLink(base, task.id));
  if (fileId !== undefined) rememberFile(session, fileId);
  return { response: respond.recorded(answer), ...(state !== undefined && { state }) };
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
    seen.state === "ENDED"
      ? `${task.scenario.name} ${unknowns.failure} ${seen.startedAt} ${seen.completedAt} ${link}`
      : undefined;
  if (key !== undefined && entry.told?.key === key) return entry.told;
  const body = statusBody({ task, seen, unknowns, statusLink: link, file: (dates) => fileOf(session, task, dates) });
  const told = { key, state: body.status, text: JSON.stringify(body) };
  if (key !== undefined) entry.told = told;
  return told;
}

function fileOf(
  session: Session,
  { seed, draft, scenario }: Task,
  dates: { readonly startedAt: number; readonly completedAt: number },
): File {
  const file = createFile({ seed, draft, look: scenario.file, ...dates });
  rememberFile(session, file.id);
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
  const known = session.tasks.get(id);
  // "canceled" is a task, and "canceled~2" another: a task's end never changes, so a second try needs a second name.
  const name = id.replace(/~[\w-]+$/, "");
  if (catalogue.has(baseName(name))) {
    if (known && (seeding.seed ?? known.task.seed) === known.task.seed) return { entry: known, why: "name" };
    const scenario = scenarioOf({ name, why: "name" }, catalogue);
    if ("refusal" in scenario) return scenario;
    const seed = seeding.seed ?? nthRandom(world.seed, CRC32.str(id));
    return { entry: newEntry(world, { id, requestedAt: now, seed, scenario }), why: "name" };
  }
  if (known) return { entry: known, why: "task" };
  const origin = decodeTaskId(id);
  if (origin) {
    const scenario = scenarioOf({ name: origin.scenario, why: "task" }, catalogue);
    if ("refusal" in scenario) return scenario;
    return { entry: restoreEntry(storage, newEntry(world, { ...origin, id, scenario })), why: "task" };
  }
  if (isHubspotForm(id)) return { refusal: namedError("not-found", { operation: "checkImportStatus", now }) };
  return { refusal: undecodableId(id) };
}
