import { evictOldest } from "../lru.js";
import type { Limits, Scenario } from "../scenario/scenario.js";
import type { Unknowns } from "../task/status-body.js";
import type { Pace } from "../task/task.js";
import { type ClockSetting, RUNNING } from "./clock.js";
import type { Entry } from "./entry.js";
import { createExercised, type Exercised } from "./expectation.js";
import { Journal } from "./journal.js";
import type { Memory } from "./memory.js";
import { type Budget, createBudget, type KeptBudget } from "./rate-limits.js";
import type { ResetRequest } from "./repeat.js";
import type { TaskStorage } from "./stored-task.js";
import { MemoryTaskStore, type TaskStore } from "./task-store.js";

/** The most memory that a session takes, without its tasks and its journal. */
export function bytesOfSession({ files, imports, budget, budgets, resets, metTokens }: Session): number {
  let calls = budget.size();
  for (const one of budgets.values()) calls += one.size();
  const names = imports.size + metTokens.size + budgets.size;
  return 6000 + 200 * files.size + 1000 * resets.size + 2000 * names + 50 * calls;
}

/** Remembers that a task has shown a file. Only the first time: a file that was deleted stays deleted when it is shown again. */
export function rememberFile(session: Session, entry: Entry, id: string): void {
  if (entry.file?.id === id) return;
  entry.file = { id };
  rememberFiles(session, [id]);
}

export function rememberFiles({ files }: Session, ids: readonly string[]): void {
  for (const id of ids) files.add(id);
  evictOldest(files, MAX_FILES);
}

/** As many as tasks. */
const MAX_FILES = 10_000;

/** More than one session uses. A scenario counts once for each set of parameter values. */
const MAX_NAMES = 1000;

/** Remembers a value by a scenario's name. */
export function rememberName<Value>(names: Map<string, Value>, name: string, value: Value): void {
  names.set(name, value);
  evictOldest(names, MAX_NAMES);
}

/** All state of one session. */
export interface Session {
  /** What all sessions together may keep. */
  readonly memory: Memory;
  /** Whether a person created or changed it: it is then kept longer than those that only requests created. */
  isSteered: boolean;
  /** The scenario of imports that choose none. */
  defaultScenario: string;
  clock: ClockSetting;
  /** How far ahead of the clock a request has asked for its response, in milliseconds: for its client, that time has passed. */
  aheadMs: number;
  readonly counters: Counters;
  readonly tasks: TaskStore;
  /** Ids of files that a completed task has shown, without deleted ones. */
  readonly files: Set<string>;
  /** How many imports a scenario has had, by its name; counted if its faults depend on it. */
  readonly imports: Map<string, number>;
  readonly journal: Journal;
  readonly exercised: Exercised;
  /** How much of its limits its requests have used. */
  readonly budget: Budget;
  /** The same for each scenario with limits, by its name. */
  readonly budgets: Map<string, Budget>;
  /** Requests that were reset, and that their transport may send again. */
  readonly resets: Map<string, ResetRequest>;
  /** Digests of the first token that a fault applied to, by scenario and fault. */
  readonly metTokens: Map<string, number>;
  readonly nextTaskSerial: () => number;
  readonly nextCorrelationId: (now: number) => string;
}

/** Every scenario a simulator knows, by name. */
export type Catalogue = ReadonlyMap<string, Scenario>;

/** A session with its settings. */
export interface World {
  /** The session's name. */
  readonly name: string;
  readonly catalogue: Catalogue;
  readonly seed: number;
  readonly pace: Pace;
  readonly speed: number;
  readonly unknowns: Unknowns;
  /** Limits of all the session's requests together. Those of a scenario apply as well. */
  readonly limits: Limits;
  readonly session: Session;
  /** Where tasks outlive the page, if anywhere. */
  readonly storage: TaskStorage | undefined;
  /** The versions of the API that there are; undefined for all. */
  readonly apiVersions: readonly string[] | undefined;
}

/**
 * The time of a session's clients, in epoch milliseconds: the simulator's clock plus what the session's clock was advanced by
 * hand, or by the clients' own requests. A frozen or faster session clock does not change it.
 *
 * @param instant what the simulator's clock shows
 */
export function clientTime({ clock, aheadMs }: Session, instant: number): number {
  return instant + clock.advancedMs + aheadMs;
}

/** The counts of a session. */
export interface Counters {
  /** Tasks started. */
  serial: number;
  /** Responses. */
  answers: number;
  /** The number of the newest task. */
  tasks: number;
}

/** Creates a session. Its random values follow from its seed: the same requests get the same responses, headers included. */
export function createSession({
  seed,
  defaultScenario,
  spent,
  memory,
  storage,
  isSteered,
}: Pick<Session, "defaultScenario" | "memory" | "isSteered"> & {
  readonly seed: number;
  /** Where its tasks outlive the page, if anywhere. */
  readonly storage: TaskStorage | undefined;
  /** What it has used of its limits already. */
  readonly spent?: KeptBudget;
}): Session {
  const counters: Counters = { serial: 0, answers: 0, tasks: 0 };
  const session: Session = {
    memory,
    isSteered,
    defaultScenario,
    clock: RUNNING,
    aheadMs: 0,
    counters,
    tasks: new MemoryTaskStore({ memory, storage, counters, isSteered: () => session.isSteered }),
    files: new Set(),
    imports: new Map(),
    budget: createBudget(spent),
    budgets: new Map(),
    resets: new Map(),
    metTokens: new Map(),
    journal: new Journal(memory.exchanges, () => (session.isSteered ? 1 : 0)),
    exercised: createExercised(),
    nextTaskSerial: () => counters.serial++,
    nextCorrelationId: (now) => correlationId(now, seed, counters.answers++),
  };
  return session;
}

/**
 * Returns a seed's nth random number, 0 to 2³²−1. Consecutive numbers are unrelated (the finaliser of splitmix32).
 *
 * @example nthRandom(1, 0) === nthRandom(1, 1); // false
 */
export function nthRandom(seed: number, n: number): number {
  let mixed = (seed + Math.imul(n + 1, 0x9e3779b9)) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** Returns a version 7 UUID. Faker's takes 10 µs, almost as long as the rest of a poll. */
function correlationId(now: number, seed: number, n: number): string {
  const a = nthRandom(~seed, 3 * n);
  const b = nthRandom(~seed, 3 * n + 1);
  const c = nthRandom(~seed, 3 * n + 2);
  if (now !== dated.now) {
    const high = Math.floor(now / 0x10000);
    dated = { now, text: `${hex(high >>> 16)}${hex(high)}-${hex(now)}` };
  }
  return `${dated.text}-${hex(0x7000 | (a & 0xfff))}-${hex(0x8000 | (b & 0x3fff))}-${hex(b >>> 16)}${hex(c >>> 16)}${hex(c)}`;
}

/** The beginning of the ids of the latest millisecond. */
let dated = { now: Number.NaN, text: "" };

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Returns the last sixteen bits of a number. */
function hex(value: number): string {
  return `${BYTES[(value >>> 8) & 0xff]}${BYTES[value & 0xff]}`;
}
