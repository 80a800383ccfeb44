import type { WitnessedExchange } from "./journal.js";

/** The client of requests that say nothing of themselves, such as those of a test's `fetch`. */
const UNNAMED = "unnamed";

/**
 * A session's exchanges, client by client, without what a transport sent again: its client knows nothing of that. A client
 * says who it is by `X-Mock-Client`, else its `User-Agent` does; not by its token, for one that comes back with a new token
 * after a 401 is the same client.
 */
export function byClient(entries: readonly WitnessedExchange[]): ReadonlyMap<string, readonly WitnessedExchange[]> {
  const clients = new Map<string, WitnessedExchange[]>();
  for (const entry of entries) {
    if (entry.repeatOf !== undefined) continue;
    const { headers } = entry.sent;
    const name = headers["x-mock-client"]?.trim() || headers["user-agent"]?.trim() || UNNAMED;
    const own = clients.get(name);
    if (own) own.push(entry);
    else clients.set(name, [entry]);
  }
  return clients;
}
