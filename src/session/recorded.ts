import type { RecordedExchange } from "../exchange/exchange.js";
import type { SessionExchange } from "../exchange/session-journal.js";
import type { JournalEntry } from "./journal.js";

/**
 * Returns an entry of the journal as its client exchanged it. The journal knows when a request was answered, not when the
 * client had read the response: here each response takes no time.
 */
export function recorded(entry: JournalEntry): SessionExchange {
  const { id, clientAt, request, sent, underWay, progress, repeatOf } = entry;
  return {
    id,
    ...(progress && { pace: progress.pace }),
    ...(repeatOf !== undefined && { repeatOf }),
    startedAt: clientAt,
    durationMs: 0,
    ...(underWay && { underWay }),
    request: {
      method: request.method,
      url: sent.url,
      headers: { ...sent.headers, ...authorization(entry) },
      ...(sent.body !== undefined && { body: sent.body }),
      ...(sent.tokenId !== undefined && { tokenId: sent.tokenId }),
    },
    ...outcomeOf(entry),
  };
}

/** The journal keeps no token, but knows whether there was one, and whether it had the right form. */
function authorization({ sent, violations }: JournalEntry): Readonly<Record<string, string>> {
  if (sent.tokenId === undefined) return {};
  const isBroken = violations.some(({ pointer }) => pointer === "header/authorization");
  return { authorization: isBroken ? "REDACTED" : "Bearer REDACTED" };
}

function outcomeOf({ response }: JournalEntry): Pick<RecordedExchange, "response" | "failure"> {
  const { status, headers, body, wire } = response;
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const received = { status, headers: lowerCase, body };
  switch (wire?.kind) {
    case undefined:
      return { response: received };
    case "reset":
      return { failure: { kind: "dropped", message: "the connection was reset before the response" } };
    case "black-hole":
      return { failure: { kind: "timeout", message: "no response arrived" } };
    case "reset-mid-body":
    case "wrong-length":
      return { response: { ...received, flaw: "incomplete" } };
    case "drip":
      // The journal does not know when the client had read all of it: a poll in between is not a poll after the end.
      return { response: { ...received, flaw: "not-recorded" } };
  }
}
