import type { SessionControl } from "../../../src/simulator/control/session-control.js";
import type { Simulator } from "../../../src/simulator/simulator.js";
import { UserError } from "../../../src/user-error.js";

/**
 * The session that a path names. Looking at one must not make it: a mistyped name would look like an empty session.
 *
 * @throws UserError `unknown-session`
 */
export function requireSession(simulator: Simulator, { session: name }: { readonly session: string }): SessionControl {
  if (simulator.hasSession(name)) return simulator.session(name);
  throw new UserError("unknown-session", `there is no session "${name}". Make it with PUT, or use it with a call.`);
}
