import type { StandardError } from "../contract/contract.js";
import type { ScenarioCoverage } from "../exchange/session-journal.js";
import type { Effect } from "../scenario/effect.js";
import { findScenario } from "../scenario/reference.js";
import { nextChangeInMs } from "../task/task.js";
import { UserError } from "../user-error.js";
import { requireScenario } from "./choose-scenario.js";
import { advance, type ClockSetting, freeze, readClock, resume, setClock, setRate } from "./clock.js";
import type { Entry } from "./entry.js";
import { coverScenarios, type Expectation, findEntries, type Verified, verifyJournal } from "./expectation.js";
import type { Journal } from "./journal.js";
import { type Catalogue, clientTime, type World } from "./session.js";
import { type Settings, type Snapshot, settingsOf, takeSnapshot } from "./snapshot.js";
import {
  type Force,
  forceTask,
  injectResponses,
  moveTasks,
  removeTask,
  requireTask,
  type TaskLife,
  type TaskView,
  taskIdFor,
  unsettleAfter,
  useScenario,
  viewLife,
  viewLives,
  viewTasks,
} from "./steering.js";
import { requireSettings, type Worlds } from "./worlds.js";

/**
 * The verbs that have the same arguments at each door: the simulator, a mock of MSW, a client of the control API. They are
 * declared here alone; the doors derive their types from this one.
 */
export type SessionVerbs = Pick<
  SessionControl,
  | "complete"
  | "cancel"
  | "force"
  | "next"
  | "remove"
  | "use"
  | "settings"
  | "configure"
  | "verify"
  | "coverage"
  | "snapshot"
  | "reset"
>;

/** The same for the session's clock. */
export type ClockVerbs = Pick<ClockControl, "freeze" | "resume" | "rate" | "toNextChange">;

/**
 * What a test or a person can do to one session. A task's id may be its short name: `#3`, `3`, `rate-limited#3` or
 * `last`. An invalid call changes nothing; it throws a UserError, or in a client a ControlError with the same `code`.
 *
 * Each verb is a property, so that it works without its object, as in `const { use } = mock`.
 */
export class SessionControl {
  readonly name: string;
  readonly clock: ClockControl;
  readonly #worlds: Worlds;
  readonly #base: () => number;

  /**
   * @param worlds has the session, as it is now, by its name
   * @param base the simulator's clock
   */
  constructor(name: string, worlds: Worlds, base: () => number) {
    this.name = name;
    this.#worlds = worlds;
    this.#base = base;
    this.clock = new ClockControl(() => this.#world, base);
  }

  get #world(): World {
    return this.#worlds.get(this.name);
  }

  get #steered(): World {
    return steer(this.#world);
  }

  /** Every task that was started or polled. @param limit at most this many, those that were started last */
  readonly tasks = (limit = Number.POSITIVE_INFINITY): readonly TaskView[] =>
    viewTasks(this.#world, this.clock.now(), limit);

  /** Counts them without reading each one. */
  readonly taskCount = (): number => this.#world.session.tasks.list().length;

  /** Returns a task with the states it went through and those to come. @throws UserError `unknown-task` */
  readonly task = (id: string): TaskLife => viewLife(this.#world, requireTask(this.#world, id), this.clock.now());

  /**
   * The same for every task, each as a function: thousands take long, and others proceed between two.
   *
   * @param limit as for `tasks`
   */
  readonly lives = (limit = Number.POSITIVE_INFINITY): readonly (() => TaskLife)[] =>
    viewLives(this.#world, this.clock.now(), limit);

  /**
   * Returns the id of a task that is named by its id or its short name. A task of that very id comes first.
   *
   * @throws UserError `unknown-task` for a short name that no task has
   */
  readonly taskId = (text: string): string => taskIdFor(this.#world, text);

  /** Completes a task with a file. @throws `unknown-task`, `task-ended` */
  readonly complete = (id: string): void => this.force(id, "COMPLETE");

  /** Cancels a task. @param error replaces parts of the usual error @throws `unknown-task`, `task-ended` */
  readonly cancel = (id: string, error?: Partial<StandardError>): void =>
    this.force(id, { state: "CANCELED", ...(error && { error }) });

  /**
   * Puts a task into a state, where it stays until another is chosen.
   *
   * @throws `unknown-task`, `task-ended`; `task-started` for one that would go back to PENDING
   * @example simulator.force("last", "PROCESSING");
   */
  readonly force = (id: string, state: Force | Force["state"]): void =>
    forceTask(this.#steered, id, typeof state === "string" ? { state } : state, this.clock.now());

  /**
   * Replaces the responses to a task's next polls.
   *
   * @param times how many polls get it; default one
   * @param after how many polls pass before it, counted once it is first in the queue; default none
   * @throws UserError `unknown-task`
   */
  readonly inject = (id: string, effect: Effect, times = 1, after = 0): void => {
    injectResponses(this.#steered, id, effect, { times, after });
  };

  /** Moves one task, or all, on by one step, under pace `manual`. @returns how many tasks were moved */
  readonly next = (id?: string): number => moveTasks(this.#steered, this.clock.now(), id);

  /** Removes a task. A poll of its id begins it again. @throws `unknown-task` */
  readonly remove = (id: string): void => removeTask(this.#steered, id);

  /** Makes a scenario the default of later imports, as in `rate-limited;burst=3`. @throws `unknown-scenario`, `invalid-parameter` */
  readonly use = (scenario: string): void => useScenario(this.#steered, scenario);

  readonly settings = (): Settings => settingsOf(this.#world);

  /** Changes some settings; the session's tasks go on as they began. @throws `unknown-scenario`, `invalid-option` */
  readonly configure = (changes: Partial<Settings>): void => {
    const { catalogue } = this.#world;
    const filled = changes.asPublished ? { inFlightDates: "filled" as const } : {};
    const changed = { ...this.settings(), ...filled, ...changes };
    const { scenario, seed, pace, speed, limits, ...unknowns } = changed;
    requireScenario(scenario, catalogue);
    requireSettings({ pace, seed, speed, limits, unknowns });
    const world = this.#steered;
    world.session.defaultScenario = scenario;
    this.#worlds.set({ ...world, seed, pace, speed, limits, unknowns });
  };

  /** The time of the session's clients, in epoch milliseconds, as in the journal's `clientAt`. */
  readonly clientNow = (): number => clientTime(this.#world.session, this.#base());

  readonly journal = (): Journal => this.#world.session.journal;

  /** Whether exchanges came as often as expected. @example mock.verify({ taskId, atLeast: 3 }).passed */
  readonly verify = (expectation: Expectation): Verified => {
    const { catalogue, session } = this.#world;
    const { scenario, taskId, ...rest } = expectation;
    return verifyJournal(session.journal, {
      ...rest,
      ...(taskId !== undefined && { taskId: this.taskId(taskId) }),
      ...(scenario !== undefined && { scenario: journalName(scenario, catalogue, session.journal) }),
    });
  };

  /** Which scenarios, states and faults occurred. */
  readonly coverage = (): ScenarioCoverage => coverScenarios(this.#world.session.exercised, this.#worlds.scenarios);

  readonly snapshot = (): Snapshot => takeSnapshot(this.#world, this.#base());

  /** A snapshot of all that a task's polls depend on. @throws UserError `unknown-task` */
  readonly snapshotOf = (id: string): Snapshot => takeSnapshot(this.#world, this.#base(), requireTask(this.#world, id));

  /** Removes everything and begins again, with the same seed. */
  readonly reset = (): void => this.#worlds.reset(this.name);
}

/** A session's time. */
export class ClockControl {
  readonly #world: () => World;
  readonly #base: () => number;

  /**
   * @param world returns the session as it is now
   * @param base the simulator's clock
   */
  constructor(world: () => World, base: () => number) {
    this.#world = world;
    this.#base = base;
  }

  /** What it shows, in epoch milliseconds. */
  readonly now = (): number => readClock(this.#world().session.clock, this.#base());

  readonly setting = (): ClockSetting => ({ ...this.#world().session.clock, base: this.#base(), shows: this.now() });

  readonly freeze = (): void => this.#change(freeze);

  readonly resume = (): void => this.#change(resume);

  /** Less than 0 turns it back. @throws `clock-range` */
  readonly advance = (milliseconds: number): void => this.#change(advance, milliseconds);

  /** @param instant epoch milliseconds @throws `clock-range` */
  readonly set = (instant: number): void => this.#change(setClock, instant);

  /** @param factor how many times faster it runs than the simulator's clock @throws `clock-range` */
  readonly rate = (factor: number): void => this.#change(setRate, factor);

  /** Advances to the task's next change. @returns by how many milliseconds @throws `unknown-task`, `no-change` */
  readonly toNextChange = (taskId: string): number => {
    const milliseconds = nextChange(requireTask(this.#world(), taskId), this.now());
    this.advance(milliseconds);
    return milliseconds;
  };

  #change<Value extends readonly number[]>(
    change: (clock: ClockSetting, base: number, ...value: Value) => ClockSetting,
    ...value: Value
  ): void {
    const before = this.now();
    const { session } = steer(this.#world());
    session.clock = change(session.clock, this.#base(), ...value);
    if (this.now() < before) unsettleAfter(this.#world(), this.now());
  }
}

/** Marks a session that a person changes: it is kept longer than those that only requests created. */
function steer(world: World): World {
  world.session.isSteered = true;
  return world;
}

/**
 * Returns a scenario's name as the journal has it: in its shortest form, and also one that a reload has removed since.
 *
 * @throws UserError as `requireScenario` does, for a name that neither the catalogue nor the journal has
 */
function journalName(scenario: string, catalogue: Catalogue, journal: Journal): string {
  const found = findScenario(catalogue, scenario);
  if (found && "steps" in found) return found.name;
  if (findEntries(journal.entries(), { scenario }).length === 0) requireScenario(scenario, catalogue);
  return scenario;
}

/**
 * Milliseconds until a task changes by itself.
 *
 * @throws UserError `no-change` if only a poll or a person can change it, or nothing can
 */
function nextChange({ task, answered }: Entry, now: number): number {
  const milliseconds = nextChangeInMs(task, now, answered);
  if (milliseconds !== undefined) return milliseconds;
  const why = task.pace === "time" ? "it stays as it is" : `its pace is ${task.pace}, not time`;
  throw new UserError(
    "no-change",
    `task ${task.id} does not change with time: ${why}. Force a state, or start another task.`,
  );
}
