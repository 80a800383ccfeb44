import type { JournalEntry } from "../../src/simulator/control/journal.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import type { SessionJournal } from "../../src/verify/journal/journal.js";
import {
  type ClientConduct,
  type Conduct,
  conductOfAll,
  judgeSession,
} from "../../src/verify/journal/session-conduct.js";

/** The clients' conduct, beyond their journals: a suite resets or removes its sessions as its tests end. */
export interface ConductLog {
  /** How all clients have behaved since the log was begun. */
  readonly conduct: () => Conduct;
}

/** As many as fifty sessions' full journals; runs beyond are judged early and only their verdicts kept. */
const MAX_ENTRIES = 50_000;

/** A session from its beginning, or the last time that it was reset. */
interface Run {
  readonly session: string;
  readonly pace: SessionJournal["pace"];
  readonly entries: JournalEntry[];
}

/**
 * Follows the clients of a simulator from now on, over resets and the bounds of journals.
 *
 * @example const log = logConduct(simulator); // …
 * log.conduct().result; // "pass"
 */
export function logConduct(simulator: Simulator, { maxEntries = MAX_ENTRIES } = {}): ConductLog {
  const runs = new Map<string, Run>();
  const ended: ClientConduct[] = [];
  let kept = 0;

  function end(run: Run): void {
    runs.delete(run.session);
    kept -= run.entries.length;
    ended.push(...judged(run));
  }

  simulator.subscribe((entry, session) => {
    const known = runs.get(session);
    // A journal counts from 1: this is another one.
    if (known && entry.id === 1) end(known);
    const run = runs.get(session) ?? { session, pace: simulator.session(session).settings().pace, entries: [] };
    runs.delete(session);
    runs.set(session, run);
    run.entries.push(entry);
    kept += 1;
    const [oldest] = runs.values();
    if (kept > maxEntries && oldest) end(oldest);
  });

  return { conduct: () => conductOfAll([...ended, ...[...runs.values()].flatMap(judged)]) };
}

function judged({ session, pace, entries }: Run): readonly ClientConduct[] {
  return judgeSession({ session, pace, entries, forgotten: 0 });
}
