import { matchOperation } from "../contract/operation.js";
import { type Exchange, toResponse } from "../exchange.js";
import type { Unknowns } from "../task/answer.js";
import type { Scenario } from "../task/scenario.js";
import type { Pace } from "../task/task.js";
import { checkImportStatus } from "./operations/check-import-status.js";
import { deleteFile } from "./operations/delete-file.js";
import { importFromUrl } from "./operations/import-from-url.js";
import { refuseCredentials } from "./operations/refusal.js";
import { readBody } from "./read-body.js";
import { createResponder } from "./respond.js";
import { createSession } from "./session.js";
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
}

export interface Simulator {
  /** Answers a request and says why. Nothing in a request makes it throw. */
  readonly answer: (request: Request) => Promise<Exchange>;
  /** Answers a request. */
  readonly handle: (request: Request) => Promise<Response>;
  /** Moves every task on by one step, under pace `manual`. @returns how many tasks there are */
  readonly next: () => number;
}

/**
 * A HubSpot whose import tasks move: requests in, responses out, wherever there are web standards.
 *
 * @throws Error if `scenario` is not among `scenarios`
 * @see docs/simulator.md
 * @example const simulator = createSimulator({ scenarios, scenario: "happy", pace: "polls" });
 */
export function createSimulator(options: SimulatorOptions): Simulator {
  const world = worldFrom(options);
  const clock = options.now ?? (() => Date.now());

  async function answer(request: Request): Promise<Exchange> {
    const body = await readBody(request);
    // From here on nothing waits: two polls of one task can never see the same count.
    const now = clock();
    const { origin, pathname: path } = new URL(request.url);
    const call = { request, origin, body, now, respond: createResponder(world.session, now) };
    const { operation, outcome } = dispatch(world, call, path);
    const { response, scenario, ...rest } = outcome;
    const chosen = scenario && { "X-Mock-Scenario": `${scenario.name}; why=${scenario.why}` };
    return {
      request: { method: request.method, path },
      operation,
      violations: [],
      ...rest,
      ...(scenario && { scenario }),
      response: {
        status: response.status,
        headers: { ...response.headers, ...chosen },
        body: request.method === "HEAD" ? "" : response.body,
      },
    };
  }

  return {
    answer,
    handle: async (request) => toResponse((await answer(request)).response),
    next() {
      const now = clock();
      for (const entry of world.session.tasks.values()) {
        entry.task = { ...entry.task, moves: [...entry.task.moves, now] };
      }
      return world.session.tasks.size;
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
  if (!catalogue.has(scenario)) throw new Error(`There is no scenario "${scenario}" among the given ones.`);
  return {
    catalogue,
    defaultScenario: scenario,
    seed,
    pace,
    speed,
    unknowns: { inFlightStatus, inFlightDates, failure },
    session: createSession(seed),
  };
}
