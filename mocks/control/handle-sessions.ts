import { catalogueOf, requireScenario } from "../../src/session/choose-scenario.js";
import type { ClockControl, SessionControl } from "../../src/session/session-control.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { isoDate, milliseconds, withUnit } from "../../src/time.js";
import { baseOf, type Call, type Handlers, requireSession, type Schemas } from "./operations.js";

type SessionOperation =
  | "listSessions"
  | "readSession"
  | "putSession"
  | "configureSession"
  | "deleteSession"
  | "resetSession"
  | "exportSession"
  | "importSession";

/** Worlds of their own on one server. */
export function sessionHandlers(simulator: Simulator): Pick<Handlers, SessionOperation> {
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
    tasks: session.taskCount(),
    exchanges: session.journal().kept().length,
    settings: session.settings(),
    clock: viewClock(session),
  };
}

type ClockOperation =
  | "readClock"
  | "freezeClock"
  | "resumeClock"
  | "advanceClock"
  | "setClock"
  | "setClockRate"
  | "advanceToNextChange";

/** A session's time. */
export function clockHandlers(simulator: Simulator): Pick<Handlers, ClockOperation> {
  function turned<Id extends ClockOperation>(turn: (clock: ClockControl, body: Call<Id>["body"]) => void) {
    return ({ path, body }: { readonly path: { readonly session: string }; readonly body: Call<Id>["body"] }) => {
      const session = requireSession(simulator, path);
      turn(session.clock, body);
      return viewClock(session);
    };
  }

  return {
    readClock: ({ path }) => viewClock(requireSession(simulator, path)),
    freezeClock: turned<"freezeClock">((clock) => clock.freeze()),
    resumeClock: turned<"resumeClock">((clock) => clock.resume()),
    advanceClock: turned<"advanceClock">((clock, { by }) => clock.advance(signedMs(by))),
    setClock: turned<"setClock">((clock, { to }) => clock.set(Date.parse(to))),
    setClockRate: turned<"setClockRate">((clock, { factor }) => clock.rate(factor)),
    advanceToNextChange: turned<"advanceToNextChange">((clock, { taskId }) => void clock.toNextChange(taskId)),
  };
}

function viewClock({ clock }: SessionControl): Schemas["Clock"] {
  const { isFrozen, rate, advancedMs } = clock.setting();
  return { now: isoDate(clock.now()), isFrozen, rate, advancedMs };
}

/** The document's pattern admits only a duration, with or without a sign. */
function signedMs(by: string | number): number {
  return Math.round(milliseconds(withUnit(by).replace(/^\+/, "")));
}
