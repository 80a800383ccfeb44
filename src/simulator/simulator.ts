import { type Exchange, toResponse } from "../exchange/exchange.js";
import { type Body, type RequestHead, readBody } from "../exchange/request.js";
import type { ScenarioCoverage } from "../exchange/session-journal.js";
import type { Scenario } from "../scenario/scenario.js";
import { catalogueOf, requireScenario } from "../session/choose-scenario.js";
import { machineTime } from "../session/clock.js";
import { coverScenarios, createExercised, noteExercised } from "../session/expectation.js";
import type { JournalEntry, KeptExchange } from "../session/journal.js";
import { Memory } from "../session/memory.js";
import { controlSession, type SessionControl } from "../session/session-control.js";
import { DEFAULT_SESSION } from "../session/session-name.js";
import { type Resumption, restoreWorld, type Snapshot, takeSnapshot } from "../session/snapshot.js";
import { forgetEntries } from "../session/storage.js";
import type { World } from "../session/world.js";
import { createWorlds, DEFAULT_SCENARIO, requireSessionName, type WorldOptions, worldFrom } from "../session/worlds.js";
import { withoutTrailing } from "../text.js";
import { requireOptions } from "../user-error.js";
import { type Arrival, type Begun, createDispatcher, type Witnessed } from "./dispatch.js";
import { routeRequest } from "./route-request.js";

export interface SimulatorOptions extends WorldOptions {
  /** The clock, in epoch milliseconds. Default `Date.now`, but never backwards; fake timers are followed wherever they go. */
  readonly now?: () => number;
  /** What stands between the origin and `/files/v3`, such as `/hubspot` behind a proxy of yours. Default nothing. */
  readonly basePath?: string;
}

/** All of them by name, for those who have no compiler to tell them. */
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
  now: true,
  basePath: true,
} as const satisfies Record<keyof SimulatorOptions, true>;

/** A simulator, which is also the control of its default session. */
export interface Simulator extends SessionControl {
  /** Answers a request and says why. Nothing in a request makes it throw. */
  readonly answer: (request: Request) => Promise<Exchange>;
  /** The same, at once, of a request whose body is read: two polls of one task can never see the same count. */
  readonly exchange: (request: RequestHead, body: Body) => Exchange;
  /** The same, where a door may yet send something else: nothing is in the journal until it says what it sent. */
  readonly begin: (request: RequestHead, body: Body, arrival?: Arrival) => Begun;
  /** Takes a call into the journal that somebody else has answered. @param effect who, in a few words */
  readonly witness: (request: RequestHead, body: Body, answer: Witnessed, arrival?: Arrival) => KeptExchange;
  /** Answers a request. */
  readonly handle: (request: Request) => Promise<Response>;
  /** The control of a session, which is made at its first use. @throws UserError `invalid-session` */
  readonly session: (name: string) => SessionControl;
  /** Names of all sessions, the one that was used last at the end. */
  readonly sessions: () => readonly string[];
  readonly hasSession: (name: string) => boolean;
  /** Makes a session what a snapshot says. @throws UserError, and nothing is changed */
  readonly restore: (name: string, snapshot: Snapshot) => void;
  /** Makes the whole simulator what snapshots say: other sessions are forgotten. @throws UserError, and nothing is changed */
  readonly restoreAll: (snapshots: Snapshots, options?: Pick<Resumption, "isRestart">) => void;
  /** All sessions, the one that was used last at the end. */
  readonly snapshots: () => Snapshots;
  /** Forgets every session; the default one begins anew. */
  readonly resetAll: () => void;
  /** Forgets a session; the default one begins anew. */
  readonly removeSession: (name: string) => void;
  /** What it keeps of its clients. */
  readonly memory: Memory;
  readonly scenarios: () => readonly Scenario[];
  /** What all sessions together have met, those that were reset or removed among them. */
  readonly coverageOfAll: () => ScenarioCoverage;
  /** Takes other scenarios from now on; tasks stay, and go on under what their scenario says now. */
  readonly reload: (scenarios: readonly Scenario[]) => void;
  /** Calls back after each exchange. @returns how to end that */
  readonly subscribe: (listener: Listener<JournalEntry>) => () => void;
  /** The same with exchanges as they are kept, for whoever reads hardly one of them. */
  readonly follow: (listener: Listener<KeptExchange>) => () => void;
}

/** Sessions by name. */
export type Snapshots = Readonly<Record<string, Snapshot>>;

/** @param session the name of the session that answered */
type Listener<Seen> = (seen: Seen, session: string) => void;

/**
 * A HubSpot whose import tasks move: requests in, responses out, wherever there are web standards.
 *
 * @throws UserError if `scenario` is not among `scenarios`, or there is no option of a name that is given
 * @see docs/simulator.md
 * @example const simulator = createSimulator({ scenarios, scenario: "happy", pace: "polls" });
 */
export function createSimulator(options: SimulatorOptions): Simulator {
  requireOptions("createSimulator", options, SIMULATOR_OPTIONS);
  return simulatorFrom(options);
}

/** The same for a door, which has told of its own options' names already. */
export function simulatorFrom(options: SimulatorOptions): Simulator {
  let catalogue = catalogueOf(options.scenarios);
  const basePath = withoutTrailing("/", options.basePath ?? "");
  const base = options.now ?? machineTime;
  requireScenario(options.scenario ?? DEFAULT_SCENARIO, catalogue);
  const memory = new Memory();
  const worlds = createWorlds(fresh, memory);
  const listeners = new Set<Listener<KeptExchange>>();
  const exercised = createExercised();

  const { begin, witness } = createDispatcher({
    now: base,
    placeOf: (request, body, arrival) => routeRequest(request, body, { worlds, basePath, instant: base(), ...arrival }),
    onKept(kept, { name, session }) {
      noteExercised(session.exercised, kept.exchange);
      noteExercised(exercised, kept.exchange);
      for (const listener of listeners) listener(kept, name);
    },
  });
  const exchange = (request: RequestHead, body: Body) => begin(request, body).keep().entry();

  function follow(listener: Listener<KeptExchange>): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  const scenarios = () => [...catalogue.values()];

  function fresh(name: string): World {
    return worldFrom(name, options, { catalogue, memory });
  }

  function reset(name: string): void {
    const { session, storage } = worlds.get(name);
    forgetEntries(storage, session.tasks.keys());
    const world = fresh(name);
    world.session.isSteered = session.isSteered;
    worlds.set(world);
  }

  function restored(name: string, snapshot: Snapshot, isRestart = false): World {
    requireSessionName(name);
    return restoreWorld(fresh(name), snapshot, { base: base(), isRestart });
  }

  function forget(name: string): void {
    if (name === DEFAULT_SESSION) reset(name);
    else worlds.remove(name);
  }

  function forgetAll(): void {
    for (const { name } of worlds.all()) forget(name);
  }

  const control = (name: string) =>
    controlSession(
      {
        name,
        world: () => worlds.get(name),
        replace: worlds.set,
        reset: () => reset(name),
        scenarios,
      },
      base,
    );
  const answer = async (request: Request) => exchange(request, await readBody(request));

  return {
    ...control(DEFAULT_SESSION),
    answer,
    exchange,
    begin,
    witness,
    handle: async (request) => toResponse((await answer(request)).response, { signal: request.signal }),
    session(name) {
      requireSessionName(name);
      return control(name);
    },
    sessions: () => worlds.all().map(({ name }) => name),
    hasSession: worlds.has,
    restore: (name, snapshot) => worlds.set(restored(name, snapshot)),
    snapshots: () => Object.fromEntries(worlds.all().map((world) => [world.name, takeSnapshot(world, base())])),
    restoreAll(snapshots, { isRestart = false } = {}) {
      const kept = Object.entries(snapshots).map(([name, snapshot]) => restored(name, snapshot, isRestart));
      forgetAll();
      for (const world of kept) worlds.set(world);
    },
    resetAll: forgetAll,
    removeSession: forget,
    memory,
    scenarios,
    coverageOfAll: () => coverScenarios(exercised, scenarios()),
    reload(changed) {
      catalogue = catalogueOf(changed);
      for (const world of worlds.all()) worlds.set({ ...world, catalogue });
    },
    subscribe: (listener) => follow((kept, session) => listener(kept.entry(), session)),
    follow,
  };
}
