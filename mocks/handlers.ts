import { type HttpHandler, http } from "msw";
import type { File, ImportRequest, StandardError, TaskLocator, TaskStatus } from "../src/contract/contract.js";
import { filePath, IMPORT_PATH, statusPath } from "../src/contract/operation.js";
import { type Exchange, toResponse } from "../src/exchange.js";
import { requireAddress } from "../src/options/require-address.js";
import { requireOptions } from "../src/options/require-options.js";
import type { ScenarioCoverage } from "../src/scenario-coverage.js";
import type { Expectation, Verified } from "../src/simulator/control/expectation.js";
import type { ClockControl } from "../src/simulator/control/session-control.js";
import { NO_BODY, readBody } from "../src/simulator/read-body.js";
import { SIMULATOR_OPTIONS, type SimulatorOptions, simulatorFrom } from "../src/simulator/simulator.js";
import type { TaskView } from "../src/simulator/steering.js";
import { parseScenario } from "../src/task/scenario/parse.js";
import type { Scenario } from "../src/task/scenario.js";
import { UserError } from "../src/user-error.js";
import type { Conduct } from "../src/verify/journal/session-conduct.js";
import { waitFor } from "../src/wait.js";
import type { Line } from "../src/wire.js";
import { catalogue } from "./catalogue.gen.js";
import { followResets } from "./msw/follow-resets.js";
import { createOverrides, type Overrides } from "./msw/override.js";
import { pageStorage } from "./msw/page-storage.js";

export type {
  Conduct,
  Exchange,
  File,
  ImportRequest,
  Overrides,
  Scenario,
  StandardError,
  TaskLocator,
  TaskStatus,
  TaskView,
};
export { parseScenario };

export interface ImportMockOptions extends Omit<SimulatorOptions, "scenarios" | "basePath"> {
  /** The address that the app calls, with a path if it has one; `*` for any origin. Default `https://api.hubapi.com`. */
  readonly baseUrl?: string;
  /** Scenarios of your own, beside the catalogue's; one of the same name replaces ours. */
  readonly scenarios?: readonly Scenario[];
  /**
   * What happens to a request that breaks the contract, besides being recorded. Default `respond`: it gets HubSpot's 400.
   * `throw` fails it as a network error would, where the app's own error handling might hide the 400.
   */
  readonly onViolation?: "respond" | "throw" | ((exchange: Exchange) => void);
  /** How an answer that comes in drips waits between them. Default: as long as its scenario says. */
  readonly wait?: Line["wait"];
}

export interface ImportMock {
  /** For `setupServer(...mock.handlers)`, `setupWorker(...)` or a story's `parameters.msw`. */
  readonly handlers: readonly HttpHandler[];
  /** Every task that was started or polled. */
  readonly tasks: readonly TaskView[];
  /** Every call that was answered, the oldest first: what came, what went back, and why. The last thousand. */
  readonly requests: readonly Exchange[];
  /** The mock's time. It runs as `now` does, until it is advanced, frozen or set. */
  readonly clock: ClockControl;
  /** Completes a task with a file. @throws UserError if there is no such task or it has ended */
  readonly complete: (id: string) => void;
  /** Cancels a task, with an error of your own where you give one. @throws UserError as `complete` does */
  readonly cancel: (id: string, error?: Partial<StandardError>) => void;
  /** Moves one task, or all, on by one step, under pace `manual`. @returns how many were moved */
  readonly next: (id?: string) => number;
  /** Makes a scenario the default of imports from now on, as in `rate-limited;burst=3`. @throws UserError if there is none of that name */
  readonly use: (scenario: string) => void;
  /** Forgets everything. `server.resetHandlers()` calls it from msw 2.13.6 on; with older ones, call it yourself. */
  readonly reset: () => void;
  /** @throws UserError that lists each request that broke the contract; call it at the end of a test */
  readonly assertNoViolations: () => void;
  /**
   * How the app behaved since the last reset: whether it stopped at the end, waited as asked, and so on. Calls that an
   * override answers are not seen.
   *
   * @param taskId one task; without it, all. @throws UserError `unknown-task`
   * @see docs/conduct.md
   */
  readonly conduct: (taskId?: string) => Promise<Conduct>;
  /** Whether exchanges came as often as expected. @example mock.verify({ taskId, atLeast: 3 }).passed */
  readonly verify: (expectation: Expectation) => Verified;
  /** Which scenarios and states were met, over all resets. */
  readonly coverage: () => ScenarioCoverage;
  /** Handlers that answer one operation in place of the mock, for `server.use()`. */
  readonly override: Overrides;
}

/**
 * HubSpot's import from a URL as MSW handlers, in a browser or in Node. Tasks move with each poll, so that a test needs
 * no clock; with pace `time` they follow `Date.now`, and so fake timers.
 *
 * @throws UserError if `scenario` is neither in the catalogue nor among `scenarios`
 * @see docs/msw.md
 * @example const mock = createImportMock({ scenario: "canceled" }); setupServer(...mock.handlers).listen();
 */
export function createImportMock(options: ImportMockOptions = {}): ImportMock {
  requireOptions("createImportMock", options, OPTIONS);
  const { baseUrl = "https://api.hubapi.com", onViolation = "respond", wait = waitFor } = options;
  const storage = options.storage ?? pageStorage();
  if (baseUrl !== "*") requireAddress("baseUrl", baseUrl);
  const basePath = baseUrl === "*" ? "" : new URL(baseUrl).pathname.replace(/\/$/, "");
  const simulator = simulatorFrom({
    pace: "polls",
    ...options,
    scenarios: withCatalogue(options.scenarios),
    basePath,
    ...(storage && { storage }),
  });
  let closing = new AbortController();

  async function resolve({ request }: { readonly request: Request }): Promise<Response | undefined> {
    // Most calls are polls, and a poll has no body to wait for.
    const exchange = simulator.exchange(request, request.body === null ? NO_BODY : await readBody(request));
    // The star in a handler's path matches more than ours.
    if (exchange.operation === undefined) return undefined;
    if (exchange.violations.length > 0) {
      if (onViolation === "throw") throw new UserError("contract-violation", brokenRequest(exchange));
      if (onViolation !== "respond") onViolation(exchange);
    }
    const { response } = exchange;
    // Joined only for an answer that goes wrong on its way: bench:msw keeps its budget by that.
    const signal = response.wire ? AbortSignal.any([request.signal, closing.signal]) : closing.signal;
    return toResponse(response, { signal, wait });
  }

  function reset(): void {
    simulator.reset();
    // Calls that were never to be answered end as those of a server that is stopped.
    closing.abort();
    closing = new AbortController();
  }

  // The star takes the second slash that HubSpot's own client sends when its basePath ends in one.
  const root = baseUrl === "*" ? "*" : `${baseUrl.replace(/\/$/, "")}*`;
  const paths = { import: root + IMPORT_PATH, status: root + statusPath(":taskId"), file: root + filePath(":fileId") };
  const handlers = [
    http.post(paths.import, resolve),
    http.get(paths.status, resolve),
    http.head(paths.status, resolve),
    http.delete(paths.file, resolve),
  ];
  for (const handler of handlers) followResets(handler, reset);

  return {
    handlers,
    get tasks() {
      return simulator.tasks();
    },
    get requests() {
      return simulator.journal().entries();
    },
    clock: simulator.clock,
    complete: simulator.complete,
    cancel: simulator.cancel,
    next: simulator.next,
    use: simulator.use,
    reset,
    assertNoViolations() {
      const broken = simulator
        .journal()
        .entries()
        .filter(({ violations }) => violations.length > 0)
        .map(brokenRequest);
      if (broken.length > 0) throw new UserError("contract-violation", broken.join("\n"));
    },
    async conduct(taskId) {
      if (taskId !== undefined) simulator.task(taskId);
      // Loaded on demand: the judge is as large as all the rest.
      const { conductOf } = await import("./conduct/of-simulator.js");
      return conductOf(simulator, undefined, taskId);
    },
    verify: simulator.verify,
    coverage: simulator.coverageOfAll,
    override: createOverrides(paths),
  };
}

const { basePath: _, ...OF_SIMULATOR } = SIMULATOR_OPTIONS;
const OPTIONS = {
  ...OF_SIMULATOR,
  baseUrl: true,
  onViolation: true,
  wait: true,
} satisfies Record<keyof ImportMockOptions, true>;

/** The catalogue, read once: a test suite makes a mock for each of its tests. */
let ours: readonly Scenario[] | undefined;

/** Ready-made, for a dev server or Storybook: the default address, and tasks that take their time. */
export const handlers: readonly HttpHandler[] = createImportMock({ pace: "time" }).handlers;

function withCatalogue(own: readonly Scenario[] = []): readonly Scenario[] {
  ours ??= Object.entries(catalogue).map(([name, source]) => parseScenario(name, { summary: name, ...source }));
  return [...ours, ...own];
}

function brokenRequest({ request, violations }: Exchange): string {
  const list = violations.map(({ pointer, message }) => `${pointer} ${message}`).join("; ");
  return `${request.method} ${request.path} breaks the contract: ${list}`;
}
