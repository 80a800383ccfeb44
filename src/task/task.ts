import type { StandardError } from "../contract/contract.js";
import type { EndStep, FileLook, PlainEnd, RecordedAnswer, Scenario, Step } from "../scenario/scenario.js";
import { isInstant } from "../time.js";
import type { RequestedFile } from "./requested-file.js";

/** What makes a task advance from one step to the next. */
export type Pace = "time" | "polls" | "manual" | "immediate";

/** An import task: everything that decides what its polls return, and when. */
export interface Task {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  /** 0 to 2³²−1; decides what the request does not. */
  readonly seed: number;
  readonly scenario: Scenario;
  readonly draft: RequestedFile;
  readonly pace: Pace;
  /** Divides the durations of the scenario's steps under pace `time`. */
  readonly speed: number;
  /** When a person advanced it, in epoch milliseconds; used under pace `manual`. */
  readonly moves: readonly number[];
  /** The state that a person chose, which overrides the scenario until they choose another. */
  readonly forced?: Forced;
  /** Its end, once a client has seen it. */
  readonly settled?: Settled;
}

/**
 * The end of a task that a client has seen. It stays the same when settings, its scenario's text or the machine's clock
 * change; only setting the session's clock back before it removes it. Instants in epoch milliseconds.
 */
export interface Settled {
  readonly end: PlainEnd;
  readonly startedAt: number;
  readonly completedAt: number;
  /** The scenario's properties of the file. */
  readonly file?: FileLook;
}

/** A state that a person chose. Instants in epoch milliseconds. */
export type Forced =
  | { readonly state: "PENDING"; readonly at: number }
  | { readonly state: "PROCESSING"; readonly at: number; readonly startedAt: number }
  | {
      readonly state: "COMPLETE" | "CANCELED";
      readonly at: number;
      readonly startedAt: number;
      /** Overrides properties of a canceled task's error. */
      readonly error?: Partial<StandardError>;
    };

/** The state of a task at one moment. Instants in epoch milliseconds. */
export type Observation =
  | { readonly state: "PENDING" }
  | { readonly state: "PROCESSING"; readonly startedAt: number }
  | {
      readonly state: "ENDED";
      readonly end: EndStep;
      readonly startedAt: number;
      readonly completedAt: number;
    };

/**
 * Returns the state of `task` at a moment. It is computed without timers, so that a restart or a second process gives the
 * same; an end that a client has seen stays.
 *
 * @param now epoch milliseconds; advances the task under pace `time`
 * @param polls how many earlier polls returned its state; advances it under pace `polls`
 * @throws never
 * @see spec/evidence.md (HubSpot publishes no timings: the catalogue's are ours)
 * @example observe(task, task.requestedAt, 0).state; // "PENDING"
 */
export function observe(task: Task, now: number, polls: number): Observation {
  if (task.settled) return { state: "ENDED", ...task.settled };
  if (task.forced) return observeForced(task.forced);
  const { steps } = task.scenario;
  const index = currentStep(task, now, polls);
  const step = steps[index] as Step; // a scenario has at least one step
  if (step.state === "PENDING") return { state: "PENDING" };
  const startedAt = enteredAt(
    task,
    steps.findIndex(({ state }) => state !== "PENDING"),
  );
  if ("forMs" in step) return { state: "PROCESSING", startedAt };
  return { state: "ENDED", end: step, startedAt, completedAt: enteredAt(task, index) };
}

/** Returns when a task entered a step. */
function enteredAt(task: Task, index: number): number {
  return index === 0 ? task.requestedAt : instantOfLeaving(task, positionsWhereLeft(task)[index - 1] as number);
}

function observeForced(forced: Forced): Observation {
  if (forced.state === "PENDING") return { state: forced.state };
  const { state, at, startedAt } = forced;
  if (state === "PROCESSING") return { state, startedAt };
  const { error } = forced;
  const end: EndStep = { state, errors: state === "CANCELED" ? 1 : 0, ...(error && { error }) };
  return { state: "ENDED", end, startedAt, completedAt: at };
}

/** A past, current or future state of a task. */
export interface Stage {
  readonly state: Step["state"];
  readonly isReached: boolean;
  /** When it began or will begin, in epoch milliseconds; absent if that depends on a poll or a person. */
  readonly at?: number;
}

/**
 * Returns the past, current and future states of `task`.
 *
 * @param now as for `observe`
 * @param polls as for `observe`
 * @example stagesOf(task, task.requestedAt, 0)[1]; // { state: "PROCESSING", isReached: false, at: task.requestedAt + 1000 }
 */
export function stagesOf(task: Task, now: number, polls: number): readonly Stage[] {
  const { steps } = task.scenario;
  if (task.forced) return forcedStages(task.requestedAt, task.forced);
  const current = currentStep(task, now, polls);
  const stages = steps.map(({ state }, index): Stage => {
    const isReached = index <= current;
    const at = enteredAt(task, index);
    // An instant after the year 9998 has no date in text form.
    const isDated = isReached || (task.pace === "time" && isInstant(at));
    return { state, isReached, ...(isDated && { at }) };
  });
  if (!task.settled) return stages;
  const { end, completedAt } = task.settled;
  return [...stages.slice(0, -1), { state: end.state, isReached: true, at: completedAt }];
}

function forcedStages(requestedAt: number, forced: Forced): readonly Stage[] {
  const pending: Stage = { state: "PENDING", isReached: true, at: requestedAt };
  if (forced.state === "PENDING") return [pending];
  const { state, at, startedAt } = forced;
  const processing: Stage = { state: "PROCESSING", isReached: true, at: startedAt };
  if (state === "PROCESSING") return [pending, processing];
  return [pending, ...(startedAt < at ? [processing] : []), { state, isReached: true, at }];
}

/**
 * Returns the milliseconds until `task` changes by itself.
 *
 * @param now epoch milliseconds
 * @param polls how many polls returned its state
 * @returns 1 or more; `undefined` if only a poll or a person can change it, or nothing can
 * @throws never; a task that decodes can be observed
 * @see spec/evidence.md (HubSpot publishes no timings: the catalogue's are ours)
 * @example nextChangeInMs(task, task.requestedAt, 0); // 1000
 */
export function nextChangeInMs(task: Task, now: number, polls: number): number | undefined {
  if (task.settled || task.forced || task.pace !== "time") return undefined;
  const left = positionsWhereLeft(task)[currentStep(task, now, polls)] as number;
  // In this order: adding to an instant would lose a small fraction of a millisecond.
  return left === Number.POSITIVE_INFINITY ? undefined : Math.ceil(left - (now - task.requestedAt));
}

/**
 * Returns the recorded response for this moment of a task; undefined if its scenario is not a recording, or a person chose
 * its state.
 *
 * @param now as for `observe`
 * @param polls as for `observe`
 */
export function recordedAt(task: Task, now: number, polls: number): RecordedAnswer | undefined {
  if (task.forced || !task.scenario.recording) return undefined;
  const step = task.scenario.steps[currentStep(task, now, polls)];
  return step && "recorded" in step ? step.recorded : undefined;
}

/** Returns the index of a task's current step. */
function currentStep(task: Task, now: number, polls: number): number {
  const leftAt = positionsWhereLeft(task);
  const position = task.settled ? Number.POSITIVE_INFINITY : positionOf(task, now, polls);
  const found = leftAt.findIndex((left) => position < left);
  return found === -1 ? leftAt.length - 1 : found;
}

/** Returns what the pace counts: milliseconds, polls or moves. */
function positionOf({ pace, requestedAt, moves }: Task, now: number, polls: number): number {
  switch (pace) {
    case "time":
      return now - requestedAt;
    case "polls":
      return polls;
    case "manual":
      return moves.length;
    case "immediate":
      return 0;
  }
}

type Positions = Pick<Task, "pace" | "speed"> & { readonly leftAt: readonly number[] };

/** For each scenario, the positions of the latest pace and speed: nearly all polls of its tasks have the same ones. */
const positions = new WeakMap<Task["scenario"], Positions>();

/** Returns for each step of a task the position at which the task leaves it. */
function positionsWhereLeft({ pace, speed, scenario }: Task): readonly number[] {
  const known = positions.get(scenario);
  if (known?.pace === pace && known.speed === speed) return known.leftAt;
  const leftAt = positionsFor({ pace, speed, scenario });
  positions.set(scenario, { pace, speed, leftAt });
  return leftAt;
}

function positionsFor({ pace, speed, scenario }: Pick<Task, "pace" | "speed" | "scenario">): readonly number[] {
  let left = 0;
  return scenario.steps.map((step) => {
    if (!("forMs" in step)) left = Number.POSITIVE_INFINITY;
    else if (pace === "manual") left += 1;
    else if (step.forMs === Number.POSITIVE_INFINITY) left = step.forMs;
    else if (pace === "time") left += step.forMs / speed;
    else if (pace === "polls") left += step.polls;
    return left;
  });
}

/**
 * Returns when a task left a step. Another process cannot know when polls came, so each poll counts as one millisecond;
 * dates by the scenario's durations would be in the future.
 */
function instantOfLeaving({ pace, requestedAt, moves }: Task, position: number): number {
  if (pace === "manual") return moves[position - 1] ?? requestedAt;
  return requestedAt + Math.floor(position);
}
