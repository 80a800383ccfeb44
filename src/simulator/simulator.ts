import { matchOperation } from "../contract/operation.js";
import { type Exchange, toResponse } from "../exchange.js";
import { limitName } from "../task/fault/effect-name.js";
import type { ErrorAnswer } from "../task/hubspot-error.js";
import type { Scenario } from "../task/scenario.js";
import { limitExceeded } from "./budget.js";
import { catalogueOf, requireScenario } from "./choose-scenario.js";
import { chooseSession, DEFAULT_SESSION, splitSession } from "./choose-session.js";
import { momentOf } from "./clock-header.js";
import { readClock } from "./control/clock.js";
import { coverScenarios, createExercised, noteExercised, type ScenarioCoverage } from "./control/exercised.js";
import type { JournalEntry } from "./control/journal.js";
import { controlSession, type SessionControl } from "./control/session-control.js";
import { restoreWorld, type Snapshot } from "./control/snapshot.js";
import { checkImportStatus } from "./operations/check-import-status.js";
import { deleteFile } from "./operations/delete-file.js";
import { importFromUrl } from "./operations/import-from-url.js";
import { refuseCredentials } from "./operations/refusal.js";
import { type Body, readBody } from "./read-body.js";
import { createResponder } from "./respond.js";
import { forgetEntries } from "./storage.js";
import { type Call, idIn, type Outcome, type World } from "./world.js";
import { createWorlds, DEFAULT_SCENARIO, requireSessionName, type WorldOptions, worldFrom } from "./worlds.js";

export interface SimulatorOptions extends WorldOptions {
  /** The clock, in epoch milliseconds. Default `Date.now`, looked up at each call, so that fake timers are followed. */
  readonly now?: () => number;
  /** What stands between the origin and `/files/v3`, such as `/hubspot` behind a proxy of yours. Default nothing. */
  readonly basePath?: string;
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
  readonly hasSession: (name: string) => boolean;
  /** Makes a session what a snapshot says. @throws UserError, and nothing is changed */
  readonly restore: (name: string, snapshot: Snapshot) => void;
  /** Makes the whole simulator what snapshots say: other sessions are forgotten. @throws UserError, and nothing is changed */
  readonly restoreAll: (snapshots: Readonly<Record<string, Snapshot>>) => void;
  /** Forgets every session; the default one begins anew. */
  readonly resetAll: () => void;
  /** Forgets a session; the default one begins anew. */
  readonly removeSession: (name: string) => void;
  readonly scenarios: () => readonly Scenario[];
  /** What all sessions together have met, those that were reset or removed among them. */
  readonly coverageOfAll: () => ScenarioCoverage;
  /** Takes other scenarios from now on; tasks stay, and go on under what their scenario says now. */
  readonly reload: (scenarios: readonly Scenario[]) => void;
  /** Calls back after each exchange. @returns how to end that */
  readonly subscribe: (listener: Listener) => () => void;
}

/** @param session the name of the session that answered */
type Listener = (entry: JournalEntry, session: string) => void;

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
  requireScenario(options.scenario ?? DEFAULT_SCENARIO, catalogueOf(scenarios));
  const worlds = createWorlds((name) => worldFrom(name, { ...options, scenarios }));
  const listeners = new Set<Listener>();
  const exercised = createExercised();

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
    world.session.aheadMs = Math.max(world.session.aheadMs, now - shown);
    const allowance = { limits: world.limits, spent: world.session.budget.spend(shown) };
    const respond = createResponder(world.session, now, allowance);
    const call = { request, base: origin + basePath + prefix, body, now, shown, respond, allowance };
    const refused = "refusal" in chosen ? chosen.refusal : "refusal" in moment ? moment.refusal : undefined;
    const { operation, outcome } = dispatch(world, call, { path, ...(refused && { refused }) });
    const { response, scenario, ...rest } = outcome;
    const { headers } = response;
    const known = world.session.tasks.get(rest.taskId ?? "");
    const entry = world.session.journal.append(
      {
        request: { method: request.method, path, ...(body.kind === "json" && { body: body.value }) },
        session: world.name,
        operation,
        violations: [],
        ...rest,
        ...(scenario && { scenario }),
        response: {
          ...response,
          headers: scenario ? { ...headers, "X-Mock-Scenario": `${scenario.name}; why=${scenario.why}` } : headers,
          body: request.method === "HEAD" ? "" : response.body,
        },
      },
      {
        at: now,
        clientAt: instant + world.session.clock.advancedMs + world.session.aheadMs,
        ...(known && { progress: { polls: known.polls, pace: known.task.pace } }),
        request,
        body: "text" in body ? body.text : "",
      },
    );
    noteExercised(world.session.exercised, entry);
    noteExercised(exercised, entry);
    for (const listener of listeners) listener(entry, world.name);
    return entry;
  }

  function reset(name: string): void {
    const world = worlds.get(name);
    forgetEntries(world.storage, world.session.tasks.keys());
    worlds.set(worldFrom(name, { ...options, scenarios }));
  }

  function restored(name: string, snapshot: Snapshot): World {
    requireSessionName(name);
    return restoreWorld(worldFrom(name, { ...options, scenarios }), snapshot, base());
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
        scenarios: () => scenarios,
      },
      base,
    );
  const answer = async (request: Request) => exchange(request, await readBody(request));

  return {
    ...control(DEFAULT_SESSION),
    answer,
    exchange,
    handle: async (request) => toResponse((await answer(request)).response, { signal: request.signal }),
    session(name) {
      requireSessionName(name);
      return control(name);
    },
    sessions: () => worlds.all().map(({ name }) => name),
    hasSession: worlds.has,
    restore: (name, snapshot) => worlds.set(restored(name, snapshot)),
    restoreAll(snapshots) {
      const kept = Object.entries(snapshots).map(([name, snapshot]) => restored(name, snapshot));
      forgetAll();
      for (const world of kept) worlds.set(world);
    },
    resetAll: forgetAll,
    removeSession: forget,
    scenarios: () => scenarios,
    coverageOfAll: () => coverScenarios(exercised, scenarios),
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
  const over = limitExceeded(call.allowance, { operation, now: call.now });
  if (over) {
    return { operation, outcome: { response: call.respond.error(over.answer), effect: limitName(over.limit) } };
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
