import type { WitnessedExchange } from "./journal.js";

/** What comes this soon after a request like it can have been sent before that one's answer was read. */
const TOGETHER_MS = 10;

/**
 * Requests that may have been sent side by side with another like them, each with the milliseconds that its answer is
 * taken to have lasted: until both had come.
 *
 * Two parts of a page that ask at once send pairs, and so does a client that tries again at once. A pair is taken for the
 * latter where the client is known to ask alone: where it did so just before, and does after. Three at once are no pair.
 *
 * @param entries those of one client, the oldest first
 */
export function findPerhapsTogether(entries: readonly WitnessedExchange[]): ReadonlyMap<WitnessedExchange, number> {
  const lasting = new Map<WitnessedExchange, number>();
  for (const bursts of burstsByRequest(entries)) {
    const isPair = (position: number) => bursts[position]?.length === 2;
    bursts.forEach((burst, position) => {
      const isAmongPairs = position === 0 || isPair(position - 1) || isPair(position + 1);
      if (!isPair(position) || !isAmongPairs) return;
      const lastAt = Math.max(...burst.map(({ clientAt }) => clientAt));
      for (const entry of burst) lasting.set(entry, lastAt + 1 - entry.clientAt);
    });
  }
  return lasting;
}

type Burst = WitnessedExchange[];

/** Requests for the same, divided where the client waited. */
function burstsByRequest(entries: readonly WitnessedExchange[]): readonly (readonly Burst[])[] {
  const byRequest = new Map<string, Burst[]>();
  for (const entry of entries) {
    const { request, sent } = entry;
    const key = JSON.stringify([request.method, sent.url, sent.body]);
    const bursts = byRequest.get(key) ?? [];
    byRequest.set(key, bursts);
    const burst = bursts.at(-1);
    const before = burst?.at(-1);
    if (burst && before && entry.clientAt - before.clientAt <= TOGETHER_MS) burst.push(entry);
    else bursts.push([entry]);
  }
  return [...byRequest.values()];
}
