import CRC32 from "crc-32";
import { type ErrorAnswer, invalidInput, namedError, undecodableId } from "../contract/hubspot-error.js";
import { type Effect, effectLabel, showsState } from "../scenario/effect.js";
import type { PollsInState } from "../scenario/fault.js";
import { baseName, splitReference, withoutLabel } from "../scenario/reference.js";
import type { RecordedAnswer, Scenario } from "../scenario/scenario.js";
import { chooseScenario, nearestScenarios, scenarioOf, type Wish } from "../session/choose-scenario.js";
import { type Entry, newEntry, type Waiting } from "../session/entry.js";
import { findByShortName } from "../session/names.js";
import { nthRandom, rememberFiles, type World } from "../session/session.js";
import { useResponse } from "../session/stored-task.js";
import { settledEnd, shownState } from "../task/status-body.js";
import { type Observation, observe, recordedAt, type Task } from "../task/task.js";
import { decodeTaskId, isHubspotForm } from "../task/task-id.js";
import { applicableFault, applyFault, withinLimits } from "./apply-fault.js";
import { bodyOf, replayed } from "./render-status.js";
import { linkTarget, type Outcome, type RequestContext, seedHeader } from "./request-context.js";

/**
 * Responds with the status of a task. The whole poll is one update of the store, from the search for the task to the count,
 * so that no other poll sees the same count.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1import-from-url~1async~1tasks~1{taskId}~1status/get
 */
export function checkImportStatus(world: World, context: RequestContext, id: string): Outcome {
  return world.session.tasks.update(id, (known) => poll(world, context, id, known));
}

function poll(world: World, context: RequestContext, id: string, known: Entry | undefined): Outcome {
  const found = findTask(world, context, id, known);
  if ("id" in found) return checkImportStatus(world, context, found.id);
  if ("rejection" in found) return { response: context.respond.error(found.rejection) };
  const { entry, why } = found;
  const taskId = entry.id;
  const own = entry.task.scenario;
  const choice = chooseScenario(world, context.request, { otherwise: { name: own.name, why }, known: own });
  if ("rejection" in choice) return { response: context.respond.error(choice.rejection), taskId };
  const { scenario, noted } = choice;
  // A reload may have changed what its scenario says.
  if (scenario !== own && (noted.why === why || scenario.name === own.name)) adopt(entry, scenario);
  const { respond, over } = withinLimits(world, context, scenario, "checkImportStatus");
  if (over) {
    countPoll(world, context, entry);
    return { ...over, scenario: noted, taskId };
  }
  const seen = observePoll(world, context, entry, scenario);
  countPoll(world, context, entry, seen);
  return respondToPoll(world, { ...context, respond }, entry, seen, noted);
}

function adopt(entry: Entry, scenario: Scenario): void {
  entry.task = { ...entry.task, scenario };
  delete entry.rendered;
}

/** A poll: the task at this moment, and the effect on its response. */
interface Poll {
  /** Under the scenario of this poll. */
  readonly task: Task;
  readonly seen: Observation;
  readonly state: ReturnType<typeof shownState>;
  /** How many polls found the task in each state, this one included. */
  readonly inState: PollsInState;
  readonly injected: Waiting | undefined;
  readonly effect: Effect | undefined;
  /** Whether the client is shown the task. */
  readonly isShown: boolean;
  readonly recorded: RecordedAnswer | undefined;
}

function observePoll(world: World, context: RequestContext, entry: Entry, scenario: Scenario): Poll {
  const { now } = context;
  const task = taskAt(entry.task, scenario, context);
  const seen = observe(task, now, entry.answered);
  const state = shownState({ task, seen, unknowns: world.unknowns });
  const inState = counted(entry.inState, state);
  // A repeated request gets the effect of the first one, and leaves the next injected response in the queue.
  const next = context.repeated ? undefined : entry.injected[0];
  const injected = next?.after === 0 ? next : undefined;
  const effect = injected?.effect ?? faultOf(world, context, scenario, { entry, task, seen, state, inState });
  const isShown = !effect || showsState(effect);
  return { task, seen, state, inState, injected, effect, isShown, recorded: recordedAt(task, now, entry.answered) };
}

/** Returns the effect of the scenario's fault that applies to a poll. Most scenarios have no faults to search. */
function faultOf(
  world: World,
  context: RequestContext,
  scenario: Scenario,
  { entry, task, seen, state, inState }: Pick<Poll, "task" | "seen" | "state" | "inState"> & { readonly entry: Entry },
): Effect | undefined {
  if (scenario.faults.length === 0 && !context.repeated) return undefined;
  return applicableFault(world, context, scenario, {
    operation: "checkImportStatus",
    count: entry.polls + 1,
    inState,
    state,
    importedForMs: context.now - task.requestedAt,
    ...(seen.state === "ENDED" && { endedForMs: context.now - seen.completedAt }),
  });
}

/** Returns a task under the scenario of one request, at its moment: a request whose header sets a time before the end does not see the end. */
function taskAt(known: Task, scenario: Scenario, { now, shown }: RequestContext): Task {
  const { settled, pace } = known;
  const isBefore = settled && pace === "time" && now < Math.min(shown, settled.completedAt);
  if (known.scenario === scenario && !isBefore) return known;
  const { settled: _, ...task } = known;
  return { ...task, scenario };
}

/** Written out, because every poll counts: bench:msw limits what a poll may cost. */
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

/** Counts a poll, but neither a HEAD nor a repeated attempt. @param poll absent if the request exceeds a limit */
function countPoll(world: World, context: RequestContext, entry: Entry, poll?: Poll): void {
  const { session } = world;
  const { request, repeated } = context;
  if (request.method === "HEAD" || repeated) return;
  session.tasks.add(entry);
  entry.polls += 1;
  if (poll && !poll.injected) entry.inState = poll.inState;
  if (poll?.isShown) {
    entry.answered += 1;
    settle(world, context, entry, poll);
  }
  if (poll && entry.injected.length > 0) useResponse(session.memory, entry);
}

/** Keeps the end that a client has seen, unless the request asked for another scenario, or for a later moment. */
function settle({ unknowns }: World, { now, shown }: RequestContext, entry: Entry, { task, seen }: Poll): void {
  if (seen.state !== "ENDED" || entry.task.settled || task !== entry.task) return;
  if (task.pace === "time" && now > shown) return;
  entry.task = { settled: settledEnd({ task, seen, unknowns }), ...task };
}

function respondToPoll(
  world: World,
  context: RequestContext,
  entry: Entry,
  poll: Poll,
  scenario: NonNullable<Outcome["scenario"]>,
): Outcome {
  const { task, seen, state, injected, effect, isShown, recorded } = poll;
  const { respond, now, repeated } = context;
  if (recorded && !injected && !repeated)
    return { ...replayed(world, context, { recorded, entry, task }), scenario, taskId: task.id };
  const plain = () => {
    const { text } = bodyOf(world, { entry, task, seen, link: linkTarget(world.unknowns, context) });
    return respond.json(seen.state === "ENDED" ? 200 : world.unknowns.inFlightStatus, text);
  };
  if (!effect && !repeated) return { response: plain(), scenario, taskId: task.id, state };
  return {
    response: effect ? applyFault(effect, { respond, now, operation: "checkImportStatus", plain }) : plain(),
    scenario,
    taskId: task.id,
    ...(isShown && { state }),
    ...(effect && { effect: effectLabel(effect) }),
    ...((injected || repeated?.isInjected) && { isInjected: true }),
  };
}

/** @property id of the task that a short name means */
type Found =
  | { readonly entry: Entry; readonly why: Wish["why"] }
  | { readonly id: string }
  | { readonly rejection: ErrorAnswer };

/**
 * Returns a task that is known, one that its id describes, or one that begins now because its scenario's name is polled. The
 * store gets a new task only once its poll counts: neither a HEAD nor a rejected poll starts a task.
 */
function findTask(world: World, context: RequestContext, id: string, listed: Entry | undefined): Found {
  const { request, now } = context;
  const { catalogue, session } = world;
  const seeding = seedHeader(request);
  if ("rejection" in seeding) return seeding;
  const known = listed ?? session.tasks.recall(id, catalogue);
  known?.unshrink();
  // "canceled" and "canceled~2" are two tasks: a task's end never changes, so a second try needs a second name.
  const { scenario: reference } = splitReference(id);
  const name = withoutLabel(reference);
  if (catalogue.has(baseName(name))) {
    if (known && (seeding.seed ?? known.task.seed) === known.task.seed) return { entry: known, why: "name" };
    const scenario = scenarioOf({ name, why: "name" }, catalogue);
    if ("rejection" in scenario) return scenario;
    const seed = seeding.seed ?? nthRandom(world.seed, CRC32.str(id));
    return { entry: newEntry(world, { id, requestedAt: now, seed, scenario }), why: "name" };
  }
  if (known) return { entry: known, why: "task" };
  const origin = decodeTaskId(reference);
  if (origin) {
    const scenario = scenarioOf({ name: origin.scenario, why: "task" }, catalogue);
    if ("rejection" in scenario) return scenario;
    const entry = session.tasks.resume(newEntry(world, { ...origin, id, scenario }));
    if (entry.file && !entry.file.isDeleted) rememberFiles(session, [entry.file.id]);
    return { entry, why: "task" };
  }
  const named = findByShortName(world, reference);
  if (named) return "id" in named ? named : { rejection: noSuchTask(named.problem) };
  const rejection = isHubspotForm(reference)
    ? namedError("not-found", { operation: "checkImportStatus", now })
    : undecodableId(id);
  return { rejection: withNearest(rejection, nearestScenarios(reference, catalogue)[0]) };
}

/** Adds the nearest scenario's name, if there is one, to HubSpot's error for an unknown id. */
function withNearest({ status, body }: ErrorAnswer, nearest: string | undefined): ErrorAnswer {
  if (nearest === undefined) return { status, body };
  const message = `${body.message.replace(/\.$/, "")}. Did you mean the scenario ${nearest}?`;
  return { status, body: { ...body, message, context: { ...body.context, nearest: [nearest] } } };
}

/** Returns the error for a short name that no task has. Only people write short names, so the message says what to do. */
function noSuchTask(problem: string): ErrorAnswer {
  const message = problem.charAt(0).toUpperCase() + problem.slice(1);
  return invalidInput({ message, code: "UNKNOWN_TASK", in: "taskId" });
}
