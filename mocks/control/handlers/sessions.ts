import { catalogueOf, requireScenario } from "../../../src/simulator/choose-scenario.js";
import type { SessionControl } from "../../../src/simulator/control/session-control.js";
import type { Simulator } from "../../../src/simulator/simulator.js";
import type { Handlers, Schemas } from "../operations.js";
import { viewClock } from "./clock.js";
import { requireSession } from "./require-session.js";

type Handled =
  | "listSessions"
  | "readSession"
  | "putSession"
  | "configureSession"
  | "deleteSession"
  | "resetSession"
  | "exportSession"
  | "importSession";

/** Worlds of their own on one server. */
export function sessionHandlers(simulator: Simulator): Pick<Handlers, Handled> {
  return {
    listSessions: ({ context }) => ({
      sessions: simulator.sessions().map((name) => viewSession(simulator.session(name), context.req.url)),
    }),
    readSession: ({ path, context }) => viewSession(requireSession(simulator, path), context.req.url),
    putSession({ path, body, context }) {
      // Before the session is looked up: what is refused must not leave one behind.
      if (body.scenario !== undefined) requireScenario(body.scenario, catalogueOf(simulator.scenarios()));
      const session = simulator.session(path.session);
      session.configure(body);
      return viewSession(session, context.req.url);
    },
    configureSession({ path, body, context }) {
      const session = requireSession(simulator, path);
      session.configure(body);
      return viewSession(session, context.req.url);
    },
    deleteSession: ({ path }) => simulator.removeSession(requireSession(simulator, path).name),
    resetSession: ({ path }) => requireSession(simulator, path).reset(),
    exportSession: ({ path }) => requireSession(simulator, path).snapshot(),
    importSession: ({ path, body }) => simulator.restore(path.session, body),
  };
}

function viewSession(session: SessionControl, url: string): Schemas["Session"] {
  const { name } = session;
  const { origin } = new URL(url);
  return {
    name,
    token: `pat-mock-${name}`,
    baseUrl: `${origin}/s/${name}`,
    tasks: session.tasks().length,
    exchanges: session.journal().entries().length,
    settings: session.settings(),
    clock: viewClock(session),
  };
}
