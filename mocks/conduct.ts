import type { SessionJournal } from "../src/exchange/session-journal.js";
import { type Conduct, conductOfAll, conductTowards, judgeSession } from "../src/judge/session-conduct.js";
import { recorded } from "../src/session/recorded.js";
import type { SessionControl } from "../src/session/session-control.js";
import type { Simulator } from "../src/simulator/simulator.js";
import { inTurns } from "./in-turns.js";

/**
 * Returns the conduct of a simulator's clients so far, by its sessions' journals.
 *
 * @param session one session's name; without it, all sessions
 * @param taskId judges only the requests about this task
 * @throws UserError `invalid-session`
 * @see docs/conduct.md
 * @example conductOf(mock.simulator, "anna").result; // "pass"
 */
export function conductOf(
  simulator: Pick<Simulator, "session" | "sessions">,
  session?: string,
  taskId?: string,
): Conduct {
  const names = session === undefined ? simulator.sessions() : [session];
  const conduct = conductOfAll(names.flatMap((name) => judgeSession(journalOf(simulator.session(name)))));
  return taskId === undefined ? conduct : conductTowards(taskId, conduct);
}

/** Judges as `conductOf` does, but lets other requests proceed between two sessions. */
export async function conductInTurns(
  simulator: Pick<Simulator, "session" | "sessions">,
  session?: string,
): Promise<Conduct> {
  const names = session === undefined ? simulator.sessions() : [session];
  const clients = await inTurns(names, (name) => judgeSession(journalOf(simulator.session(name))));
  return conductOfAll(clients.flat());
}

/** A session's journal in the form that the judge reads. */
function journalOf({ name, journal, clientNow }: SessionControl): SessionJournal {
  const kept = journal();
  const entries = kept.entries().map(recorded);
  return { session: name, entries, forgotten: kept.forgotten(), watchedUntil: clientNow() };
}
