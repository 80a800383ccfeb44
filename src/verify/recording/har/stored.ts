import type { RecordedExchange } from "../recording.js";
import { type EntryExchange, isConditionalRequest, placeOf } from "./entry.js";

type Answer = NonNullable<RecordedExchange["response"]>;

/**
 * Gives each 304 that a client asked for the answer that it confirms: the one that the recorder has put there from the
 * client's cache, or else the last one of that address with its tag. A 304 that nobody asked for stays what it is.
 *
 * @param entries in the order in which they were sent; this kit's own say themselves what was stored
 */
export function withStored(entries: readonly EntryExchange[]): readonly EntryExchange[] {
  const kept = new Map<string, Answer[]>();
  return entries.map((entry) => {
    const { exchange, isOwn, index } = entry;
    const { request, response } = exchange;
    if (isOwn || !response || request.method !== "GET") return entry;
    const { href } = new URL(request.url);
    const answers = kept.get(href) ?? [];
    kept.set(href, answers);
    if (response.status === 200) answers.push(response);
    if (response.status !== 304 || !isAskedFor(exchange)) return entry;
    const stored = storedAnswer(exchange, answers);
    const why = "the answer that its 304 confirms is not in the recording";
    const leftOut = stored.flaw === "not-recorded" ? [{ place: placeOf(index), why }] : [];
    return { ...entry, leftOut, exchange: { ...exchange, response: { ...response, stored } } };
  });
}

/** Where the recorder left headers out, nobody knows what the request asked. */
function isAskedFor({ request, response }: RecordedExchange): boolean {
  return response?.body !== "" || isConditionalRequest(request.headers) || request.areHeadersLeftOut === true;
}

/** @param answers with 200, the oldest first */
function storedAnswer(
  { request, response }: RecordedExchange,
  answers: readonly Answer[],
): NonNullable<Answer["stored"]> {
  const { status: _, body = "", flaw, ...rest } = response ?? { headers: {} };
  const before = answers.findLast((one) => isSame(one, request.headers, rest.headers));
  const all = { ...before?.headers, ...rest.headers };
  // A 304 need not repeat what its answer was: then nobody knows its headers.
  const headers = "content-type" in all ? all : {};
  if (body !== "" && flaw === undefined) return { status: 200, headers, body };
  if (before) return { status: 200, headers, body: before.body, ...(before.flaw && { flaw: before.flaw }) };
  return { status: 200, headers, body: "", flaw: "not-recorded" };
}

type Headers = Readonly<Record<string, string>>;

/** Compares tags weakly, as RFC 9110 has it for If-None-Match. */
function isSame({ headers }: Answer, asked: Headers, confirmed: Headers): boolean {
  const tag = headers["etag"] && opaque(headers["etag"]);
  const named = confirmed["etag"] ?? asked["if-none-match"];
  if (tag && named !== undefined) return named.trim() === "*" || named.split(",").map(opaque).includes(tag);
  const since = asked["if-modified-since"];
  return named === undefined && since !== undefined && since === headers["last-modified"];
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}
