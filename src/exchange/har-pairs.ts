import { grouped } from "../grouped.js";
import type { RecordedExchange } from "./exchange.js";
import { type EntryExchange, isConditionalRequest, placeOf } from "./har-entry.js";

/**
 * A page's request that goes through a service worker stands twice in a recording: as the page's, and as the worker's
 * own. Each such pair as one request, at the page's place and time, and every other entry as it is.
 */
export function joinPairs(entries: readonly EntryExchange[]): readonly EntryExchange[] {
  return [...grouped(entries, requestOf).values()].flatMap(joinSame);
}

/** A pair's dates differ by what a browser needs to wake its worker, in either direction by a rounding. */
const TOLERANCE_MS = 50;

function requestOf({ exchange }: EntryExchange): string {
  const { method, url } = exchange.request;
  return `${method} ${new URL(url).href}`;
}

/** @param entries of one method and address */
function joinSame(entries: readonly EntryExchange[]): readonly EntryExchange[] {
  const [pages, workers] = sidesOf(entries);
  if (pages.length === 0 || workers.length === 0) return entries;
  const joined = new Set<EntryExchange>();
  const candidatesFor = createWindow(workers, joined);
  const joinedPages = pages
    .toSorted((a, b) => a.sentAt - b.sentAt)
    .map((page) => {
      const candidates = candidatesFor(page).filter((one) => isWithin(one, page));
      const [worker] = candidates.sort((a, b) => distance(a, page) - distance(b, page));
      if (!worker) return page;
      joined.add(worker);
      return joinedPair(page, worker);
    });
  const sides = new Set([...pages, ...workers]);
  const left = workers.filter((one) => !joined.has(one));
  return [...joinedPages, ...left, ...entries.filter((one) => !sides.has(one))];
}

/** A worker tries again a few times; a recording may have thousands of requests for one address. */
const MOST_CANDIDATES = 200;

/**
 * For page after page, in the order of sending, the workers' requests that are not too early for it: what is too early for
 * one is so for all that follow.
 */
function createWindow(workers: readonly EntryExchange[], joined: ReadonlySet<EntryExchange>) {
  const sorted = workers.toSorted((a, b) => a.sentAt - b.sentAt);
  let first = 0;
  return ({ sentAt }: EntryExchange): EntryExchange[] => {
    const isPast = (one: EntryExchange | undefined) => one && (one.sentAt < sentAt - TOLERANCE_MS || joined.has(one));
    while (isPast(sorted[first])) first += 1;
    return sorted.slice(first, first + MOST_CANDIDATES).filter((one) => !joined.has(one));
  };
}

/** Playwright marks the workers' requests, Chrome the pages'. */
function sidesOf(
  entries: readonly EntryExchange[],
): readonly [pages: readonly EntryExchange[], workers: readonly EntryExchange[]] {
  const isOfWorker = ({ marks }: EntryExchange) => marks.isOfWorker;
  const isViaWorker = ({ marks }: EntryExchange) => marks.isViaWorker;
  if (entries.some(isOfWorker)) return [entries.filter((one) => !isOfWorker(one)), entries.filter(isOfWorker)];
  return [entries.filter(isViaWorker), entries.filter((one) => !isViaWorker(one))];
}

function isWithin(worker: EntryExchange, page: EntryExchange): boolean {
  const afterMs = worker.sentAt - page.sentAt;
  const [asked, sent] = [page.exchange.request.body, worker.exchange.request.body];
  const isOther = asked !== undefined && sent !== undefined && asked !== sent;
  return !isOther && afterMs >= -TOLERANCE_MS && afterMs <= Math.max(0, page.exchange.durationMs) + TOLERANCE_MS;
}

/** A worker that tries again sends several: the page's is the one with the page's answer, else the nearest. */
function distance(worker: EntryExchange, page: EntryExchange): number {
  const [a, b] = [worker.exchange.response, page.exchange.response];
  const isOther = a && b && (a.status !== b.status || (isRecorded(a) && isRecorded(b) && a.body !== b.body));
  return Math.abs(worker.sentAt - page.sentAt) + (isOther ? Number.MAX_SAFE_INTEGER : 0);
}

function joinedPair(page: EntryExchange, worker: EntryExchange): EntryExchange {
  const { request, response, ...rest } = page.exchange;
  const { body } = worker.exchange.request;
  const answered = !response || isAsServed(response, worker.exchange.response) ? page : worker;
  const { response: served } = answered.exchange;
  return {
    ...page,
    leftOut: answered.leftOut.map((one) => ({ ...one, place: placeOf(page.index) })),
    exchange: {
      ...rest,
      request: request.body === undefined && body !== undefined ? { ...withoutMark(request), body } : request,
      ...(served && { response: served }),
    },
  };
}

type PairedResponse = NonNullable<RecordedExchange["response"]>;

/** Whether what the page was answered is what the server answered, as far as the recording has it. */
function isAsServed(page: PairedResponse, worker: PairedResponse | undefined): boolean {
  // A worker's cache makes a whole answer of a 304.
  if (!worker || worker.status === 304) return true;
  return page.status === worker.status && (isRecorded(page) || !isRecorded(worker));
}

function isRecorded({ flaw }: PairedResponse): boolean {
  return flaw !== "not-recorded";
}

function withoutMark({ isBodyLeftOut: _, ...request }: RecordedExchange["request"]): RecordedExchange["request"] {
  return request;
}

type StoredResponse = NonNullable<RecordedExchange["response"]>;

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

function storedAnswer({ request, response }: RecordedExchange, answers: Kept): NonNullable<StoredResponse["stored"]> {
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
  readonly byDate: Map<string, StoredResponse>;
  last?: Tagged;
}

interface Tagged {
  readonly answer: StoredResponse;
  readonly order: number;
}

function keep(kept: Kept, answer: StoredResponse, order: number): void {
  const { etag, "last-modified": date } = answer.headers;
  if (etag) {
    kept.last = { answer, order };
    kept.byTag.set(opaque(etag), kept.last);
  }
  if (date !== undefined) kept.byDate.set(date, answer);
}

type Headers = Readonly<Record<string, string>>;

/** The last answer that is the same. Compares tags weakly, as RFC 9110 has it for If-None-Match. */
function confirmed({ byTag, byDate, last }: Kept, asked: Headers, told: Headers): StoredResponse | undefined {
  const named = told["etag"] ?? asked["if-none-match"];
  if (named === undefined) return byDate.get(asked["if-modified-since"] ?? "");
  if (named.trim() === "*") return last?.answer;
  const found = named.split(",").flatMap((tag) => byTag.get(opaque(tag)) ?? []);
  return found.reduce<Tagged | undefined>((a, b) => (a && a.order > b.order ? a : b), undefined)?.answer;
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}
