import type { StandardError } from "../contract/contract.js";
import { matchOperation } from "../contract/operation.js";
import { type Exchange, toResponse } from "../exchange.js";
import type { Unknowns } from "../task/answer.js";
import type { Scenario } from "../task/scenario.js";
import type { Pace } from "../task/task.js";
import { checkImportStatus } from "./operations/check-import-status.js";
import { deleteFile } from "./operations/delete-file.js";
import { importFromUrl } from "./operations/import-from-url.js";
import { refuseCredentials } from "./operations/refusal.js";
import { type Body, readBody } from "./read-body.js";
import { createResponder } from "./respond.js";
import { createSession } from "./session.js";
import { endTask, moveTasks, requireScenario, type TaskView, useScenario, viewTasks } from "./steering.js";
import { forgetEntries, type TaskStorage } from "./storage.js";
import { type Call, idIn, type Outcome, type World } from "./world.js";

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

export interface Simulator {
  /** Answers a request and says why. Nothing in a request makes it throw. */
  readonly answer: (request: Request) => Promise<Exchange>;
  /** The same, at once, of a request whose body is read: two polls of one task can never see the same count. */
  readonly exchange: (request: Request, body: Body) => Exchange;
  /** Answers a request. */
  readonly handle: (request: Request) => Promise<Response>;
  /** Every task that was started or polled. */
  readonly tasks: () => readonly TaskView[];
  /** Completes a task with a file. @throws UserError if there is no such task or it has ended */
  readonly complete: (id: string) => void;
  /** Cancels a task, with an error of your own where you give one. @throws UserError as `complete` does */
  readonly cancel: (id: string, error?: Partial<StandardError>) => void;
  /** Moves one task, or all, on by one step, under pace `manual`. @returns how many tasks were moved */
  readonly next: (id?: string) => number;
  /** Makes a scenario the default of imports from now on. @throws UserError if there is none of that name */
  readonly use: (scenario: string) => void;
  /** Forgets every task and begins anew, with the same seed. */
  readonly reset: () => void;
}

/**
 * A HubSpot whose import tasks move: requests in, responses out, wherever there are web standards.
 *
 * @throws UserError if `scenario` is not among `scenarios`
 * @see docs/simulator.md
 * @example const simulator = createSimulator({ scenarios, scenario: "happy", pace: "polls" });
 */
export function createSimulator(options: SimulatorOptions): Simulator {
  let world = worldFrom(options);
  const { basePath = "" } = options;
  const clock = options.now ?? (() => Date.now());

  function exchange(request: Request, body: Body): Exchange {
    const now = clock();
    const { origin, pathname } = new URL(request.url);
    const path = pathname.startsWith(basePath) ? pathname.slice(basePath.length) : pathname;
    const call = { request, base: origin + basePath, body, now, respond: createResponder(world.session, now) };
    const { operation, outcome } = dispatch(world, call, path);
    const { response, scenario, ...rest } = outcome;
    const { headers } = response;
    return {
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
    };
  }

  const answer = async (request: Request) => exchange(request, await readBody(request));

  return {
    answer,
    exchange,
    handle: async (request) => toResponse((await answer(request)).response),
    tasks: () => viewTasks(world, clock()),
    complete: (id) => endTask(world, id, { now: clock(), state: "COMPLETE" }),
    cancel: (id, error) => endTask(world, id, { now: clock(), state: "CANCELED", ...(error && { error }) }),
    next: (id) => moveTasks(world, clock(), id),
    use: (scenario) => useScenario(world, scenario),
    reset() {
      forgetEntries(world.storage, world.session.tasks.keys());
      world = worldFrom(options);
    },
  };
}

function dispatch(
  world: World,
  call: Call,
  path: string,
): { readonly operation: Exchange["operation"]; readonly outcome: Outcome } {
  const route = matchOperation(call.request.method, path);
  const { operation } = route;
  if (operation === undefined) return { operation, outcome: { response: call.respond.page(route) } };
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

function worldFrom(options: SimulatorOptions): World {
  const { scenario = "happy", seed = 1, pace = "time", speed = 1 } = options;
  const { inFlightStatus = 200, inFlightDates = "omit", failure = "canceled" } = options;
  const catalogue = new Map(options.scenarios.map((one) => [one.name, one]));
  requireScenario(scenario, [...catalogue.keys()]);
  return {
    catalogue,
    seed,
    pace,
    speed,
    unknowns: { inFlightStatus, inFlightDates, failure },
    session: createSession({ seed, defaultScenario: scenario }),
    storage: options.storage,
  };
}
