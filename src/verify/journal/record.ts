import type { RecordedExchange } from "../recording/recording.js";
import type { WitnessedExchange } from "./journal.js";
import { findPerhapsTogether } from "./together.js";

/**
 * What one client exchanged, told from a server's journal. The journal knows when a request was answered, not when the
 * client had read the answer: to the judge each answer takes no time.
 *
 * @param entries those of one client, the oldest first
 */
export function recordOf(entries: readonly WitnessedExchange[]): readonly RecordedExchange[] {
  const together = findPerhapsTogether(entries);
  return entries.map((entry) => {
    const { clientAt, request, sent, underWay } = entry;
    const lastsMs = together.get(entry);
    return {
      startedAt: clientAt,
      durationMs: lastsMs ?? 0,
      ...(lastsMs !== undefined && { isPerhapsTogether: true }),
      ...(underWay && { underWay }),
      request: {
        method: request.method,
        url: sent.url,
        headers: { ...sent.headers, ...authorization(entry) },
        ...(sent.body !== undefined && { body: sent.body }),
        ...(sent.tokenId !== undefined && { tokenId: sent.tokenId }),
      },
      ...answerOf(entry),
    };
  });
}

/** The journal keeps no token, but knows whether there was one, and whether it had the right form. */
function authorization({ sent, violations }: WitnessedExchange): Readonly<Record<string, string>> {
  if (sent.tokenId === undefined) return {};
  const isBroken = violations.some(({ pointer }) => pointer === "header/authorization");
  return { authorization: isBroken ? "REDACTED" : "Bearer REDACTED" };
}

function answerOf({ response }: WitnessedExchange): Pick<RecordedExchange, "response" | "failure"> {
  const { status, headers, body, wire } = response;
  const lowerCase = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const answer = { status, headers: lowerCase, body };
  switch (wire?.kind) {
    case undefined:
      return { response: answer };
    case "reset":
      return { failure: { kind: "dropped", message: "the connection was reset before the answer" } };
    case "black-hole":
      return { failure: { kind: "timeout", message: "no answer came" } };
    case "reset-mid-body":
    case "wrong-length":
      return { response: { ...answer, flaw: "incomplete" } };
    case "drip":
      // When the client had it all, nobody saw: a poll meanwhile is none after the end.
      return { response: { ...answer, flaw: "not-recorded" } };
  }
}
