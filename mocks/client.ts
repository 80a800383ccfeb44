import type { Scenario } from "../src/scenario/scenario.js";
import { withoutTrailing } from "../src/text.js";
import { requireAddress } from "../src/user-error.js";
import type { Schemas } from "./control/operations.js";
import { readScenarios } from "./scenario-files.js";
import type { MockOptions } from "./server.js";
import { createApi, createSessionClient, type SessionClient } from "./session-client.js";

export { defineScenario } from "../src/scenario/define.js";
export type { ClockClient, JournalFilter, SessionClient } from "./session-client.js";
export { ControlError, VerificationError } from "./session-client.js";
export type { Scenario };

export interface ConnectOptions {
  /** Where the mock listens, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The control token, where the mock demands one. */
  readonly token?: string;
  /** What sends the requests. Default the platform's own, looked up at each call. */
  readonly fetch?: typeof fetch;
}

export interface StartOptions extends Omit<MockOptions, "scenarios" | "control"> {
  /** Scenarios of your own beside the catalogue: a directory of .yaml files, or made in code; one of the same name replaces ours. */
  readonly scenarios?: string | readonly Scenario[];
}

/** A running mock. What it offers directly concerns the session `default`, which answers calls that name none. */
export interface MockClient extends SessionClient {
  /** Where the mock listens, without a slash at the end. */
  readonly url: string;
  /** A world of its own, made at its first use. */
  readonly session: (name: string) => SessionClient;
  /** Names of all sessions. */
  readonly sessions: () => Promise<readonly string[]>;
  readonly scenarios: () => Promise<readonly Schemas["ScenarioSummary"][]>;
  /** How the clients of all sessions behaved. */
  readonly conductOfAll: () => Promise<Schemas["Conduct"]>;
  /** What all sessions have met, those that are gone among them. */
  readonly coverageOfAll: () => Promise<Schemas["Coverage"]>;
  /** All sessions as data. */
  readonly exportAll: () => Promise<Schemas["MockSnapshot"]>;
  /** Makes the mock what an export says. @throws ControlError, and nothing is changed */
  readonly importAll: (snapshot: Schemas["MockSnapshot"]) => Promise<void>;
  /** Forgets every session. */
  readonly resetAll: () => Promise<void>;
}

/** A mock of this process. */
export interface StartedMock extends MockClient, AsyncDisposable {
  /** Stops listening and drops open connections. */
  readonly close: () => Promise<void>;
}

/**
 * A mock of this process, steered through the same API as any other.
 *
 * @throws UserError as the mock's own start does
 * @see docs/control.md
 * @example await using mock = await startMock({ port: 0 });
 */
export async function startMock({ scenarios, ...options }: StartOptions = {}): Promise<StartedMock> {
  // Prism takes 0.6 s to load: who connects to a mock that runs has no use for it.
  const server = await import("./server.js");
  const { url, control, close } = await server.startMock({ ...options, scenarios: await withCatalogue(scenarios) });
  if (!control) throw new Error("the mock was started without its control API");
  const { token } = control;
  const client = connectMock({ url: server.localUrl(url), ...(token !== undefined && { token }) });
  return { ...client, url, close, [Symbol.asyncDispose]: close };
}

/**
 * A mock that runs already, in another process or on another machine.
 *
 * @throws UserError `invalid-option` for what is no address; its calls, `unusable-address` where nothing listens
 * @example const mock = connectMock({ url: "http://127.0.0.1:4010" }); await mock.use("canceled");
 */
export function connectMock({ url, ...options }: ConnectOptions): MockClient {
  requireAddress("url", url);
  const origin = withoutTrailing("/", url);
  const api = createApi(origin, options);
  return {
    ...createSessionClient(api, origin, "default"),
    url: origin,
    session: (name) => createSessionClient(api, origin, name),
    async sessions() {
      const { sessions } = await api.call<Schemas["SessionList"]>("GET", "/sessions");
      return sessions.map(({ name }) => name);
    },
    scenarios: async () => (await api.call<Schemas["ScenarioList"]>("GET", "/scenarios")).scenarios,
    conductOfAll: () => api.call("GET", "/conduct"),
    coverageOfAll: () => api.call("GET", "/coverage"),
    exportAll: () => api.call("GET", "/snapshot"),
    importAll: (snapshot) => api.call("PUT", "/snapshot", snapshot),
    resetAll: () => api.call("POST", "/reset"),
  };
}

async function withCatalogue(own: StartOptions["scenarios"] = []): Promise<readonly Scenario[]> {
  return typeof own === "string" ? readScenarios(own) : [...(await readScenarios()), ...own];
}
