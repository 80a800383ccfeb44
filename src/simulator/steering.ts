import type { StandardError, TaskStatus } from "../contract/contract.js";
import type { Draft } from "../task/draft.js";
import type { Forced } from "../task/task.js";
import { observe, type Stage, stagesOf } from "../task/timeline.js";
import { UserError } from "../user-error.js";
import { requireScenario } from "./choose-scenario.js";
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

/** A task with its whole life. */
export interface TaskLife extends TaskView {
  /** The states it went through, and those to come. */
  readonly stages: readonly Stage[];
}

export function viewLife(entry: Entry, now: number): TaskLife {
  return { ...viewTask(entry, now), stages: stagesOf(entry.task, now, entry.answered) };
}

/** One task at a moment. */
function viewTask(entry: Entry, now: number): TaskView {
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
  const entry = requireTask(world, id);
  const seen = observe(entry.task, now, entry.answered);
  if (seen.state === "ENDED") {
    const sentence = `task ${id} has ended as ${seen.end.state}, and an end never changes.`;
    throw new UserError("task-ended", `${sentence} Start another task.`);
  }
  if (force.state === "PENDING" && seen.state === "PROCESSING") {
    throw new UserError("task-started", `task ${id} is PROCESSING and never goes back to PENDING. Start another task.`);
  }
  // A clock that was set back must not date a state before the one that led to it.
  const before = seen.state === "PROCESSING" ? seen.startedAt : entry.task.requestedAt;
  const at = Math.max(now, before);
  const startedAt = seen.state === "PROCESSING" ? seen.startedAt : at;
  entry.task = { ...entry.task, forced: forcedInto(force, { at, startedAt }) };
  // A header can have shown another scenario's end, at this very instant.
  delete entry.told;
  keepEntry(world.storage, entry);
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
  const entries = id === undefined ? [...world.session.tasks.values()] : [requireTask(world, id)];
  const moving = entries.filter((entry) => !entry.task.forced && isInFlight(statusOf(entry, now)));
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
 * @param name with its parameters, where some are not to have their defaults
 * @throws UserError `unknown-scenario`
 */
export function useScenario({ catalogue, session }: World, name: string): void {
  requireScenario(name, catalogue);
  session.defaultScenario = name;
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
