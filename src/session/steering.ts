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
import { addressOf, findByShortName, listNames, shortName } from "./short-name.js";
import { chargeResponses, waitingResponses } from "./stored-task.js";
import type { World } from "./world.js";

/** A task as a test or a person sees it. */
export interface TaskView {
  readonly id: string;
  /** What people call it, such as `rate-limited#3`: the session's third task. */
  readonly name: string;
  /** What a poll would show now, faults aside; under pace `polls`, what the last poll showed. */
  readonly status: TaskStatus["status"];
  readonly scenario: string;
  /** How often it was polled. */
  readonly polls: number;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  /** What the import asked for. */
  readonly draft: RequestedFile;
}

/** Every task that is remembered, in the order in which they began. */
export function viewTasks({ session, unknowns }: World, now: number): readonly TaskView[] {
  return session.tasks.list().map((entry) => viewTask(entry, now, unknowns));
}

/** A task with its whole life. */
export interface TaskLife extends TaskView {
  /** The states it went through, and those to come. */
  readonly stages: readonly (Omit<Stage, "state"> & { readonly state: TaskView["status"] })[];
}

/** @throws UserError `unknown-task` */
export function viewLife(world: World, id: string, now: number): TaskLife {
  return lifeOf(world, requireTask(world, id), now);
}

export function viewLives(world: World, now: number): readonly TaskLife[] {
  return world.session.tasks.list().map((entry) => lifeOf(world, entry, now));
}

function lifeOf(world: World, entry: Entry, now: number): TaskLife {
  const { task } = entry;
  const [end] = task.forced || task.settled ? [] : task.scenario.steps.slice(-1);
  const stages = stagesOf(task, now, pollsBefore(entry)).map((stage): TaskLife["stages"][number] => {
    const state = end && !("forMs" in end) && stage.state === end.state ? endState(world, task, end) : stage.state;
    return { ...stage, state: state as TaskView["status"] };
  });
  return { ...viewTask(entry, now, world.unknowns), stages };
}

/** How the end of a scenario is told: a failure in the way that the session's settings choose. */
function endState({ unknowns }: World, task: Task, end: EndStep): TaskView["status"] {
  return shownState({ task, seen: { state: "ENDED", end, startedAt: 0, completedAt: 0 }, unknowns });
}

/** One task at a moment. */
function viewTask(entry: Entry, now: number, unknowns: Unknowns): TaskView {
  const { task, number, polls } = entry;
  const { id, scenario, requestedAt, draft } = task;
  const status = shownState({ task, seen: observe(task, now, pollsBefore(entry)), unknowns });
  const name = shortName({ number, scenario: scenario.name });
  return { id, name, status, scenario: scenario.name, polls, requestedAt, draft };
}

/**
 * The polls that count for what a person is shown. Under pace `polls` the one that told the client PROCESSING has moved the
 * task on to its end: whoever looks at it, or cancels it, means the task that the client knows.
 */
function pollsBefore({ task, answered }: Entry): number {
  return task.pace === "polls" ? Math.max(0, answered - 1) : answered;
}

/** Whether a person who looks at a task is shown an end. */
export function hasEnded(entry: Entry, now: number): boolean {
  return observe(entry.task, now, pollsBefore(entry)).state === "ENDED";
}

/**
 * Forgets a task.
 *
 * @throws UserError `unknown-task`
 */
export function removeTask(world: World, id: string): void {
  world.session.tasks.remove(requireTask(world, id).id);
}

/** What a person wants a task to be. */
export type Force =
  | { readonly state: "PENDING" | "PROCESSING" | "COMPLETE" }
  /** @param error what its error says in place of the usual */
  | { readonly state: "CANCELED"; readonly error?: Partial<StandardError> };

/**
 * Puts a task into a state of the caller's choice, where it stays until another is chosen.
 *
 * @throws UserError `unknown-task`; `task-ended`, for an end never changes; `task-started`, for none goes back to PENDING
 */
export function forceTask(world: World, id: string, force: Force, now: number): void {
  changeTask(world, id, (entry) => {
    const seen = observe(entry.task, now, pollsBefore(entry));
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
    // A header can have shown another scenario's end, at this very instant.
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
 * @returns how many were moved: those that had not ended, and are not held in a state by force
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

/** Forgets the ends that clients saw later than the moment to which a person turned the clock back. Only pace `time` has a clock. */
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
 * Makes a scenario the default of imports from now on.
 *
 * @param name with its parameters, where some are not to have their defaults
 * @throws UserError `unknown-scenario`
 */
export function useScenario({ catalogue, session }: World, name: string): void {
  requireScenario(name, catalogue);
  session.defaultScenario = name;
}

/**
 * Decides what a task's next polls are answered.
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
 * A task's id; a short name, or a number alone, becomes the id that it means. A client that polls by a number is mistaken,
 * so HubSpot's own paths take none.
 *
 * @throws UserError `unknown-task` for a short name that means no task
 */
export function taskIdFor(world: World, text: string): string {
  if (world.session.tasks.read(text)) return text;
  const named = findByShortName(world, /^\d{1,9}$/.test(text) ? `#${text}` : text);
  if (named && "problem" in named) throw new UserError("unknown-task", named.problem);
  return named?.id ?? text;
}

/** @param id or a short name @throws UserError `unknown-task` */
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
