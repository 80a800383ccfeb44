import CRC32 from "crc-32";
import { type ErrorAnswer, invalidInput, namedError, undecodableId } from "../contract/hubspot-error.js";
import { type Effect, effectLabel, showsState } from "../scenario/effect.js";
import type { PollsInState } from "../scenario/fault.js";
import { baseName, splitReference, withoutLabel } from "../scenario/reference.js";
import type { RecordedAnswer, Scenario } from "../scenario/scenario.js";
import { chooseScenario, nearestScenarios, scenarioOf, type Wish } from "../session/choose-scenario.js";
import { type Entry, newEntry, type Waiting } from "../session/entry.js";
import { nthRandom, rememberFiles } from "../session/session.js";
import { findByShortName } from "../session/short-name.js";
import { useAnswer } from "../session/stored-task.js";
import type { World } from "../session/world.js";
import { settledEnd, shownState } from "../task/status-body.js";
import { type Observation, observe, recordedAt, type Task } from "../task/task.js";
import { decodeTaskId, isHubspotForm } from "../task/task-id.js";
import { applicableFault, applyFault, withinLimits } from "./apply-fault.js";
import { bodyOf, replayed } from "./render-status.js";
import { type Call, type Outcome, seedHeader } from "./request-context.js";

/**
 * Responds with the status of a task. The whole poll is one update of the store, from the search for the task to the count,
 * so that no other poll sees the same count.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1import-from-url~1async~1tasks~1{taskId}~1status/get
 */
export function checkImportStatus(world: World, call: Call, id: string): Outcome {
  return world.session.tasks.update(id, (known) => poll(world, call, id, known));
}

function poll(world: World, call: Call, id: string, known: Entry | undefined): Outcome {
  const found = findTask(world, call, id, known);
  if ("id" in found) return checkImportStatus(world, call, found.id);
  if ("refusal" in found) return { response: call.respond.error(found.refusal) };
  const { entry, why } = found;
  const taskId = entry.id;
  const own = entry.task.scenario;
  const choice = chooseScenario(world, call.request, { otherwise: { name: own.name, why }, known: own });
  if ("refusal" in choice) return { response: call.respond.error(choice.refusal), taskId };
  const { scenario, noted } = choice;
  // A reload may have changed what its scenario says.
  if (scenario !== own && (noted.why === why || scenario.name === own.name)) adopt(entry, scenario);
  const { respond, over } = withinLimits(world, call, scenario, "checkImportStatus");
  if (over) {
    countPoll(world, call, entry);
    return { ...over, scenario: noted, taskId };
  }
  const seen = observePoll(world, call, entry, scenario);
  countPoll(world, call, entry, seen);
  return tellPoll(world, { ...call, respond }, entry, seen, noted);
}

function adopt(entry: Entry, scenario: Scenario): void {
  entry.task = { ...entry.task, scenario };
  delete entry.told;
}

/** What a poll meets: the task as it is now, and what befalls the answer. */
interface Poll {
  /** Under the scenario of this poll. */
  readonly task: Task;
  readonly seen: Observation;
  readonly state: ReturnType<typeof shownState>;
  /** How many polls found it in each state, this one included. */
  readonly inState: PollsInState;
  readonly injected: Waiting | undefined;
  readonly effect: Effect | undefined;
  /** Whether the client is shown the task. */
  readonly isTold: boolean;
  readonly recorded: RecordedAnswer | undefined;
}

function observePoll(world: World, call: Call, entry: Entry, scenario: Scenario): Poll {
  const { now } = call;
  const task = taskAt(entry.task, scenario, call);
  const seen = observe(task, now, entry.answered);
  const state = shownState({ task, seen, unknowns: world.unknowns });
  const inState = counted(entry.inState, state);
  // A repeated request gets the effect of the first one, and leaves the next injected response in the queue.
  const next = call.repeated ? undefined : entry.injected[0];
  const injected = next?.after === 0 ? next : undefined;
  const effect = injected?.effect ?? faultOf(world, call, scenario, { entry, task, seen, state, inState });
  const isTold = !effect || showsState(effect);
  return { task, seen, state, inState, injected, effect, isTold, recorded: recordedAt(task, now, entry.answered) };
}

/** What a fault of its scenario makes of a poll. Most have none to look for. */
function faultOf(
  world: World,
  call: Call,
  scenario: Scenario,
  { entry, task, seen, state, inState }: Pick<Poll, "task" | "seen" | "state" | "inState"> & { readonly entry: Entry },
): Effect | undefined {
  if (scenario.faults.length === 0 && !call.repeated) return undefined;
  return applicableFault(world, call, scenario, {
    operation: "checkImportStatus",
    count: entry.polls + 1,
    inState,
    state,
    importedForMs: call.now - task.requestedAt,
    ...(seen.state === "ENDED" && { endedForMs: call.now - seen.completedAt }),
  });
}

/** A task under the scenario of one call, at its moment: a call before the end, by its header, sees nothing of it. */
function taskAt(known: Task, scenario: Scenario, { now, shown }: Call): Task {
  const { settled, pace } = known;
  const isBefore = settled && pace === "time" && now < Math.min(shown, settled.completedAt);
  if (known.scenario === scenario && !isBefore) return known;
  const { settled: _, ...task } = known;
  return { ...task, scenario };
}

/** Written out: it is counted in every poll, and bench:msw keeps its budget by such things. */
function counted(
  { PENDING = 0, PROCESSING = 0, COMPLETE = 0, CANCELED = 0 }: PollsInState,
  state: Poll["state"],
): PollsInState {
  switch (state) {
    case "PENDING":
      return { PENDING: PENDING + 1, PROCESSING, COMPLETE, CANCELED };
    case "PROCESSING":
      return { PENDING, PROCESSING: PROCESSING + 1, COMPLETE, CANCELED };
    case "COMPLETE":
      return { PENDING, PROCESSING, COMPLETE: COMPLETE + 1, CANCELED };
    case "CANCELED":
      return { PENDING, PROCESSING, COMPLETE, CANCELED: CANCELED + 1 };
  }
}

/** HEAD moves nothing, nor does another attempt at a poll. @param poll absent where a limit kept it from the task */
function countPoll(world: World, call: Call, entry: Entry, poll?: Poll): void {
  const { session } = world;
  const { request, repeated } = call;
  if (request.method === "HEAD" || repeated) return;
  session.tasks.add(entry);
  entry.polls += 1;
  if (poll && !poll.injected) entry.inState = poll.inState;
  if (poll?.isTold) {
    entry.answered += 1;
    settle(world, call, entry, poll);
  }
  if (poll && entry.injected.length > 0) useAnswer(session.memory, entry);
}

/** An end that a client has seen stays, unless the request asked for another scenario, or for a later moment. */
function settle({ unknowns }: World, { now, shown }: Call, entry: Entry, { task, seen }: Poll): void {
  if (seen.state !== "ENDED" || entry.task.settled || task !== entry.task) return;
  if (task.pace === "time" && now > shown) return;
  entry.task = { ...task, settled: settledEnd({ task, seen, unknowns }) };
}

function tellPoll(
  world: World,
  call: Call,
  entry: Entry,
  poll: Poll,
  scenario: NonNullable<Outcome["scenario"]>,
): Outcome {
  const { task, seen, state, injected, effect, isTold, recorded } = poll;
  const { respond, base, now, repeated } = call;
  if (recorded && !injected && !repeated)
    return { ...replayed(world, call, { recorded, entry, task }), scenario, taskId: task.id };
  const told = () => {
    const { text } = bodyOf(world, { entry, task, seen, base });
    return respond.json(seen.state === "ENDED" ? 200 : world.unknowns.inFlightStatus, text);
  };
  if (!effect && !repeated) return { response: told(), scenario, taskId: task.id, state };
  return {
    response: effect ? applyFault(effect, { respond, now, operation: "checkImportStatus", told }) : told(),
    scenario,
    taskId: task.id,
    ...(isTold && { state }),
    ...(effect && { effect: effectLabel(effect) }),
    ...((injected || repeated?.isInjected) && { isInjected: true }),
  };
}

/** @property id of the task that a short name means */
type Found =
  | { readonly entry: Entry; readonly why: Wish["why"] }
  | { readonly id: string }
  | { readonly refusal: ErrorAnswer };

/**
 * A task that is remembered, one that its id describes, or one that begins now because its scenario's name is polled.
 * It is remembered once its poll counts: neither HEAD nor a poll that is refused starts a task.
 */
function findTask(world: World, call: Call, id: string, listed: Entry | undefined): Found {
  const { request, now } = call;
  const { catalogue, session } = world;
  const seeding = seedHeader(request);
  if ("refusal" in seeding) return seeding;
  const known = listed ?? session.tasks.recall(id, catalogue);
  known?.unshrink();
  // "canceled" is a task, and "canceled~2" another: a task's end never changes, so a second try needs a second name.
  const { scenario: told } = splitReference(id);
  const name = withoutLabel(told);
  if (catalogue.has(baseName(name))) {
    if (known && (seeding.seed ?? known.task.seed) === known.task.seed) return { entry: known, why: "name" };
    const scenario = scenarioOf({ name, why: "name" }, catalogue);
    if ("refusal" in scenario) return scenario;
    const seed = seeding.seed ?? nthRandom(world.seed, CRC32.str(id));
    return { entry: newEntry(world, { id, requestedAt: now, seed, scenario }), why: "name" };
  }
  if (known) return { entry: known, why: "task" };
  const origin = decodeTaskId(told);
  if (origin) {
    const scenario = scenarioOf({ name: origin.scenario, why: "task" }, catalogue);
    if ("refusal" in scenario) return scenario;
    const entry = session.tasks.resume(newEntry(world, { ...origin, id, scenario }));
    if (entry.file && !entry.file.isDeleted) rememberFiles(session, [entry.file.id]);
    return { entry, why: "task" };
  }
  const named = findByShortName(world, told);
  if (named) return "id" in named ? named : { refusal: noSuchTask(named.problem) };
  const refusal = isHubspotForm(told)
    ? namedError("not-found", { operation: "checkImportStatus", now })
    : undecodableId(id);
  return { refusal: withNearest(refusal, nearestScenarios(told, catalogue)[0]) };
}

/** HubSpot's answer to an id that it never gave; where a scenario's name is near, with that. An id of HubSpot's is near none. */
function withNearest({ status, body }: ErrorAnswer, nearest: string | undefined): ErrorAnswer {
  if (nearest === undefined) return { status, body };
  const message = `${body.message.replace(/\.$/, "")}. Did you mean the scenario ${nearest}?`;
  return { status, body: { ...body, message, context: { ...body.context, nearest: [nearest] } } };
}

/** Only a person asks by a short name: what they read says what to do. */
function noSuchTask(problem: string): ErrorAnswer {
  const message = problem.charAt(0).toUpperCase() + problem.slice(1);
  return invalidInput({ message, code: "UNKNOWN_TASK", in: "taskId" });
}
