import type { Limits, Scenario } from "../scenario/scenario.js";
import type { Unknowns } from "../task/status-body.js";
import type { Pace } from "../task/task.js";
import { isSeed } from "../task/task-id.js";
import { copyText } from "../text.js";
import { UserError } from "../user-error.js";
import { Kept, type Memory } from "./memory.js";
import { WINDOWS_MS } from "./rate-limits.js";
import { bytesOfSession, createSession, type Session } from "./session.js";
import { DEFAULT_SESSION, isSessionName } from "./session-name.js";
import type { TaskStorage } from "./storage.js";
import { chargeTasks, forgetTasks } from "./task-store.js";
import type { World } from "./world.js";

/** How sessions begin. */
export interface WorldOptions extends Partial<Unknowns> {
  /** Of two with one name the later one wins. */
  readonly scenarios: readonly Scenario[];
  /** The scenario of imports that choose none. Default `happy`. */
  readonly scenario?: string;
  /** Decides every random value, 0 to 2³²−1. Default 1: the same calls get the same answers in every run. */
  readonly seed?: number;
  /** What moves tasks. Default `time`; choose `polls` where a test has no clock. */
  readonly pace?: Pace;
  /** How many times faster than their scenario tasks move under pace `time`. Default 1. */
  readonly speed?: number;
  /** How many calls a session may make; more are answered 429. Default: as many as it likes. */
  readonly limits?: Limits;
  /** Where tasks survive a reload of the page, such as `sessionStorage`. Default none. */
  readonly storage?: TaskStorage;
}

/** The sessions of one simulator, by name. */
export interface Worlds {
  /** The session of that name, made at its first use. @throws UserError `invalid-session` */
  readonly get: (name: string) => World;
  readonly all: () => readonly World[];
  readonly has: (name: string) => boolean;
  readonly set: (world: World) => void;
  readonly remove: (name: string) => void;
}

/**
 * What a session counts at least: so a thousand have room. A test run that gives each test a session of its own, and never
 * ends one, must not fill the memory.
 */
const LEAST_BYTES = 16_000;

/**
 * @param create a fresh session
 * @param memory where it is full the least recently used makes room, never the default one
 */
export function createWorlds(create: (name: string) => World, memory: Memory): Worlds {
  const worlds = new Map([[DEFAULT_SESSION, create(DEFAULT_SESSION)]]);
  const places = new Map<string, Kept>();
  let newest = DEFAULT_SESSION;
  memory.sessions.keep(
    new Kept(
      () => {},
      () => 2,
    ),
    LEAST_BYTES,
  );

  /** What is used last stands last. */
  function use(world: World): void {
    const { name } = world;
    if (name === DEFAULT_SESSION) return;
    const place =
      places.get(name) ??
      new Kept(
        () => remove(name),
        () => (worlds.get(name)?.session.isSteered ? 1 : 0),
      );
    places.set(name, place);
    memory.sessions.keep(place, Math.max(LEAST_BYTES, bytesOfSession(world.session)));
  }

  function remove(name: string): void {
    const world = worlds.get(name);
    const place = places.get(name);
    worlds.delete(name);
    places.delete(name);
    if (place) memory.sessions.release(place);
    if (world) release(world.session);
  }

  return {
    get(name) {
      const known = worlds.get(name);
      if (known && name === DEFAULT_SESSION) return known;
      if (!known) requireSessionName(name);
      const world = known ?? create(copyText(name));
      // A Map keeps the order of insertion. Most requests are of the session that the one before was of.
      if (known && name !== newest) worlds.delete(name);
      worlds.set(name, world);
      newest = name;
      use(world);
      return world;
    },
    all: () => [...worlds.values()],
    has: (name) => worlds.has(name),
    set(world) {
      const before = worlds.get(world.name)?.session;
      if (before && before !== world.session) release(before);
      if (before !== world.session) chargeTasks(world.session);
      if (!worlds.has(world.name)) newest = world.name;
      worlds.set(world.name, world);
      use(world);
    },
    remove,
  };
}

/** Gives back the memory of a session that is gone. */
function release(session: Session): void {
  session.journal.clear();
  forgetTasks(session);
}

/** A session as it begins. */
export function worldFrom(
  name: string,
  options: Omit<WorldOptions, "scenarios">,
  { catalogue, memory }: Pick<World, "catalogue"> & { readonly memory: Memory },
): World {
  const { scenario = DEFAULT_SCENARIO, seed = 1, pace = "time", speed = 1 } = options;
  const { asPublished = false, inFlightStatus = 200, failure = "canceled", limits = {} } = options;
  const { inFlightDates = asPublished ? "filled" : "omit" } = options;
  const unknowns = { inFlightStatus, inFlightDates, failure, asPublished };
  requireSettings({ pace, seed, speed, limits, unknowns });
  return {
    name,
    catalogue,
    seed,
    pace,
    speed,
    unknowns,
    limits,
    session: createSession({ seed, defaultScenario: scenario, memory, isSteered: name === DEFAULT_SESSION }),
    // What a page keeps over a reload is its own one session's.
    storage: name === DEFAULT_SESSION ? options.storage : undefined,
  };
}

/** TypeScript tells most of these mistakes before; JavaScript does not. @throws UserError `invalid-option` */
export function requireSettings({
  pace,
  seed,
  speed,
  limits,
  unknowns,
}: Pick<World, "pace" | "seed" | "speed" | "limits" | "unknowns">): void {
  for (const [name, value] of Object.entries({ pace, ...unknowns })) {
    const allowed = VALUES[name as keyof typeof VALUES];
    if (!allowed?.includes(value as never)) throw badOption(name, value, allowed.join(", "));
  }
  requirePublishable(unknowns);
  if (!isSeed(seed)) throw badOption("seed", seed, "a whole number from 0 to 4294967295");
  if (!(typeof speed === "number" && speed > 0)) throw badOption("speed", speed, "a number greater than 0");
  const isCount = ([name, calls]: [string, unknown]) =>
    Object.hasOwn(WINDOWS_MS, name) && Number.isInteger(calls) && Number(calls) > 0;
  if (typeof limits !== "object" || limits === null || !Object.entries(limits).every(isCount)) {
    throw badOption("limits", limits, `whole numbers from 1 on by ${Object.keys(WINDOWS_MS).join(", ")}`);
  }
}

/** The published document declares 200 alone, and requires the dates of a task in flight. */
function requirePublishable({ asPublished, inFlightStatus, inFlightDates }: Unknowns): void {
  if (!asPublished) return;
  if (inFlightStatus !== 200) throw badOption("inFlightStatus", inFlightStatus, "200 where asPublished holds");
  if (inFlightDates !== "filled") throw badOption("inFlightDates", inFlightDates, "filled where asPublished holds");
}

const VALUES: { readonly pace: readonly Pace[] } & {
  readonly [Key in keyof Unknowns]-?: readonly Unknowns[Key][];
} = {
  pace: ["time", "polls", "manual", "immediate"],
  inFlightStatus: [200, 202],
  inFlightDates: ["omit", "null", "filled"],
  failure: ["canceled", "complete", "silent"],
  asPublished: [false, true],
};

/** @param allowed what to give in its place */
export function badOption(name: string, value: unknown, allowed: string): UserError {
  return new UserError("invalid-option", `${name}: ${JSON.stringify(value)} will not do. Give ${allowed}.`);
}

export const DEFAULT_SCENARIO = "happy";

/** @throws UserError `invalid-session` */
export function requireSessionName(name: string): void {
  if (isSessionName(name)) return;
  throw new UserError(
    "invalid-session",
    `"${name.slice(0, 64)}" is no name of a session. Write 1 to 64 letters, digits, dots, underscores or hyphens.`,
  );
}
