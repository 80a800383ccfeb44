import { grouped } from "../../grouped.js";
import type { WitnessedExchange } from "./journal.js";

/** The client of requests that say nothing of themselves, such as those of a test's `fetch`. */
const UNNAMED = "unnamed";

/**
 * A session's exchanges, client by client, without what a transport sent again: its client knows nothing of that. A client
 * says who it is by `X-Mock-Client`, else its `User-Agent` does; not by its token, for one that comes back with a new token
 * after a 401 is the same client.
 */
export function byClient(entries: readonly WitnessedExchange[]): ReadonlyMap<string, readonly WitnessedExchange[]> {
  return grouped(
    entries.filter(({ repeatOf }) => repeatOf === undefined),
    ({ sent: { headers } }) => headers["x-mock-client"]?.trim() || headers["user-agent"]?.trim() || UNNAMED,
  );
}
