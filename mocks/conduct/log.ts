import type { KeptExchange } from "../../src/simulator/control/journal.js";
import { Kept } from "../../src/simulator/memory.js";
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

/** As much as all journals may take; runs beyond are judged early and only their verdicts kept. */
const MAX_BYTES = 96_000_000;
const MAX_VERDICT_BYTES = 64_000_000;

/** A session from its beginning, or the last time that it was reset. */
interface Run {
  readonly session: string;
  readonly entries: KeptExchange[];
  /** How far the clients' clock is ahead of the simulator's, in milliseconds, as far as its last entry tells. */
  aheadMs: number;
}

/**
 * Follows the clients of a simulator from now on, over resets and the bounds of journals.
 *
 * @example const log = logConduct(simulator); // …
 * log.conduct().result; // "pass"
 */
export function logConduct(
  simulator: Simulator,
  { maxBytes = MAX_BYTES, maxVerdictBytes = MAX_VERDICT_BYTES } = {},
): ConductLog {
  const runs = new Map<string, Run>();
  const ended = new Map<Kept, readonly ClientConduct[]>();
  const memory = simulator.memory.open("verdict", maxVerdictBytes);
  let kept = 0;

  const now = () => simulator.clock.setting().base;

  function end(run: Run): void {
    runs.delete(run.session);
    for (const entry of run.entries) kept -= entry.bytes;
    // What a client goes on to poll is told by the session's next run.
    const verdict = judged(run, now() + run.aheadMs).map((client) => ({ ...client, stillPolled: [] }));
    const place = new Kept(
      () => ended.delete(place),
      () => rankOf(verdict),
    );
    ended.set(place, verdict);
    memory.keep(place, 2 * JSON.stringify(verdict).length);
  }

  simulator.follow((entry, session) => {
    const known = runs.get(session);
    // A journal counts from 1: this is another one.
    if (known && entry.id === 1) end(known);
    const run = runs.get(session) ?? { session, entries: [], aheadMs: 0 };
    runs.delete(session);
    runs.set(session, run);
    run.entries.push(entry);
    run.aheadMs = entry.clientAt - now();
    kept += entry.bytes;
    const [oldest] = runs.values();
    if (kept > maxBytes && oldest) end(oldest);
  });

  /** The session may have been advanced since its last entry; or reset, and then only that entry tells. */
  function clientNow({ session, aheadMs }: Run): number {
    const current = simulator.hasSession(session) ? simulator.session(session).clientNow() : 0;
    return Math.max(now() + aheadMs, current);
  }

  return {
    conduct: () =>
      conductOfAll([
        ...[...ended.values()].flat(),
        ...[...runs.values()].flatMap((run) => judged(run, clientNow(run))),
      ]),
  };
}

/** A broken rule is the last to be evicted: what it says of all clients together stays true. */
function rankOf(clients: readonly ClientConduct[]): 0 | 1 | 2 {
  const { result } = conductOfAll(clients);
  return result === "fail" ? 2 : result === "pass" ? 1 : 0;
}

function judged({ session, entries }: Run, watchedUntil: number): readonly ClientConduct[] {
  return judgeSession({ session, entries: entries.map((kept) => kept.entry()), forgotten: 0, watchedUntil });
}
