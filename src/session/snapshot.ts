import type { Limits } from "../scenario/scenario.js";
import type { Unknowns } from "../task/status-body.js";
import type { Pace } from "../task/task.js";
import { UserError } from "../user-error.js";
import { requireScenario } from "./choose-scenario.js";
import { type ClockSetting, readClock } from "./clock.js";
import type { Entry } from "./entry.js";
import { createBudget, type KeptBudget } from "./rate-limits.js";
import { type Counters, createSession, rememberFiles, rememberName, type Session, type World } from "./session.js";
import { entryFrom, type KeptTask, keptTask } from "./stored-task.js";

/** A session's settings. */
export interface Settings extends Unknowns {
  /** The scenario of imports that choose none. */
  readonly scenario: string;
  readonly seed: number;
  readonly pace: Pace;
  readonly speed: number;
  /** How many requests it may make. */
  readonly limits: Limits;
}

/**
 * The state of a session as JSON: another mock can continue it. It contains neither the journal nor the coverage.
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
  /** Digests of tokens that faults applied to. */
  readonly metTokens: Readonly<Record<string, number>>;
  /** How much is used of the session's limits, and of each scenario's. Absent before format 2. */
  readonly spent?: { readonly session: KeptBudget; readonly scenarios: Readonly<Record<string, KeptBudget>> };
}

/** A session's clock. `base` is what the simulator's clock showed when the snapshot was taken; absent before format 2. */
type KeptClock = Omit<ClockSetting, "base"> & Partial<Pick<ClockSetting, "base">>;

/** The newest format; older ones can be read, too. A change that older mocks cannot read increases it. */
export const SNAPSHOT_VERSION = 3;

export function settingsOf({ session, seed, pace, speed, limits, unknowns }: World): Settings {
  return { scenario: session.defaultScenario, seed, pace, speed, limits, ...unknowns };
}

/**
 * @param base what the simulator's clock shows, in epoch milliseconds
 * @param only the snapshot has this task alone, and nothing that only imports and deletions need
 */
export function takeSnapshot(world: World, base: number, only?: Entry): Snapshot {
  const { clock, counters, tasks, files, imports, metTokens, budget, budgets } = world.session;
  return {
    version: SNAPSHOT_VERSION,
    settings: settingsOf(world),
    clock: { ...clock, base, shows: readClock(clock, base) },
    counters: { ...counters },
    tasks: only ? [keptTask(only)] : tasks.kept(),
    files: only ? [] : [...files],
    imports: only ? {} : Object.fromEntries(imports),
    metTokens: Object.fromEntries(metTokens),
    spent: {
      session: budget.kept(),
      scenarios: Object.fromEntries([...budgets].map(([name, one]) => [name, one.kept()])),
    },
  };
}

/** How the time of a restored session continues. */
export interface Resumption {
  /** What the simulator's clock shows, in epoch milliseconds. */
  readonly base: number;
  /**
   * Whether the same mock continues after a restart: then the time in between has passed for its sessions, too. Otherwise a
   * session's clock continues from what it showed.
   */
  readonly isRestart?: boolean;
}

/**
 * Returns a session as it was when the snapshot was taken.
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
  // If the machine's clock was set back meanwhile, the session's is not.
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

/** Removes the number of a task that repeats an earlier one, as in a snapshot edited by hand: it then gets the next number. */
function renumber(entries: readonly Entry[], counters: Counters): void {
  const taken = new Set<number>();
  for (const entry of entries) {
    if (taken.size === taken.add(entry.number).size) entry.number = 0;
    counters.tasks = Math.max(counters.tasks, entry.number);
  }
}

/** Over HTTP, the schema has rejected other versions before. */
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

/** A task is requested, starts and ends in this order. */
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
