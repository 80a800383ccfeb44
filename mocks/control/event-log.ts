import { randomBytes } from "node:crypto";
import { charactersOf, type JournalEntry } from "../../src/simulator/control/journal.js";
import type { Simulator } from "../../src/simulator/simulator.js";

/** An exchange of any session, with its place in the order of all. */
export interface LoggedExchange {
  /** Names the place to this mock alone: another, or the same one restarted, has other ids. */
  readonly id: string;
  readonly entry: JournalEntry;
  readonly session: string;
}

/** The last exchanges of all sessions, for followers who were away. */
export interface EventLog {
  /** The one that was logged last. */
  readonly last: () => LoggedExchange | undefined;
  /**
   * Returns what was logged after an event.
   *
   * @param eventId the id of either block of an event: the place's, or `SESSION/NUMBER`
   * @returns with how many were evicted since; undefined where nobody knows, because the event is of another mock or too old
   */
  readonly after: (eventId: string) => {
    readonly exchanges: readonly LoggedExchange[];
    readonly lost: number | undefined;
  };
}

/** As much as a session's journal keeps. */
const MAX_EXCHANGES = 1000;
const MAX_CHARACTERS = 32_000_000;

/** Logs a simulator's exchanges from now on. */
export function createEventLog(simulator: Pick<Simulator, "subscribe">): EventLog {
  const run = randomBytes(6).toString("base64url");
  const kept: LoggedExchange[] = [];
  let evicted = 0;
  let characters = 0;

  simulator.subscribe((entry, session) => {
    kept.push({ id: `${run}:${evicted + kept.length + 1}`, entry, session });
    characters += charactersOf(entry);
    while (kept.length > MAX_EXCHANGES || characters > MAX_CHARACTERS) {
      const oldest = kept.shift();
      characters -= oldest ? charactersOf(oldest.entry) : 0;
      evicted += 1;
    }
  });

  /** How many had been logged up to an event. */
  function placeOf(eventId: string): number | undefined {
    const [, ofRun, place] = /^([\w-]+):(\d+)$/.exec(eventId) ?? [];
    if (ofRun === run && Number(place) <= evicted + kept.length) return Number(place);
    // Of two with one number, before and after a reset, the first: better told twice than never.
    const found = kept.findIndex(({ entry, session }) => `${session}/${entry.id}` === eventId);
    return found < 0 ? undefined : evicted + found + 1;
  }

  return {
    last: () => kept.at(-1),
    after(eventId) {
      const place = placeOf(eventId);
      if (place === undefined) return { exchanges: [...kept], lost: undefined };
      return { exchanges: kept.slice(Math.max(0, place - evicted)), lost: Math.max(0, evicted - place) };
    },
  };
}
