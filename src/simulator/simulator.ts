import { type Exchange, toResponse } from "../exchange/exchange.js";
import { type Body, type RequestHead, readBody } from "../exchange/request.js";
import type { ScenarioCoverage } from "../exchange/session-journal.js";
import type { Scenario } from "../scenario/scenario.js";
import { machineTime } from "../session/clock.js";
import { coverScenarios, createExercised, noteExercised } from "../session/expectation.js";
import type { JournalEntry, KeptExchange } from "../session/journal.js";
import type { Memory } from "../session/memory.js";
import { DEFAULT_SESSION, requireSessionName } from "../session/names.js";
import type { World } from "../session/session.js";
import { SessionControl } from "../session/session-control.js";
import { type Resumption, restoreWorld, type Snapshot, takeSnapshot } from "../session/snapshot.js";
import { type WorldOptions, Worlds } from "../session/worlds.js";
import { withoutTrailing } from "../text.js";
import { requireOptions } from "../user-error.js";
import { type Arrival, type Begun, Dispatcher, type Witnessed } from "./dispatch.js";
import { routeRequest } from "./request-context.js";

export interface SimulatorOptions extends WorldOptions {
  /** The clock, in epoch milliseconds. Default `Date.now`, but never backwards; fake timers are followed wherever they go. */
  readonly now?: () => number;
  /** The path between the origin and `/files/v3`, such as `/hubspot` behind a proxy of yours. Default: none. */
  readonly basePath?: string;
}

/** All options by name: JavaScript has no compiler that finds a misspelled one. */
export const SIMULATOR_OPTIONS = {
  scenarios: true,
  scenario: true,
  seed: true,
  pace: true,
  speed: true,
  limits: true,
  storage: true,
  inFlightStatus: true,
  inFlightDates: true,
  failure: true,
  asPublished: true,
  datedRequired: true,
  statusLink: true,
  apiVersions: true,
  now: true,
  basePath: true,
} as const satisfies Record<keyof SimulatorOptions, true>;

/** Sessions by name. */
export type Snapshots = Readonly<Record<string, Snapshot>>;

/** @param session the name of the session that responded */
type Listener<Seen> = (seen: Seen, session: string) => void;

/**
 * A simulated HubSpot whose import tasks advance: takes requests and returns responses, in any runtime with web
 * standards. It also controls its default session.
 */
export class Simulator extends SessionControl {
  /** The stored state of its clients. */
  readonly memory: Memory;
  readonly #worlds: Worlds;
  readonly #base: () => number;
  readonly #dispatcher: Dispatcher;
  readonly #followers = new Set<Listener<KeptExchange>>();
  readonly #exercised = createExercised();

  /** @see createSimulator */
  constructor(options: SimulatorOptions) {
    const worlds = new Worlds(options);
    const base = options.now ?? machineTime;
    const basePath = withoutTrailing("/", options.basePath ?? "");
    super(DEFAULT_SESSION, worlds, base);
    this.memory = worlds.memory;
    this.#worlds = worlds;
    this.#base = base;
    this.#dispatcher = new Dispatcher({
      now: base,
      placeOf: (request, body, arrival) =>
        routeRequest(request, body, { worlds, basePath, instant: base(), ...arrival }),
      onKept: (kept, world) => this.#note(kept, world),
    });
  }

  #note(kept: KeptExchange, { name, session }: World): void {
    noteExercised(session.exercised, kept.exchange);
    noteExercised(this.#exercised, kept.exchange);
    for (const follower of this.#followers) follower(kept, name);
  }

  /** Responds to a request and returns the reason. No request makes it throw. */
  readonly answer = async (request: Request): Promise<Exchange> => this.exchange(request, await readBody(request));

  /** The same, synchronously, for a request whose body is read: two polls of one task can never see the same count. */
  readonly exchange = (request: RequestHead, body: Body): Exchange => this.begin(request, body).keep().entry();

  /** The same for a door that may send another response: the journal gets the exchange once the door says what it sent. */
  readonly begin = (request: RequestHead, body: Body, arrival?: Arrival): Begun =>
    this.#dispatcher.begin(request, body, arrival);

  /** Appends an external response to the journal. @param answer its `effect` says in a few words who gave it */
  readonly witness = (request: RequestHead, body: Body, answer: Witnessed, arrival?: Arrival): KeptExchange =>
    this.#dispatcher.witness(request, body, answer, arrival);

  /** Responds to a request. */
  readonly handle = async (request: Request): Promise<Response> =>
    toResponse((await this.answer(request)).response, { signal: request.signal });

  /** The control of a session, which is created at its first use. @throws UserError `invalid-session` */
  readonly session = (name: string): SessionControl => {
    requireSessionName(name);
    return new SessionControl(name, this.#worlds, this.#base);
  };

  /** Names of all sessions, the one that was used last at the end. */
  readonly sessions = (): readonly string[] => this.#worlds.all().map(({ name }) => name);

  readonly hasSession = (name: string): boolean => this.#worlds.has(name);

  /** Restores a session from a snapshot. @throws UserError, and nothing is changed */
  readonly restore = (name: string, snapshot: Snapshot): void => this.#worlds.set(this.#restored(name, snapshot));

  /**
   * Restores the whole simulator from snapshots; other sessions are removed. @throws UserError, and nothing is changed
   */
  readonly restoreAll = (snapshots: Snapshots, { isRestart = false }: Pick<Resumption, "isRestart"> = {}): void => {
    const restored = Object.entries(snapshots).map(([name, snapshot]) => this.#restored(name, snapshot, isRestart));
    this.resetAll();
    for (const world of restored) this.#worlds.set(world);
  };

  #restored(name: string, snapshot: Snapshot, isRestart = false): World {
    requireSessionName(name);
    return restoreWorld(this.#worlds.fresh(name), snapshot, { base: this.#base(), isRestart });
  }

  /** All sessions, the one that was used last at the end. */
  readonly snapshots = (): Snapshots =>
    Object.fromEntries(this.#worlds.all().map((world) => [world.name, takeSnapshot(world, this.#base())]));

  /** Removes every session; the default one begins again. */
  readonly resetAll = (): void => this.#worlds.removeAll();

  /** Removes a session; the default one begins again. */
  readonly removeSession = (name: string): void => this.#worlds.remove(name);

  readonly scenarios = (): readonly Scenario[] => this.#worlds.scenarios;

  /** Which scenarios, states and faults occurred in all sessions, also in those that were reset or removed. */
  readonly coverageOfAll = (): ScenarioCoverage => coverScenarios(this.#exercised, this.scenarios());

  /** Replaces the scenarios. Tasks stay, and continue by the new version of their scenario. */
  readonly reload = (scenarios: readonly Scenario[]): void => this.#worlds.reload(scenarios);

  /** Calls back after each exchange. @returns a function that ends that */
  readonly subscribe = (listener: Listener<JournalEntry>): (() => void) =>
    this.follow((kept, session) => listener(kept.entry(), session));

  /** The same with exchanges as they are kept, for a listener that reads few of them. */
  readonly follow = (listener: Listener<KeptExchange>): (() => void) => {
    this.#followers.add(listener);
    return () => void this.#followers.delete(listener);
  };
}

/**
 * Creates a simulator.
 *
 * @throws UserError if `scenario` is not among `scenarios`, or an option has an unknown name
 * @see docs/simulator.md
 * @example const simulator = createSimulator({ scenarios, scenario: "happy", pace: "polls" });
 */
export function createSimulator(options: SimulatorOptions): Simulator {
  requireOptions("createSimulator", options, SIMULATOR_OPTIONS);
  return new Simulator(options);
}
