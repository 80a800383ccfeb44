import { catalogueOf, requireScenario } from "../../../src/simulator/choose-scenario.js";
import type { SessionControl } from "../../../src/simulator/control/session-control.js";
import type { Simulator } from "../../../src/simulator/simulator.js";
import { baseOf } from "../base.js";
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
      sessions: simulator.sessions().map((name) => viewSession(simulator.session(name), baseOf(context))),
    }),
    readSession: ({ path, context }) => viewSession(requireSession(simulator, path), baseOf(context)),
    putSession({ path, body, context }) {
      // Before the session is looked up: what is refused must not leave one behind.
      if (body.scenario !== undefined) requireScenario(body.scenario, catalogueOf(simulator.scenarios()));
      const session = simulator.session(path.session);
      session.configure(body);
      return viewSession(session, baseOf(context));
    },
    configureSession({ path, body, context }) {
      const session = requireSession(simulator, path);
      session.configure(body);
      return viewSession(session, baseOf(context));
    },
    deleteSession: ({ path }) => simulator.removeSession(requireSession(simulator, path).name),
    resetSession: ({ path }) => requireSession(simulator, path).reset(),
    exportSession: ({ path }) => requireSession(simulator, path).snapshot(),
    importSession: ({ path, body }) => simulator.restore(path.session, body),
  };
}

/** @param base where the mock stands for who asks */
function viewSession(session: SessionControl, base: string): Schemas["Session"] {
  const { name } = session;
  return {
    name,
    token: `pat-mock-${name}`,
    baseUrl: `${base}/s/${name}`,
    tasks: session.tasks().length,
    exchanges: session.journal().entries().length,
    settings: session.settings(),
    clock: viewClock(session),
  };
}
