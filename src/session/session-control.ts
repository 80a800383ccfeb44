import type { StandardError } from "../contract/contract.js";
import type { ScenarioCoverage } from "../exchange/session-journal.js";
import type { Effect } from "../scenario/effect.js";
import { findScenario } from "../scenario/reference.js";
import type { Scenario } from "../scenario/scenario.js";
import { nextChangeInMs } from "../task/task.js";
import { UserError } from "../user-error.js";
import { requireScenario } from "./choose-scenario.js";
import { advance, type ClockSetting, freeze, readClock, resume, setClock, setRate } from "./clock.js";
import type { Entry } from "./entry.js";
import { coverScenarios, type Expectation, findEntries, type Verified, verifyJournal } from "./expectation.js";
import type { Journal } from "./journal.js";
import { clientTime } from "./session.js";
import { type Settings, type Snapshot, settingsOf, takeSnapshot } from "./snapshot.js";
import {
  type Force,
  forceTask,
  injectAnswers,
  moveTasks,
  removeTask,
  requireTask,
  type TaskLife,
  type TaskView,
  taskIdFor,
  unsettleAfter,
  useScenario,
  viewLife,
  viewTasks,
} from "./steering.js";
import type { World } from "./world.js";
import { requireSettings } from "./worlds.js";

/** What a person or a test can do to one session. */
export interface SessionControl {
  readonly name: string;
  /** Every task that was started or polled. */
  readonly tasks: () => readonly TaskView[];
  /** One task, with the states it went through and those to come. @throws UserError `unknown-task` */
  readonly task: (id: string) => TaskLife;
  /**
   * The id of a task that may be told by its short name: `#3`, `3`, `rate-limited#3`, or `last`. All that takes an id takes
   * these, too; a task of that very id comes first.
   *
   * @throws UserError `unknown-task` for a short name that means no task
   */
  readonly taskId: (text: string) => string;
  /** Completes a task with a file. @throws UserError if there is no such task or it has ended */
  readonly complete: (id: string) => void;
  /** Cancels a task, with an error of your own where you give one. @throws UserError as `complete` does */
  readonly cancel: (id: string, error?: Partial<StandardError>) => void;
  /**
   * Puts a task into a state, where it stays until another is chosen.
   *
   * @throws UserError as `complete` does; `task-started` for one that would go back to PENDING
   */
  readonly force: (id: string, force: Force) => void;
  /**
   * Decides what the task's next polls are answered, in place of its own answer.
   *
   * @param times how many polls meet it; default one
   * @param after how many polls pass first, once what waits already is used up; default none
   * @throws UserError `unknown-task`
   */
  readonly inject: (id: string, effect: Effect, times?: number, after?: number) => void;
  /** Moves one task, or all, on by one step, under pace `manual`. @returns how many tasks were moved */
  readonly next: (id?: string) => number;
  /** Forgets a task. Its id begins it anew. @throws UserError `unknown-task` */
  readonly remove: (id: string) => void;
  /** Makes a scenario the default of imports from now on. @throws UserError if there is none of that name */
  readonly use: (scenario: string) => void;
  readonly settings: () => Settings;
  /** Changes how the session works from now on; its tasks go on as they began. @throws UserError `unknown-scenario` */
  readonly configure: (changes: Partial<Settings>) => void;
  readonly clock: ClockControl;
  /** What the time is for the session's clients, in epoch milliseconds, as the journal's `clientAt` has it. */
  readonly clientNow: () => number;
  readonly journal: () => Journal;
  /** Whether exchanges came as often as expected. */
  readonly verify: (expectation: Expectation) => Verified;
  /** Which scenarios and states were met. */
  readonly coverage: () => ScenarioCoverage;
  readonly snapshot: () => Snapshot;
  /** Forgets everything and begins anew, with the same seed. */
  readonly reset: () => void;
}

/** A session's time. */
export interface ClockControl {
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly setting: () => ClockSetting;
  readonly freeze: () => void;
  readonly resume: () => void;
  /** Less than 0 turns it back. @throws UserError `clock-range` */
  readonly advance: (milliseconds: number) => void;
  /** @param instant epoch milliseconds @throws UserError `clock-range` */
  readonly set: (instant: number) => void;
  /** How many times faster than the simulator's clock it runs. @throws UserError `clock-range` */
  readonly rate: (factor: number) => void;
  /** Advances to the task's next change. @returns by how many milliseconds @throws UserError `unknown-task`, `no-change` */
  readonly toNextChange: (taskId: string) => number;
}

/**
 * @param holder gives the session as it is, and takes what it becomes
 * @param base the simulator's clock
 */
export function controlSession(
  holder: {
    readonly name: string;
    readonly world: () => World;
    readonly replace: (world: World) => void;
    readonly reset: () => void;
    readonly scenarios: () => readonly Scenario[];
  },
  base: () => number,
): SessionControl {
  const { world, replace } = holder;
  const now = () => readClock(world().session.clock, base());
  /** For a change: from then on the session is kept longer than those that nobody steers. */
  const steered = () => {
    const one = world();
    one.session.isSteered = true;
    return one;
  };
  const setTo = (change: (clock: ClockSetting, base: number) => ClockSetting) => {
    const before = now();
    const { session } = steered();
    session.clock = change(session.clock, base());
    if (now() < before) unsettleAfter(world(), now());
  };
  return {
    name: holder.name,
    tasks: () => viewTasks(world(), now()),
    task: (id) => viewLife(world(), id, now()),
    taskId: (text) => taskIdFor(world(), text),
    complete: (id) => forceTask(steered(), id, { state: "COMPLETE" }, now()),
    cancel: (id, error) => forceTask(steered(), id, { state: "CANCELED", ...(error && { error }) }, now()),
    force: (id, force) => forceTask(steered(), id, force, now()),
    inject: (id, effect, times = 1, after = 0) => injectAnswers(steered(), id, effect, { times, after }),
    next: (id) => moveTasks(steered(), now(), id),
    remove: (id) => removeTask(steered(), id),
    use: (scenario) => useScenario(steered(), scenario),
    settings: () => settingsOf(world()),
    configure(changes) {
      const filled = changes.asPublished ? { inFlightDates: "filled" as const } : {};
      const changed = { ...settingsOf(world()), ...filled, ...changes };
      const { scenario, seed, pace, speed, limits, ...unknowns } = changed;
      requireScenario(scenario, world().catalogue);
      requireSettings({ pace, seed, speed, limits, unknowns });
      const one = steered();
      one.session.defaultScenario = scenario;
      replace({ ...one, seed, pace, speed, limits, unknowns });
    },
    clock: {
      now,
      setting: () => ({ ...world().session.clock, base: base(), shows: now() }),
      freeze: () => setTo(freeze),
      resume: () => setTo(resume),
      advance: (milliseconds) => setTo((clock, at) => advance(clock, at, milliseconds)),
      set: (instant) => setTo((clock, at) => setClock(clock, at, instant)),
      rate: (factor) => setTo((clock, at) => setRate(clock, at, factor)),
      toNextChange(taskId) {
        const milliseconds = nextChange(requireTask(world(), taskId), now());
        setTo((clock, at) => advance(clock, at, milliseconds));
        return milliseconds;
      },
    },
    clientNow: () => clientTime(world().session, base()),
    journal: () => world().session.journal,
    verify({ scenario, taskId, ...expectation }) {
      const found = scenario === undefined ? undefined : findScenario(world().catalogue, scenario);
      // The journal has a reference in its shortest form, and what a reload has taken away since.
      const isFound = found !== undefined && "steps" in found;
      const name = isFound ? found.name : scenario;
      const { journal } = world().session;
      if (!isFound && name !== undefined && findEntries(journal.entries(), { scenario: name }).length === 0) {
        requireScenario(name, world().catalogue);
      }
      return verifyJournal(journal, {
        ...expectation,
        ...(taskId !== undefined && { taskId: taskIdFor(world(), taskId) }),
        ...(name !== undefined && { scenario: name }),
      });
    },
    coverage: () => coverScenarios(world().session.exercised, holder.scenarios()),
    snapshot: () => takeSnapshot(world(), base()),
    reset: holder.reset,
  };
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
  throw new UserError("no-change", `no time changes task ${task.id}: ${why}. Force a state, or start another task.`);
}
