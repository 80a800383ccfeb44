import type { JournalEntry } from "../../../src/simulator/control/journal.js";
import type { RecordedExchange } from "../../../src/verify/recording/recording.js";

/**
 * A journal's exchanges as a recording, which the judge of conduct and HAR take.
 *
 * @param time what the dates are: the session's clock, as the answers tell, or the client's patience
 */
export function recordedFrom(entries: readonly JournalEntry[], time: "at" | "clientAt"): readonly RecordedExchange[] {
  return entries.map((entry) => {
    const { request, response, sent } = entry;
    const { tokenId, body, url } = sent;
    return {
      startedAt: entry[time],
      durationMs: 0,
      request: {
        method: request.method,
        url,
        // The journal keeps no token, but that there was one is what a judge asks for.
        headers: { ...sent.headers, ...(tokenId !== undefined && { authorization: "Bearer REDACTED" }) },
        ...(body !== undefined && { body }),
        ...(tokenId !== undefined && { tokenId }),
      },
      response: { status: response.status, headers: lowerCased(response.headers), body: response.body },
    };
  });
}

function lowerCased(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
