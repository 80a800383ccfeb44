import type { JournalEntry } from "../../src/simulator/control/journal.js";
import type { Simulator } from "../../src/simulator/simulator.js";
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

/** As much as fifty sessions' full journals usually hold; runs beyond are judged early and only their verdicts kept. */
const MAX_CHARACTERS = 100_000_000;

/** A session from its beginning, or the last time that it was reset. */
interface Run {
  readonly session: string;
  readonly entries: JournalEntry[];
}

/**
 * Follows the clients of a simulator from now on, over resets and the bounds of journals.
 *
 * @example const log = logConduct(simulator); // …
 * log.conduct().result; // "pass"
 */
export function logConduct(simulator: Simulator, { maxCharacters = MAX_CHARACTERS } = {}): ConductLog {
  const runs = new Map<string, Run>();
  const ended: ClientConduct[] = [];
  let kept = 0;

  function end(run: Run): void {
    runs.delete(run.session);
    for (const entry of run.entries) kept -= weightOf(entry);
    ended.push(...judged(run));
  }

  simulator.subscribe((entry, session) => {
    const known = runs.get(session);
    // A journal counts from 1: this is another one.
    if (known && entry.id === 1) end(known);
    const run = runs.get(session) ?? { session, entries: [] };
    runs.delete(session);
    runs.set(session, run);
    run.entries.push(entry);
    kept += weightOf(entry);
    const [oldest] = runs.values();
    if (kept > maxCharacters && oldest) end(oldest);
  });

  return { conduct: () => conductOfAll([...ended, ...[...runs.values()].flatMap(judged)]) };
}

/** An entry's characters; what it has beside bodies comes to some hundreds. */
function weightOf({ sent, response }: JournalEntry): number {
  return 500 + (sent.body?.length ?? 0) + response.body.length;
}

function judged({ session, entries }: Run): readonly ClientConduct[] {
  return judgeSession({ session, entries, forgotten: 0 });
}
