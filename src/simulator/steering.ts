import type { StandardError, TaskStatus } from "../contract/contract.js";
import type { Draft } from "../task/draft.js";
import type { ForcedEnd } from "../task/task.js";
import { observe } from "../task/timeline.js";
import { UserError } from "../user-error.js";
import { hintAt, nearestNames } from "./choose-scenario.js";
import type { Entry } from "./session.js";
import { forgetEntries, keepEntry } from "./storage.js";
import type { World } from "./world.js";

/** A task as a test or a person sees it. */
export interface TaskView {
  readonly id: string;
  /** What its next poll would show, faults aside; ENDED tasks of the scenario's own failure show how they fail. */
  readonly status: TaskStatus["status"] | "FAILURE";
  readonly scenario: string;
  /** How often it was polled. */
  readonly polls: number;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  /** What the import asked for. */
  readonly draft: Draft;
}

/** Every task that was started or polled, in that order. */
export function viewTasks({ session }: World, now: number): readonly TaskView[] {
  return [...session.tasks.values()].map((entry) => viewTask(entry, now));
}

/** One task at a moment. */
export function viewTask(entry: Entry, now: number): TaskView {
  const { id, scenario, requestedAt, draft } = entry.task;
  return { id, status: statusOf(entry, now), scenario: scenario.name, polls: entry.polls, requestedAt, draft };
}

/**
 * Forgets a task.
 *
 * @throws UserError `unknown-task`
 */
export function removeTask(world: World, id: string): void {
  requireTask(world, id);
  world.session.tasks.delete(id);
  forgetEntries(world.storage, [id]);
}

/**
 * Ends a task in a state of the caller's choice.
 *
 * @param error for a canceled task: what its error says in place of the usual
 * @throws UserError `unknown-task`; `task-ended`, for an end never changes
 */
export function endTask(
  world: World,
  id: string,
  {
    now,
    state,
    error,
  }: { readonly now: number; readonly state: ForcedEnd["state"]; readonly error?: Partial<StandardError> },
): void {
  const entry = requireTask(world, id);
  const status = statusOf(entry, now);
  if (!isInFlight(status)) {
    throw new UserError(
      "task-ended",
      `task ${id} has ended as ${status}, and an end never changes. Start another task.`,
    );
  }
  entry.task = { ...entry.task, forced: { state, at: now, ...(error && { error }) } };
  // A header can have shown another scenario's end, at this very instant.
  delete entry.told;
  keepEntry(world.storage, entry);
}

/**
 * Moves tasks on by one step, under pace `manual`.
 *
 * @param id one task; without it, all
 * @returns how many were moved: those that had not ended
 * @throws UserError `unknown-task`
 */
export function moveTasks(world: World, now: number, id?: string): number {
  const entries = id === undefined ? [...world.session.tasks.values()] : [requireTask(world, id)];
  const moving = entries.filter((entry) => isInFlight(statusOf(entry, now)));
  for (const entry of moving) {
    const { moves, requestedAt } = entry.task;
    // A clock that was set back must not date a step before the one that led to it.
    entry.task = { ...entry.task, moves: [...moves, Math.max(now, moves.at(-1) ?? requestedAt)] };
    keepEntry(world.storage, entry);
  }
  return moving.length;
}

/**
 * Makes a scenario the default of imports from now on.
 *
 * @throws UserError `unknown-scenario`
 */
export function useScenario({ catalogue, session }: World, name: string): void {
  requireScenario(name, [...catalogue.keys()]);
  session.defaultScenario = name;
}

/** @throws UserError that names the nearest scenarios if there is none of that name */
export function requireScenario(name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  throw new UserError("unknown-scenario", `there is no scenario "${name}". ${hintAt(nearestNames(name, names))}`);
}

/** @throws UserError `unknown-task` */
export function requireTask({ session }: World, id: string): Entry {
  const entry = session.tasks.get(id);
  if (entry) return entry;
  throw new UserError(
    "unknown-task",
    `there is no task "${id.slice(0, 60)}". Start it with an import, or poll it once.`,
  );
}

function isInFlight(status: TaskView["status"]): boolean {
  return status === "PENDING" || status === "PROCESSING";
}

function statusOf({ task, answered }: Entry, now: number): TaskView["status"] {
  const seen = observe(task, now, answered);
  return seen.state === "ENDED" ? seen.end.state : seen.state;
}
