import { matchOperation } from "../contract/operation.js";
import { type Exchange, toResponse } from "../exchange.js";
import type { Unknowns } from "../task/answer.js";
import type { ErrorAnswer } from "../task/hubspot-error.js";
import type { Scenario } from "../task/scenario.js";
import type { Pace } from "../task/task.js";
import { chooseSession, DEFAULT_SESSION, splitSession } from "./choose-session.js";
import { momentOf } from "./clock-header.js";
import { readClock } from "./control/clock.js";
import { noteExercised } from "./control/exercised.js";
import type { JournalEntry } from "./control/journal.js";
import { controlSession, type SessionControl } from "./control/session-control.js";
import { restoreWorld, type Snapshot } from "./control/snapshot.js";
import { checkImportStatus } from "./operations/check-import-status.js";
import { deleteFile } from "./operations/delete-file.js";
import { importFromUrl } from "./operations/import-from-url.js";
import { refuseCredentials } from "./operations/refusal.js";
import { type Body, readBody } from "./read-body.js";
import { createResponder } from "./respond.js";
import { createSession } from "./session.js";
import { requireScenario } from "./steering.js";
import { forgetEntries, type TaskStorage } from "./storage.js";
import { type Call, type Catalogue, idIn, type Outcome, type World } from "./world.js";
import { createWorlds, requireSessionName } from "./worlds.js";

export interface SimulatorOptions extends Partial<Unknowns> {
  readonly scenarios: readonly Scenario[];
  /** The scenario of imports that choose none. Default `happy`. */
  readonly scenario?: string;
  /** Decides every random value, 0 to 2³²−1. Default 1: the same calls get the same answers in every run. */
  readonly seed?: number;
  /** What moves tasks. Default `time`; choose `polls` where a test has no clock. */
  readonly pace?: Pace;
  /** How many times faster than their scenario tasks move under pace `time`. Default 1. */
  readonly speed?: number;
  /** The clock, in epoch milliseconds. Default `Date.now`, looked up at each call, so that fake timers are followed. */
  readonly now?: () => number;
  /** What stands between the origin and `/files/v3`, such as `/hubspot` behind a proxy of yours. Default nothing. */
  readonly basePath?: string;
  /** Where tasks survive a reload of the page, such as `sessionStorage`. Default none. */
  readonly storage?: TaskStorage;
}

/** A simulator, which is also the control of its default session. */
export interface Simulator extends SessionControl {
  /** Answers a request and says why. Nothing in a request makes it throw. */
  readonly answer: (request: Request) => Promise<Exchange>;
  /** The same, at once, of a request whose body is read: two polls of one task can never see the same count. */
  readonly exchange: (request: Request, body: Body) => Exchange;
  /** Answers a request. */
  readonly handle: (request: Request) => Promise<Response>;
  /** The control of a session, which is made at its first use. @throws UserError `invalid-session` */
  readonly session: (name: string) => SessionControl;
  /** Names of all sessions, the one that was used last at the end. */
  readonly sessions: () => readonly string[];
  /** Makes a session what a snapshot says. @throws UserError, and nothing is changed */
  readonly restore: (name: string, snapshot: Snapshot) => void;
  /** Forgets a session; the default one begins anew. */
  readonly removeSession: (name: string) => void;
  readonly scenarios: () => readonly Scenario[];
  /** Other scenarios from now on; tasks go on as they began. */
  readonly reload: (scenarios: readonly Scenario[]) => void;
  /** Calls back after each exchange. @returns how to end that */
  readonly subscribe: (listener: Listener) => () => void;
}

/** @param session the name of the session that answered */
export type Listener = (entry: JournalEntry, session: string) => void;

/**
 * A HubSpot whose import tasks move: requests in, responses out, wherever there are web standards.
 *
 * @throws UserError if `scenario` is not among `scenarios`
 * @see docs/simulator.md
 * @example const simulator = createSimulator({ scenarios, scenario: "happy", pace: "polls" });
 */
export function createSimulator(options: SimulatorOptions): Simulator {
  let { scenarios } = options;
  const { basePath = "" } = options;
  const base = options.now ?? (() => Date.now());
  const worlds = createWorlds((name) => worldFrom(name, { ...options, scenarios }));
  const listeners = new Set<Listener>();

  function exchange(request: Request, body: Body): Exchange {
    const { origin, pathname } = new URL(request.url);
    const { prefix, name, path } = splitSession(
      pathname.startsWith(basePath) ? pathname.slice(basePath.length) : pathname,
    );
    const chosen = chooseSession(request, name);
    const world = worlds.get("name" in chosen ? chosen.name : DEFAULT_SESSION);
    const instant = base();
    const shown = readClock(world.session.clock, instant);
    const moment = momentOf(request, shown);
    const now = "now" in moment ? moment.now : shown;
    const respond = createResponder(world.session, now);
    const call = { request, base: origin + basePath + prefix, body, now, respond };
    const refused = "refusal" in chosen ? chosen.refusal : "refusal" in moment ? moment.refusal : undefined;
    const { operation, outcome } = dispatch(world, call, { path, ...(refused && { refused }) });
    const { response, scenario, ...rest } = outcome;
    const { headers } = response;
    const entry = world.session.journal.append(
      {
        request: { method: request.method, path, ...(body.kind === "json" && { body: body.value }) },
        operation,
        violations: [],
        ...rest,
        ...(scenario && { scenario }),
        response: {
          status: response.status,
          headers: scenario ? { ...headers, "X-Mock-Scenario": `${scenario.name}; why=${scenario.why}` } : headers,
          body: request.method === "HEAD" ? "" : response.body,
        },
      },
      { at: now, clientAt: instant + world.session.clock.advancedMs, request, body: "text" in body ? body.text : "" },
    );
    noteExercised(world.session.exercised, entry);
    for (const listener of listeners) listener(entry, world.name);
    return entry;
  }

  function reset(name: string): void {
    const world = worlds.get(name);
    forgetEntries(world.storage, world.session.tasks.keys());
    worlds.set(worldFrom(name, { ...options, scenarios }));
  }

  const control = (name: string) =>
    controlSession(
      {
        name,
        world: () => worlds.get(name),
        replace: worlds.set,
        reset: () => reset(name),
        scenarios: () => scenarios,
      },
      base,
    );
  const answer = async (request: Request) => exchange(request, await readBody(request));

  return {
    ...control(DEFAULT_SESSION),
    answer,
    exchange,
    handle: async (request) => toResponse((await answer(request)).response),
    session(name) {
      requireSessionName(name);
      return control(name);
    },
    sessions: () => worlds.all().map(({ name }) => name),
    restore(name, snapshot) {
      worlds.set(restoreWorld(worlds.get(name), snapshot, base()));
    },
    removeSession(name) {
      if (name === DEFAULT_SESSION) reset(name);
      else worlds.remove(name);
    },
    scenarios: () => scenarios,
    reload(changed) {
      scenarios = changed;
      for (const world of worlds.all()) worlds.set({ ...world, catalogue: catalogueOf(changed) });
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function dispatch(
  world: World,
  call: Call,
  { path, refused }: { readonly path: string; readonly refused?: ErrorAnswer },
): { readonly operation: Exchange["operation"]; readonly outcome: Outcome } {
  const route = matchOperation(call.request.method, path);
  const { operation } = route;
  if (operation === undefined) return { operation, outcome: { response: call.respond.page(route) } };
  if (refused) return { operation, outcome: { response: call.respond.error(refused) } };
  const refusal = refuseCredentials(call.request.headers.get("authorization"));
  if (refusal) {
    return { operation, outcome: { response: call.respond.error(refusal.answer), violations: refusal.violations } };
  }
  switch (operation) {
    case "importFromUrl":
      return { operation, outcome: importFromUrl(world, call) };
    case "checkImportStatus":
      return { operation, outcome: checkImportStatus(world, call, idIn(route)) };
    case "deleteFile":
      return { operation, outcome: deleteFile(world, call, idIn(route)) };
  }
}

function worldFrom(name: string, options: SimulatorOptions): World {
  const { scenario = "happy", seed = 1, pace = "time", speed = 1 } = options;
  const { inFlightStatus = 200, inFlightDates = "omit", failure = "canceled" } = options;
  const catalogue = catalogueOf(options.scenarios);
  requireScenario(scenario, [...catalogue.keys()]);
  return {
    name,
    catalogue,
    seed,
    pace,
    speed,
    unknowns: { inFlightStatus, inFlightDates, failure },
    session: createSession({ seed, defaultScenario: scenario }),
    // What a page keeps over a reload is its own one session's.
    storage: name === DEFAULT_SESSION ? options.storage : undefined,
  };
}

function catalogueOf(scenarios: readonly Scenario[]): Catalogue {
  return new Map(scenarios.map((one) => [one.name, one]));
}
