import type { Limits } from "../scenario/scenario.js";
import type { Unknowns } from "../task/status-body.js";
import type { Pace } from "../task/task.js";
import { UserError } from "../user-error.js";
import { requireScenario } from "./choose-scenario.js";
import { type ClockSetting, readClock } from "./clock.js";
import type { Entry } from "./entry.js";
import { createBudget, type KeptBudget } from "./rate-limits.js";
import { type Counters, createSession, rememberFiles, rememberName, type Session } from "./session.js";
import { entryFrom, type KeptTask } from "./stored-task.js";
import type { World } from "./world.js";

/** How a session works, beside what it remembers. */
export interface Settings extends Unknowns {
  /** The scenario of imports that choose none. */
  readonly scenario: string;
  readonly seed: number;
  readonly pace: Pace;
  readonly speed: number;
  /** How many calls it may make. */
  readonly limits: Limits;
}

/**
 * All that a session is, as JSON: what was seen in one mock goes on in another. The journal is not part of it, nor is what was
 * covered.
 */
export interface Snapshot {
  /** The format; absent from exports that are older than it. */
  readonly version?: 1 | 2 | 3;
  readonly settings: Settings;
  readonly clock: KeptClock;
  /** `tasks` is absent before format 3. */
  readonly counters: Omit<Counters, "tasks"> & Partial<Pick<Counters, "tasks">>;
  readonly tasks: readonly KeptTask[];
  readonly files: readonly string[];
  readonly imports: Readonly<Record<string, number>>;
  /** Digests of tokens that faults met. */
  readonly metTokens: Readonly<Record<string, number>>;
  /** How much of its limits is used up: of the session's, and of each scenario's. Absent before format 2. */
  readonly spent?: { readonly session: KeptBudget; readonly scenarios: Readonly<Record<string, KeptBudget>> };
}

/** A session's clock: what it showed, and the simulator's at that moment, which is absent before format 2. */
type KeptClock = Omit<ClockSetting, "base"> & Partial<Pick<ClockSetting, "base">>;

/** A snapshot that an older mock could not read gets the next number; this one reads all formats up to it. */
export const SNAPSHOT_VERSION = 3;

export function settingsOf({ session, seed, pace, speed, limits, unknowns }: World): Settings {
  return { scenario: session.defaultScenario, seed, pace, speed, limits, ...unknowns };
}

/** @param base what the simulator's clock shows, in epoch milliseconds */
export function takeSnapshot(world: World, base: number): Snapshot {
  const { clock, counters, tasks, files, imports, metTokens, budget, budgets } = world.session;
  return {
    version: SNAPSHOT_VERSION,
    settings: settingsOf(world),
    clock: { ...clock, base, shows: readClock(clock, base) },
    counters: { ...counters },
    tasks: tasks.kept(),
    files: [...files],
    imports: Object.fromEntries(imports),
    metTokens: Object.fromEntries(metTokens),
    spent: {
      session: budget.kept(),
      scenarios: Object.fromEntries([...budgets].map(([name, one]) => [name, one.kept()])),
    },
  };
}

/** When a snapshot's sessions go on. */
export interface Resumption {
  /** What the simulator's clock shows, in epoch milliseconds. */
  readonly base: number;
  /**
   * Whether it is the same mock that goes on after a restart: the time in between has passed for its sessions, too. Else a
   * session's clock goes on from what it showed.
   */
  readonly isRestart?: boolean;
}

/**
 * A session as it was when the snapshot was taken.
 *
 * @throws UserError `unknown-scenario` if this simulator lacks a scenario of its tasks; `invalid-snapshot`
 */
export function restoreWorld(
  world: World,
  { version = 1, settings, clock, counters, tasks, files, imports, metTokens, spent }: Snapshot,
  { base, isRestart = false }: Resumption,
): World {
  requireVersion(version);
  const { scenario, seed, pace, speed, limits, ...unknowns } = settings;
  requireScenario(scenario, world.catalogue);
  requireDistinct(tasks.map(({ id }) => id));
  const entries = tasks.map((kept) => {
    requireOrder(kept);
    return entryFrom(kept, requireScenario(kept.scenario, world.catalogue));
  });
  const { storage } = world;
  const { memory } = world.session;
  const before = { memory, storage, isSteered: true, ...(spent && { spent: spent.session }) };
  const session: Session = createSession({ seed, defaultScenario: scenario, ...before });
  // A machine whose own clock was set back meanwhile sets back nothing here.
  session.clock = { ...clock, base: isRestart ? Math.min(clock.base ?? base, base) : base };
  Object.assign(session.counters, counters);
  renumber(entries, session.counters);
  session.tasks.restore(entries);
  rememberFiles(session, files);
  for (const [name, count] of Object.entries(imports)) rememberName(session.imports, name, count);
  for (const [place, digest] of Object.entries(metTokens)) rememberName(session.metTokens, place, digest);
  for (const [name, one] of Object.entries(spent?.scenarios ?? {})) {
    rememberName(session.budgets, name, createBudget(one));
  }
  return { ...world, seed, pace, speed, limits, unknowns, session };
}

/** A task without a number, or with that of another one before it, gets the next: who copies a task by hand copies its number. */
function renumber(entries: readonly Entry[], counters: Counters): void {
  const taken = new Set<number>();
  for (const entry of entries) {
    if (taken.size === taken.add(entry.number).size) entry.number = 0;
    counters.tasks = Math.max(counters.tasks, entry.number);
  }
}

/** Over HTTP the document has refused it before. */
function requireVersion(version: number): void {
  if (version >= 1 && version <= SNAPSHOT_VERSION) return;
  const sentence = `the snapshot has format ${version}, and this simulator reads up to ${SNAPSHOT_VERSION}.`;
  throw new UserError("invalid-snapshot", `${sentence} Export it with the same version of hubspot-import-kit.`);
}

function requireDistinct(ids: readonly string[]): void {
  const seen = new Set<string>();
  const twice = ids.find((id) => seen.size === seen.add(id).size);
  if (twice === undefined) return;
  throw new UserError("invalid-snapshot", `task ${twice} occurs twice. Remove one of the two.`);
}

/** No file is made before its task began, and none is finished before it is made. */
function requireOrder({ id, requestedAt, forced, settled }: KeptTask): void {
  const forcedFrom = forced && "startedAt" in forced ? forced.startedAt : requestedAt;
  const isForced = !forced || isInOrder(requestedAt, forcedFrom, forced.at);
  if (isForced && (!settled || isInOrder(requestedAt, settled.startedAt, settled.completedAt))) return;
  const sentence = `task ${id} has a forced state or an end that is earlier than its start.`;
  throw new UserError("invalid-snapshot", `${sentence} Export the snapshot again.`);
}

function isInOrder(requestedAt: number, startedAt: number, completedAt: number): boolean {
  return requestedAt <= startedAt && startedAt <= completedAt;
}
