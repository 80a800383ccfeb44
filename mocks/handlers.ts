import type { HttpHandler } from "msw";
import type { File, ImportRequest, StandardError, TaskLocator, TaskStatus } from "../src/contract/contract.js";
import type { Exchange } from "../src/exchange/exchange.js";
import type { ScenarioCoverage } from "../src/exchange/session-journal.js";
import type { Conduct } from "../src/judge/session-conduct.js";
import { parseScenario } from "../src/scenario/parse.js";
import type { Scenario } from "../src/scenario/scenario.js";
import type { ScenarioSource } from "../src/scenario/source.js";
import { requireScenarios } from "../src/session/choose-scenario.js";
import type { ClockControl, SessionVerbs } from "../src/session/session-control.js";
import type { TaskView } from "../src/session/steering.js";
import { SIMULATOR_OPTIONS, Simulator, type SimulatorOptions } from "../src/simulator/simulator.js";
import { requireOptions, UserError } from "../src/user-error.js";
import { catalogueSources } from "./catalogue.gen.js";
import { type Address, HUBSPOT, hubspotAddress, parseAddress } from "./msw-address.js";
import { brokenRequest, createDoor, type Door, type DoorOptions, pageStorage } from "./msw-door.js";
import { createHandlers, createOverrides, type Overrides } from "./msw-handler.js";
import type { OpenPanel } from "./panel.js";

export type {
  Conduct,
  Exchange,
  File,
  ImportRequest,
  OpenPanel,
  Overrides,
  Scenario,
  StandardError,
  TaskLocator,
  TaskStatus,
  TaskView,
};
export { parseScenario };

export interface ImportMockOptions extends Omit<SimulatorOptions, "scenarios" | "basePath">, DoorOptions {
  /**
   * The part before `/files/v3` of the URLs that the app requests: an address, or `/hubspot` of the page's own origin, or
   * `*` for any origin, alone or before a path. Never a pattern. Default `https://api.hubapi.com`.
   */
  readonly baseUrl?: string;
  /** Scenarios of your own, beside the catalogue's; one of the same name replaces ours. */
  readonly scenarios?: readonly Scenario[];
}

/** The verbs of the mock's single session. */
type Verb = "complete" | "cancel" | "next" | "use" | "verify";

export interface ImportMock extends Pick<SessionVerbs, Verb> {
  /** For `setupServer(...mock.handlers)`, `setupWorker(...)` or a story's `parameters.msw`. */
  readonly handlers: readonly HttpHandler[];
  /** Every task that was started or polled. */
  readonly tasks: readonly TaskView[];
  /** The last thousand exchanges, the oldest first: request, response and the reason for it. */
  readonly requests: readonly Exchange[];
  /** The mock's time. It runs as `now` does, until it is advanced, frozen or set. */
  readonly clock: ClockControl;
  /** Removes everything. `server.resetHandlers()` calls it from msw 2.13.6 on; with older ones, call it yourself. */
  readonly reset: () => void;
  /** @throws UserError that lists each request that broke the contract; call it at the end of a test */
  readonly assertNoViolations: () => void;
  /**
   * How the app behaved since the last reset: whether it stopped at the end, waited as asked, and so on. Requests that an
   * override responds to are not judged.
   *
   * @param taskId one task; default: all. @throws UserError `unknown-task`
   * @see docs/conduct.md
   */
  readonly conduct: (taskId?: string) => Promise<Conduct>;
  /**
   * Shows the tasks in a drawer of the page, where a person chooses what they do next, and the rules that the app
   * broke. Its code is loaded on demand.
   *
   * @throws UserError `no-page` without a page
   * @see docs/msw.md
   * @example await mock.panel();
   */
  readonly panel: () => Promise<OpenPanel>;
  /** Which scenarios, states and faults occurred, over all resets. */
  readonly coverage: () => ScenarioCoverage;
  /** Handlers that respond to one operation in place of the mock, for `server.use()`. */
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
  const { baseUrl = HUBSPOT } = options;
  const address = parseAddress(baseUrl);
  const simulator = simulatorAt(address, options);
  const { resolve, reset } = createDoor(simulator, options);
  const { clock, complete, cancel, next, use, verify } = simulator;
  const conduct: ImportMock["conduct"] = async (taskId) => {
    const id = taskId === undefined ? undefined : simulator.task(taskId).id;
    // Loaded on demand: the judge is as large as the rest.
    const { conductOf } = await import("./conduct.js");
    return conductOf(simulator, undefined, id);
  };
  return {
    clock,
    complete,
    cancel,
    next,
    use,
    verify,
    reset,
    handlers: createHandlers(address, { resolve, reset }),
    get tasks() {
      return simulator.tasks();
    },
    get requests() {
      return simulator.journal().entries();
    },
    assertNoViolations() {
      // A request may have named a session by its token or scenario.
      const broken = simulator
        .sessions()
        .flatMap((name) => simulator.session(name).journal().entries())
        .filter(({ violations }) => violations.length > 0)
        .map(brokenRequest);
      if (broken.length > 0) throw new UserError("contract-violation", broken.join("\n"));
    },
    conduct,
    panel: async () => (await import("./panel.js")).openPanel(simulator, conduct),
    coverage: simulator.coverageOfAll,
    override: createOverrides(address),
  };
}

const { basePath: _, ...OF_SIMULATOR } = SIMULATOR_OPTIONS;
const OPTIONS = {
  ...OF_SIMULATOR,
  baseUrl: true,
  onViolation: true,
  wait: true,
  cut: true,
} satisfies Record<keyof ImportMockOptions, true>;

/** A mock for a dev server or Storybook: with HubSpot's own address, and tasks that take time. */
export const handlers: readonly HttpHandler[] = createHandlers(hubspotAddress, {
  resolve: (call) => readyMade().resolve(call),
  reset: () => ready?.reset(),
});

/** Created at the first request, so that an import of this module costs nothing. */
let ready: Door | undefined;

function readyMade(): Door {
  ready ??= createDoor(simulatorAt(hubspotAddress, { pace: "time" }));
  return ready;
}

function simulatorAt({ basePath }: Address, options: ImportMockOptions): Simulator {
  const storage = options.storage ?? pageStorage();
  const scenarios = withCatalogue(options.scenarios);
  return new Simulator({ pace: "polls", ...options, scenarios, basePath, ...(storage && { storage }) });
}

/** The catalogue, parsed once: a test suite creates a mock for each of its tests. */
let ours: readonly Scenario[] | undefined;

function withCatalogue(own: readonly Scenario[] = []): readonly Scenario[] {
  ours ??= Object.entries(JSON.parse(catalogueSources) as Record<string, Omit<ScenarioSource, "summary">>).map(
    ([name, source]) => parseScenario(name, { summary: name, ...source }),
  );
  return [...ours, ...requireScenarios(own)];
}
