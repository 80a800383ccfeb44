import type { Unknowns } from "../../task/answer.js";
import type { Limits } from "../../task/scenario.js";
import type { Pace, Task } from "../../task/task.js";
import { UserError } from "../../user-error.js";
import { requireScenario } from "../choose-scenario.js";
import { type Counters, createSession, type Entry, rememberTask, type Session } from "../session.js";
import type { Catalogue, World } from "../world.js";
import { type ClockSetting, readClock } from "./clock.js";

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
 * All that a session is, as JSON: what was seen in one mock goes on in another. The journal is not part of it, nor are answers that wait
 * for their polls, nor how much of a limit is used up.
 */
export interface Snapshot {
  /** The format; absent from exports that are older than it. */
  readonly version?: 1;
  readonly settings: Settings;
  /** Its clock goes on from what it showed. */
  readonly clock: Omit<ClockSetting, "base">;
  readonly counters: Counters;
  readonly tasks: readonly KeptTask[];
  readonly files: readonly string[];
  readonly imports: Readonly<Record<string, number>>;
  /** Digests of tokens that faults met. */
  readonly metTokens: Readonly<Record<string, number>>;
}

/** A snapshot that an older mock could not read gets the next number. */
export const SNAPSHOT_VERSION = 1;

type KeptTask = Omit<Task, "scenario"> &
  Pick<Entry, "polls" | "answered"> &
  Partial<Pick<Entry, "inState">> & { readonly scenario: string };

export function settingsOf({ session, seed, pace, speed, limits, unknowns }: World): Settings {
  return { scenario: session.defaultScenario, seed, pace, speed, limits, ...unknowns };
}

/** @param base what the simulator's clock shows, in epoch milliseconds */
export function takeSnapshot(world: World, base: number): Snapshot {
  const { clock, counters, tasks, files, imports, metTokens } = world.session;
  const { base: _, ...kept } = { ...clock, shows: readClock(clock, base) };
  return {
    version: SNAPSHOT_VERSION,
    settings: settingsOf(world),
    clock: kept,
    counters: { ...counters },
    tasks: [...tasks.values()].map(({ task, polls, inState, answered }) => ({
      ...task,
      scenario: task.scenario.name,
      polls,
      inState,
      answered,
    })),
    files: [...files],
    imports: Object.fromEntries(imports),
    metTokens: Object.fromEntries(metTokens),
  };
}

/**
 * A session as it was when the snapshot was taken.
 *
 * @throws UserError `unknown-scenario` if this simulator lacks a scenario of its tasks; `invalid-snapshot`
 */
export function restoreWorld(
  world: World,
  { version = SNAPSHOT_VERSION, settings, clock, counters, tasks, files, imports, metTokens }: Snapshot,
  base: number,
): World {
  requireVersion(version);
  const { scenario, seed, pace, speed, limits, ...unknowns } = settings;
  requireScenario(scenario, world.catalogue);
  requireDistinct(tasks.map(({ id }) => id));
  const entries = tasks.map((kept) => entryFrom(kept, world.catalogue));
  const session: Session = createSession({ seed, defaultScenario: scenario });
  session.clock = { ...clock, base };
  Object.assign(session.counters, counters);
  for (const entry of entries) rememberTask(session, entry);
  for (const id of files) session.files.add(id);
  for (const [name, count] of Object.entries(imports)) session.imports.set(name, count);
  for (const [place, digest] of Object.entries(metTokens)) session.metTokens.set(place, digest);
  return { ...world, seed, pace, speed, limits, unknowns, session };
}

function entryFrom({ scenario: name, polls, inState = {}, answered, ...task }: KeptTask, catalogue: Catalogue): Entry {
  requireOrder(task);
  return { task: { ...task, scenario: requireScenario(name, catalogue) }, polls, inState, answered, injected: [] };
}

/** Over HTTP the document has refused it before. */
function requireVersion(version: number): void {
  if (version === SNAPSHOT_VERSION) return;
  const sentence = `the snapshot has format ${version}, and this simulator reads ${SNAPSHOT_VERSION}.`;
  throw new UserError("invalid-snapshot", `${sentence} Export it with the same version of hubspot-import-kit.`);
}

function requireDistinct(ids: readonly string[]): void {
  const seen = new Set<string>();
  const twice = ids.find((id) => seen.size === seen.add(id).size);
  if (twice === undefined) return;
  throw new UserError("invalid-snapshot", `task ${twice} stands there twice. Leave one of the two out.`);
}

/** No file is made before its task began, and none is finished before it is made. */
function requireOrder({
  id,
  requestedAt,
  forced,
}: Omit<KeptTask, "scenario" | "polls" | "inState" | "answered">): void {
  if (!forced) return;
  const startedAt = "startedAt" in forced ? forced.startedAt : requestedAt;
  if (requestedAt <= startedAt && startedAt <= forced.at) return;
  throw new UserError("invalid-snapshot", `task ${id} is forced at a time before it began. Export the snapshot anew.`);
}
