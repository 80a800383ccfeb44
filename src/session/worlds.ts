import { VERSIONS } from "../contract/operations.js";
import type { Limits, Scenario } from "../scenario/scenario.js";
import type { Unknowns } from "../task/status-body.js";
import type { Pace } from "../task/task.js";
import { isSeed } from "../task/task-id.js";
import { copyText } from "../text.js";
import { UserError } from "../user-error.js";
import { catalogueOf, requireScenario } from "./choose-scenario.js";
import { Kept, Memory } from "./memory.js";
import { DEFAULT_SESSION, requireSessionName } from "./names.js";
import { WINDOWS_MS } from "./rate-limits.js";
import { bytesOfSession, type Catalogue, createSession, type Session, type World } from "./session.js";
import type { TaskStorage } from "./stored-task.js";

/** How sessions begin. */
export interface WorldOptions extends Partial<Unknowns> {
  /** If two have the same name, the later one is used. */
  readonly scenarios: readonly Scenario[];
  /** The scenario of imports that choose none. Default `happy`. */
  readonly scenario?: string;
  /** Decides every random value, 0 to 2³²−1. Default 1: the same requests get the same responses in every run. */
  readonly seed?: number;
  /** What moves tasks. Default `time`; choose `polls` for a test that has no clock. */
  readonly pace?: Pace;
  /** How many times faster than their scenario tasks move under pace `time`. Default 1. */
  readonly speed?: number;
  /** How many requests a session may make; further ones get a 429. Default: no limit. */
  readonly limits?: Limits;
  /** Where tasks survive a reload of the page, such as `sessionStorage`. Default none. */
  readonly storage?: TaskStorage;
  /** The versions of the API that there are, such as `["2026-09"]`; a request of another one gets a 404. Default all. */
  readonly apiVersions?: readonly string[];
}

/**
 * The number of bytes that each session counts as at least: it leaves room for a thousand sessions. A test run that
 * gives each test its own session, and never removes one, must not fill the memory.
 */
const LEAST_BYTES = 16_000;

/** The sessions of one simulator, by name. The default one always exists and is never evicted. */
export class Worlds {
  readonly memory = new Memory();
  readonly #options: WorldOptions;
  #catalogue: Catalogue;
  /** By last use: the one that was used last is at the end. */
  readonly #worlds = new Map<string, World>();
  readonly #places = new Map<string, Kept>();
  #newest = DEFAULT_SESSION;

  /** @throws UserError `unknown-scenario`, `invalid-option` */
  constructor(options: WorldOptions) {
    this.#options = options;
    this.#catalogue = catalogueOf(options.scenarios);
    requireScenario(options.scenario ?? DEFAULT_SCENARIO, this.#catalogue);
    this.#worlds.set(DEFAULT_SESSION, this.fresh(DEFAULT_SESSION));
    this.memory.sessions.keep(
      new Kept(
        () => {},
        () => 2,
      ),
      LEAST_BYTES,
    );
  }

  /** Returns a session as it begins; it is not yet among the others. */
  fresh(name: string): World {
    return worldFrom(name, this.#options, { catalogue: this.#catalogue, memory: this.memory });
  }

  /** Returns the session of that name, created at its first use. @throws UserError `invalid-session` */
  get(name: string): World {
    const known = this.#worlds.get(name);
    if (known && name === DEFAULT_SESSION) return known;
    if (!known) requireSessionName(name);
    const world = known ?? this.fresh(copyText(name));
    // A Map keeps the order of insertion. Most requests are of the same session as the one before.
    if (known && name !== this.#newest) this.#worlds.delete(name);
    this.#worlds.set(name, world);
    this.#newest = name;
    this.#use(world);
    return world;
  }

  all(): readonly World[] {
    return [...this.#worlds.values()];
  }

  has(name: string): boolean {
    return this.#worlds.has(name);
  }

  set(world: World): void {
    const before = this.#worlds.get(world.name)?.session;
    if (before && before !== world.session) release(before);
    if (before !== world.session) world.session.tasks.open();
    if (!this.has(world.name)) this.#newest = world.name;
    this.#worlds.set(world.name, world);
    this.#use(world);
  }

  /** Replaces a session by a fresh one. */
  reset(name: string): void {
    const { session } = this.get(name);
    const world = this.fresh(name);
    world.session.isSteered = session.isSteered;
    this.set(world);
  }

  /** Removes a session; resets the default one. */
  remove(name: string): void {
    if (name === DEFAULT_SESSION) this.reset(name);
    else this.#evict(name);
  }

  removeAll(): void {
    for (const { name } of this.all()) this.remove(name);
  }

  get scenarios(): readonly Scenario[] {
    return [...this.#catalogue.values()];
  }

  /** Replaces the scenarios of all sessions. */
  reload(scenarios: readonly Scenario[]): void {
    this.#catalogue = catalogueOf(scenarios);
    for (const world of this.all()) this.set({ ...world, catalogue: this.#catalogue });
  }

  /** Moves a session to the end of the order of use, and charges its current memory. */
  #use({ name, session }: World): void {
    if (name === DEFAULT_SESSION) return;
    const place =
      this.#places.get(name) ??
      new Kept(
        () => this.#evict(name),
        () => (this.#worlds.get(name)?.session.isSteered ? 1 : 0),
      );
    this.#places.set(name, place);
    this.memory.sessions.keep(place, Math.max(LEAST_BYTES, bytesOfSession(session)));
  }

  #evict(name: string): void {
    const world = this.#worlds.get(name);
    const place = this.#places.get(name);
    this.#worlds.delete(name);
    this.#places.delete(name);
    if (place) this.memory.sessions.release(place);
    if (world) release(world.session);
  }
}

/** Releases the memory of a session that was removed. */
function release(session: Session): void {
  session.journal.clear();
  session.tasks.clear();
}

/** Returns a session as it begins. */
function worldFrom(
  name: string,
  options: Omit<WorldOptions, "scenarios">,
  { catalogue, memory }: Pick<World, "catalogue"> & { readonly memory: Memory },
): World {
  const { scenario = DEFAULT_SCENARIO, seed = 1, pace = "time", speed = 1 } = options;
  const { asPublished = false, inFlightStatus = 200, failure = "canceled", limits = {} } = options;
  const { inFlightDates = asPublished ? "filled" : "omit", datedRequired = "accept", statusLink = "v3" } = options;
  const unknowns = { inFlightStatus, inFlightDates, failure, asPublished, datedRequired, statusLink };
  requireSettings({ pace, seed, speed, limits, unknowns });
  const { apiVersions } = options;
  if (apiVersions) requireVersions(apiVersions);
  // Only the default session survives a reload: other pages may use the same names.
  const storage = name === DEFAULT_SESSION ? options.storage : undefined;
  const isSteered = name === DEFAULT_SESSION;
  return {
    name,
    catalogue,
    seed,
    pace,
    speed,
    unknowns,
    limits,
    apiVersions,
    session: createSession({ seed, defaultScenario: scenario, memory, storage, isSteered }),
    storage,
  };
}

/** Checks settings: JavaScript has no compiler that does. @throws UserError `invalid-option` */
export function requireSettings({
  pace,
  seed,
  speed,
  limits,
  unknowns,
}: Pick<World, "pace" | "seed" | "speed" | "limits" | "unknowns">): void {
  for (const [name, value] of Object.entries({ pace, ...unknowns })) {
    const allowed = VALUES[name as keyof typeof VALUES];
    if (!allowed?.includes(value as never)) throw badOption(name, value, `one of ${allowed.join(", ")}`);
  }
  requirePublishable(unknowns);
  if (!isSeed(seed)) throw badOption("seed", seed, "a whole number from 0 to 4294967295");
  if (!(typeof speed === "number" && speed > 0)) throw badOption("speed", speed, "a number greater than 0");
  const isCount = ([name, calls]: [string, unknown]) =>
    Object.hasOwn(WINDOWS_MS, name) && Number.isInteger(calls) && Number(calls) > 0;
  if (typeof limits !== "object" || limits === null || !Object.entries(limits).every(isCount)) {
    throw badOption("limits", limits, `whole numbers of at least 1 for ${Object.keys(WINDOWS_MS).join(", ")}`);
  }
}

/** The published document declares only the status 200, and requires the dates of a task that has not ended. */
function requirePublishable({ asPublished, inFlightStatus, inFlightDates }: Unknowns): void {
  if (!asPublished) return;
  if (inFlightStatus !== 200) throw badOption("inFlightStatus", inFlightStatus, "200 if asPublished is true");
  if (inFlightDates !== "filled") throw badOption("inFlightDates", inFlightDates, "filled if asPublished is true");
}

const VALUES: { readonly pace: readonly Pace[] } & {
  readonly [Key in keyof Unknowns]-?: readonly Unknowns[Key][];
} = {
  pace: ["time", "polls", "manual", "immediate"],
  inFlightStatus: [200, 202],
  inFlightDates: ["omit", "null", "filled"],
  failure: ["canceled", "complete", "silent"],
  asPublished: [false, true],
  datedRequired: ["accept", "enforce"],
  statusLink: ["v3", "requested"],
};

/** @throws UserError `invalid-option` for a version that the contract lacks, or for none at all */
function requireVersions(given: readonly string[]): void {
  const unknown = given.find((one) => !VERSIONS.includes(one));
  if (unknown === undefined && given.length > 0) return;
  throw badOption("apiVersions", unknown ?? given, `one or more of ${VERSIONS.join(", ")}`);
}

/** Returns the error for an invalid option. @param allowed the valid values, to stand after "must be" */
export function badOption(name: string, value: unknown, allowed: string): UserError {
  return new UserError("invalid-option", `${name} must be ${allowed}; got ${JSON.stringify(value)}.`);
}

const DEFAULT_SCENARIO = "happy";
