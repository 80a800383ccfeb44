import type { StandardError, TaskStatus } from "../contract/contract.js";
import type { Effect } from "../scenario/effect.js";
import { baseName, splitReference } from "../scenario/reference.js";
import type { EndStep } from "../scenario/scenario.js";
import type { RequestedFile } from "../task/requested-file.js";
import { shownState, type Unknowns } from "../task/status-body.js";
import { type Forced, observe, type Stage, stagesOf, type Task } from "../task/task.js";
import { nearestNames } from "../text.js";
import { UserError } from "../user-error.js";
import { nearestScenarios, requireScenario } from "./choose-scenario.js";
import type { Entry } from "./entry.js";
import { addressOf, findByShortName, listNames, shortName } from "./names.js";
import type { World } from "./session.js";
import { chargeResponses, waitingResponses } from "./stored-task.js";

/** A task as a test or a person sees it. */
export interface TaskView {
  readonly id: string;
  /** Its short name, such as `rate-limited#3`: the session's third task. */
  readonly name: string;
  /** The state that a poll would show now without faults; under pace `polls`, the state that the last poll showed. */
  readonly status: TaskStatus["status"];
  readonly scenario: string;
  /** How often it was polled. */
  readonly polls: number;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  /** What the import asked for. */
  readonly draft: RequestedFile;
  /** When a person last chose its state, on the session's clock, in epoch milliseconds. Absent if nobody has. */
  readonly forcedAt?: number;
}

/** Returns the tasks of the list that began last, in the order in which they began. */
export function viewTasks({ session, unknowns }: World, now: number, limit: number): readonly TaskView[] {
  return session.tasks
    .list()
    .slice(-limit)
    .map((entry) => viewTask(entry, now, unknowns, entry.task));
}

/** A task with its whole life. */
export interface TaskLife extends TaskView {
  /** Its past, current and future states. */
  readonly stages: readonly (Omit<Stage, "state"> & { readonly state: TaskView["status"] })[];
  /** How many injected responses wait for its next polls. */
  readonly injected: number;
}

/** Returns the tasks of the list that began last, each as a function that returns its whole life. */
export function viewLives(world: World, now: number, limit: number): readonly (() => TaskLife)[] {
  return world.session.tasks
    .list()
    .slice(-limit)
    .map((entry) => () => viewLife(world, entry, now));
}

/** Returns a task with its whole life. */
export function viewLife(world: World, entry: Entry, now: number): TaskLife {
  const { task } = entry;
  const [end] = task.forced || task.settled ? [] : task.scenario.steps.slice(-1);
  const stages = stagesOf(task, now, pollsBefore(entry, task)).map((stage): TaskLife["stages"][number] => {
    const state = end && !("forMs" in end) && stage.state === end.state ? endState(world, task, end) : stage.state;
    return { ...stage, state: state as TaskView["status"] };
  });
  return { ...viewTask(entry, now, world.unknowns, task), stages, injected: entry.injected.length };
}

/** Returns the status that shows a scenario's end. The session's settings choose how a failure is shown. */
function endState({ unknowns }: World, task: Task, end: EndStep): TaskView["status"] {
  return shownState({ task, seen: { state: "ENDED", end, startedAt: 0, completedAt: 0 }, unknowns });
}

/** Returns a task as it is at a moment. */
function viewTask({ number, polls, answered }: Entry, now: number, unknowns: Unknowns, task: Task): TaskView {
  const { id, scenario, requestedAt, draft, forced } = task;
  const status = shownState({ task, seen: observe(task, now, pollsBefore({ answered }, task)), unknowns });
  const name = shortName({ number, scenario: scenario.name });
  return {
    id,
    name,
    status,
    scenario: scenario.name,
    polls,
    requestedAt,
    draft,
    ...(forced && { forcedAt: forced.at }),
  };
}

/**
 * Returns the number of polls that a person's view is based on. Under pace `polls` the poll that showed the client PROCESSING
 * has moved the task to its end already. A person who views or cancels a task means the state that the client has seen.
 */
function pollsBefore({ answered }: Pick<Entry, "answered">, task: Task): number {
  return task.pace === "polls" ? Math.max(0, answered - 1) : answered;
}

/** Whether a person who views a task is shown its end. */
export function hasEnded(entry: Entry, now: number): boolean {
  const { task } = entry;
  return observe(task, now, pollsBefore(entry, task)).state === "ENDED";
}

/**
 * Removes a task.
 *
 * @throws UserError `unknown-task`
 */
export function removeTask(world: World, id: string): void {
  world.session.tasks.remove(requireTask(world, id).id);
}

/** The state that a person chooses for a task. */
export type Force =
  | { readonly state: "PENDING" | "PROCESSING" | "COMPLETE" }
  /** @param error replaces parts of the usual error */
  | { readonly state: "CANCELED"; readonly error?: Partial<StandardError> };

/**
 * Puts a task into a state, where it stays until another is chosen.
 *
 * @throws UserError `unknown-task`; `task-ended`, because an end never changes; `task-started` for one that would go back to PENDING
 */
export function forceTask(world: World, id: string, force: Force, now: number): void {
  changeTask(world, id, (entry) => {
    const seen = observe(entry.task, now, pollsBefore(entry, entry.task));
    if (seen.state === "ENDED") {
      const sentence = `task ${id} has ended as ${shownState({ task: entry.task, seen, unknowns: world.unknowns })}, which is final.`;
      throw new UserError("task-ended", `${sentence} Start another task.`);
    }
    if (force.state === "PENDING" && seen.state === "PROCESSING") {
      throw new UserError(
        "task-started",
        `task ${id} is PROCESSING and never goes back to PENDING. Start another task.`,
      );
    }
    // A clock that was set back must not date a state before the one that led to it.
    const before = seen.state === "PROCESSING" ? seen.startedAt : entry.task.requestedAt;
    const at = Math.max(now, before);
    const startedAt = seen.state === "PROCESSING" ? seen.startedAt : at;
    entry.task = { ...entry.task, forced: forcedInto(force, { at, startedAt }) };
    // A header may have shown another scenario's end at the same instant.
    delete entry.rendered;
  });
}

function forcedInto(force: Force, { at, startedAt }: { readonly at: number; readonly startedAt: number }): Forced {
  return force.state === "PENDING" ? { state: force.state, at } : { ...force, at, startedAt };
}

/**
 * Moves tasks on by one step, under pace `manual`.
 *
 * @param id one task; without it, all
 * @returns how many were moved: those that had not ended and are not forced into a state
 * @throws UserError `unknown-task`
 */
export function moveTasks(world: World, now: number, id?: string): number {
  const entries = id === undefined ? world.session.tasks.list() : [requireTask(world, id)];
  return entries.filter((entry) => changeTask(world, entry.id, (one) => moveEntry(one, now))).length;
}

/** @returns whether it was moved */
function moveEntry(entry: Entry, now: number): boolean {
  const { task, answered } = entry;
  if (task.forced || observe(task, now, answered).state === "ENDED") return false;
  const { moves, requestedAt } = task;
  // A clock that was set back must not date a step before the one that led to it.
  entry.task = { ...task, moves: [...moves, Math.max(now, moves.at(-1) ?? requestedAt)] };
  return true;
}

/** Removes the ends that are later than the moment to which a person set the clock back. Only pace `time` depends on the clock. */
export function unsettleAfter({ session }: World, now: number): void {
  for (const entry of session.tasks.list()) {
    const { settled, ...task } = entry.task;
    if (!settled || task.pace !== "time" || task.forced || settled.completedAt <= now) continue;
    session.tasks.update(entry.id, (kept = entry) => {
      kept.task = task;
    });
  }
}

/** Changes a task inside its store's `update`. @param id or a short name @throws UserError `unknown-task` */
function changeTask<Result>(world: World, id: string, change: (entry: Entry) => Result): Result {
  const known = requireTask(world, id);
  return world.session.tasks.update(known.id, (entry = known) => change(entry));
}

/**
 * Makes a scenario the default of later imports.
 *
 * @param name may have parameters
 * @throws UserError `unknown-scenario`
 */
export function useScenario({ catalogue, session }: World, name: string): void {
  requireScenario(name, catalogue);
  session.defaultScenario = name;
}

/**
 * Replaces the responses to a task's next polls.
 *
 * @throws UserError `unknown-task`
 */
export function injectResponses(
  world: World,
  id: string,
  effect: Effect,
  when: Parameters<typeof waitingResponses>[2],
): void {
  changeTask(world, id, (entry) => {
    entry.injected = [...entry.injected, ...waitingResponses(entry, effect, when)];
    chargeResponses(world.session.memory, entry);
  });
}

/**
 * Returns the id of a task that is named by its id, its short name or its number alone. HubSpot's own paths take no number: a
 * client that sends one has a defect.
 *
 * @throws UserError `unknown-task` for a short name that no task has
 */
export function taskIdFor(world: World, text: string): string {
  if (world.session.tasks.read(text)) return text;
  const named = findByShortName(world, /^\d{1,9}$/.test(text) ? `#${text}` : text);
  if (named && "problem" in named) throw new UserError("unknown-task", named.problem);
  return named?.id ?? text;
}

/** Returns a task of the list. @param id or a short name @throws UserError `unknown-task` */
export function requireTask(world: World, id: string): Entry {
  const entry = world.session.tasks.read(taskIdFor(world, id));
  if (entry) return entry;
  const named = world.session.tasks
    .list()
    .filter(({ scenario }) => baseName(scenario.name) === id)
    .map(({ number, scenario }) => shortName({ number, scenario: scenario.name }))
    .reverse();
  if (named[0] !== undefined) {
    const sentence = `there is no task with the id "${id}". Tasks of this scenario: ${listNames(named)}.`;
    throw new UserError("unknown-task", `${sentence} Write only the number, as in ${addressOf(named[0])}.`);
  }
  const [nearest] = nearestScenarios(splitReference(id).scenario, world.catalogue);
  const [name] = nearestNames(id, ["last"]);
  const ofName = name === undefined ? "" : ` Did you mean ${name}, the newest task?`;
  const hint = nearest === undefined ? ofName : ` Did you mean the scenario ${nearest}?`;
  throw new UserError(
    "unknown-task",
    `there is no task "${id.slice(0, 60)}".${hint} Start it with an import, or poll it once.`,
  );
}
