import { milliseconds, withUnit } from "../../../src/duration.js";
import { isoDate } from "../../../src/instant.js";
import type { ClockControl, SessionControl } from "../../../src/simulator/control/session-control.js";
import type { Simulator } from "../../../src/simulator/simulator.js";
import type { Call, Handlers, Schemas } from "../operations.js";
import { requireSession } from "./require-session.js";

type Handled =
  | "readClock"
  | "freezeClock"
  | "resumeClock"
  | "advanceClock"
  | "setClock"
  | "setClockRate"
  | "advanceToNextChange";

/** A session's time. */
export function clockHandlers(simulator: Simulator): Pick<Handlers, Handled> {
  function turned<Id extends Handled>(turn: (clock: ClockControl, body: Call<Id>["body"]) => void) {
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

export function viewClock({ clock }: SessionControl): Schemas["Clock"] {
  const { isFrozen, rate, advancedMs } = clock.setting();
  return { now: isoDate(clock.now()), isFrozen, rate, advancedMs };
}

/** The document's pattern admits only a duration, with or without a sign. */
function signedMs(by: string | number): number {
  return Math.round(milliseconds(withUnit(by).replace(/^\+/, "")));
}
