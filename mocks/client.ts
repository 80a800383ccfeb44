import type { Scenario } from "../src/scenario/scenario.js";
import { requireScenarios } from "../src/session/choose-scenario.js";
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
  /** The control token, if the mock requires one. */
  readonly token?: string;
  /** Sends the requests. Default the platform's own `fetch`, looked up at each request. */
  readonly fetch?: typeof fetch;
}

export interface StartOptions extends Omit<MockOptions, "scenarios" | "control"> {
  /**
   * Scenarios of your own beside the catalogue: a directory of .yaml files, or defined in code; one of the same name
   * replaces the catalogue's.
   */
  readonly scenarios?: string | readonly Scenario[];
}

/** A running mock. Its direct members concern the session `default`, which gets the requests without a session. */
export interface MockClient extends SessionClient {
  /** The mock's address, without a trailing slash. */
  readonly url: string;
  /** A separate session, created at its first use. */
  readonly session: (name: string) => SessionClient;
  /** Names of all sessions. */
  readonly sessions: () => Promise<readonly string[]>;
  readonly scenarios: () => Promise<readonly Schemas["ScenarioSummary"][]>;
  /** The conduct of the clients of all sessions. */
  readonly conductOfAll: () => Promise<Schemas["Conduct"]>;
  /** What was exercised in all sessions, also in those that were removed. */
  readonly coverageOfAll: () => Promise<Schemas["Coverage"]>;
  /** A snapshot of all sessions. */
  readonly exportAll: () => Promise<Schemas["MockSnapshot"]>;
  /** Restores the mock from a snapshot. @throws ControlError, and nothing is changed */
  readonly importAll: (snapshot: Schemas["MockSnapshot"]) => Promise<void>;
  /** Removes every session. */
  readonly resetAll: () => Promise<void>;
}

/** A mock of this process. */
export interface StartedMock extends MockClient, AsyncDisposable {
  /** Stops listening and closes open connections. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a mock in this process, controlled through the same API as any other.
 *
 * @throws UserError as `startMock` of the server does
 * @see docs/control.md
 * @example await using mock = await startMock({ port: 0 });
 */
export async function startMock({ scenarios, ...options }: StartOptions = {}): Promise<StartedMock> {
  // Prism takes 0.6 s to load, and a client of a running mock does not need it.
  const server = await import("./server.js");
  const { url, control, close } = await server.startMock({ ...options, scenarios: await withCatalogue(scenarios) });
  if (!control) throw new Error("the mock was started without its control API");
  const { token } = control;
  const client = connectMock({ url: server.localUrl(url), ...(token !== undefined && { token }) });
  return { ...client, url, close, [Symbol.asyncDispose]: close };
}

/**
 * Connects to a running mock, in another process or on another machine.
 *
 * @throws UserError `invalid-option` for an invalid address; its verbs, `unusable-address` if nothing listens there
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
  return typeof own === "string" ? readScenarios(own) : [...(await readScenarios()), ...requireScenarios(own)];
}
