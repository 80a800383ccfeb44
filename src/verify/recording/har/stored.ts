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
  const kept = new Map<string, Kept>();
  return entries.map((entry) => {
    const { exchange, isOwn, index } = entry;
    const { request, response } = exchange;
    if (isOwn || !response || request.method !== "GET") return entry;
    const { href } = new URL(request.url);
    const answers = kept.get(href) ?? { byTag: new Map(), byDate: new Map() };
    kept.set(href, answers);
    if (response.status === 200) keep(answers, response, index);
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

function storedAnswer({ request, response }: RecordedExchange, answers: Kept): NonNullable<Answer["stored"]> {
  const { status: _, body = "", flaw, ...rest } = response ?? { headers: {} };
  const before = confirmed(answers, request.headers, rest.headers);
  const all = { ...before?.headers, ...rest.headers };
  // A 304 need not repeat what its answer was: then nobody knows its headers.
  const headers = "content-type" in all ? all : {};
  if (body !== "" && flaw === undefined) return { status: 200, headers, body };
  if (before) return { status: 200, headers, body: before.body, ...(before.flaw && { flaw: before.flaw }) };
  return { status: 200, headers, body: "", flaw: "not-recorded" };
}

/** The last answers of an address, by what a request or a 304 names them by. */
interface Kept {
  readonly byTag: Map<string, Tagged>;
  readonly byDate: Map<string, Answer>;
  last?: Tagged;
}

interface Tagged {
  readonly answer: Answer;
  readonly order: number;
}

function keep(kept: Kept, answer: Answer, order: number): void {
  const { etag, "last-modified": date } = answer.headers;
  if (etag) {
    kept.last = { answer, order };
    kept.byTag.set(opaque(etag), kept.last);
  }
  if (date !== undefined) kept.byDate.set(date, answer);
}

type Headers = Readonly<Record<string, string>>;

/** The last answer that is the same. Compares tags weakly, as RFC 9110 has it for If-None-Match. */
function confirmed({ byTag, byDate, last }: Kept, asked: Headers, told: Headers): Answer | undefined {
  const named = told["etag"] ?? asked["if-none-match"];
  if (named === undefined) return byDate.get(asked["if-modified-since"] ?? "");
  if (named.trim() === "*") return last?.answer;
  const found = named.split(",").flatMap((tag) => byTag.get(opaque(tag)) ?? []);
  return found.reduce<Tagged | undefined>((a, b) => (a && a.order > b.order ? a : b), undefined)?.answer;
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}
