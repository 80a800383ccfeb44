import { apiPath } from "../contract/operations.js";
import { grouped } from "../grouped.js";
import { isObject, jsonIn } from "../json.js";
import type { RecordedExchange } from "./exchange.js";
import { type EntryExchange, isConditionalRequest, type LeftOut, placeOf } from "./har-entry.js";

/**
 * Joins pairs of entries: a recording contains a request through a service worker twice, as the page's request and as the
 * worker's. Each pair becomes one entry, with the page's place and time; all other entries stay.
 */
export function joinPairs(entries: readonly EntryExchange[]): readonly EntryExchange[] {
  return [...grouped(entries, requestOf).values()].flatMap(joinSame);
}

/** The dates of a pair differ by the time to start the worker, and by rounding in either direction. */
const TOLERANCE_MS = 50;

function requestOf({ exchange }: EntryExchange): string {
  const { method, url } = exchange.request;
  return `${method} ${new URL(url).href}`;
}

/** @param entries with the same method and URL */
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

/** A worker retries a few times; a recording may have thousands of requests for one URL. */
const MOST_CANDIDATES = 200;

/**
 * Returns a function that finds candidates among the workers' requests. Call it for the pages in the order in which they
 * were sent: a request that is too early for one page is too early for all later ones.
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

/** Separates pages' from workers' requests: Playwright marks the workers', Chrome the pages'. */
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
  const [pageBody, workerBody] = [page.exchange.request.body, worker.exchange.request.body];
  const isOther = pageBody !== undefined && workerBody !== undefined && pageBody !== workerBody;
  return !isOther && afterMs >= -TOLERANCE_MS && afterMs <= Math.max(0, page.exchange.durationMs) + TOLERANCE_MS;
}

/** Ranks candidates, as a worker that retries sends several: first those with the page's response, then the nearest. */
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

type RecordedResponse = NonNullable<RecordedExchange["response"]>;

/** Whether the page's response is the server's, as far as it was recorded. */
function isAsServed(page: RecordedResponse, worker: RecordedResponse | undefined): boolean {
  // From a 304, the worker's cache gives the page a complete response.
  if (!worker || worker.status === 304) return true;
  return page.status === worker.status && (isRecorded(page) || !isRecorded(worker));
}

function isRecorded({ flaw }: RecordedResponse): boolean {
  return flaw !== "not-recorded";
}

function withoutMark({ isBodyLeftOut: _, ...request }: RecordedExchange["request"]): RecordedExchange["request"] {
  return request;
}

/**
 * Leaves out the requests by which a back end forwarded another one, as a proxy records that sees both. Such a request
 * is sent and gets the same response, at another address, while the other one waits. The back end may write the response
 * anew, with links to itself.
 *
 * @param entries in the order in which they were sent
 */
export function withoutForwarded(
  entries: readonly EntryExchange[],
): readonly [readonly EntryExchange[], readonly LeftOut[]] {
  if (new Set(entries.map(originOf)).size < 2) return [entries, []];
  const forwarded = new Map<EntryExchange, LeftOut>();
  const groups = grouped(entries, ({ exchange: { request, response }, isOwn }) =>
    isOwn || !response || !isRecorded(response)
      ? undefined
      : JSON.stringify([request.method, apiPath(request.url), response.status, gistOf(response.body)]),
  );
  for (const [key, alike] of groups) {
    if (key === undefined) continue;
    for (const [position, inner] of alike.entries()) {
      const before = alike.slice(Math.max(0, position - MOST_WAITING), position);
      const outer = before.find((one) => !forwarded.has(one) && isForwardedBy(one, inner));
      if (outer) {
        const why = `it is ${placeOf(outer.index)} once more, forwarded by a back end`;
        forwarded.set(inner, { place: placeOf(inner.index), why });
      }
    }
  }
  return [entries.filter((one) => !forwarded.has(one)), [...forwarded.values()]];
}

function originOf({ exchange }: EntryExchange): string {
  return new URL(exchange.request.url).origin;
}

/** As many requests as may wait at once for the same response. */
const MOST_WAITING = 20;

/** Returns what identifies a response, in whatever form: a new task's id, a task with its state, an error's message. */
function gistOf(body: string): readonly unknown[] | string {
  const json = jsonIn(body);
  if (!isObject(json)) return body;
  return [json["id"], json["taskId"], json["status"], json["message"]];
}

function isForwardedBy(outer: EntryExchange, inner: EntryExchange): boolean {
  const [{ request, response, durationMs }, other] = [outer.exchange, inner.exchange];
  if (originOf(outer) === originOf(inner) || inner.sentAt < outer.sentAt) return false;
  // Without durations, only an import is recognized, since no two imports get the same id.
  if (durationMs < 0 || other.durationMs < 0) return request.method === "POST" && response?.status === 202;
  return inner.sentAt + other.durationMs <= outer.sentAt + durationMs + TOLERANCE_MS;
}

/**
 * Adds to each requested 304 the stored response that it confirms: the one that the recorder filled in from the client's
 * cache, or else the last response of that URL with its tag. A 304 without a conditional request stays as it is.
 *
 * @param entries in the order in which they were sent; those of this kit already contain the stored response
 */
export function withStored(entries: readonly EntryExchange[]): readonly EntryExchange[] {
  const kept = new Map<string, StoredResponses>();
  return entries.map((entry) => {
    const { exchange, isOwn, index } = entry;
    const { request, response } = exchange;
    if (isOwn || !response || request.method !== "GET") return entry;
    const { href } = new URL(request.url);
    const responses = kept.get(href) ?? { byTag: new Map(), byDate: new Map() };
    kept.set(href, responses);
    if (response.status === 200) store(responses, response, index);
    if (response.status !== 304 || !isRequested(exchange)) return entry;
    const stored = storedResponse(exchange, responses);
    const why = "the response that its 304 confirms is not in the recording";
    const leftOut = stored.flaw === "not-recorded" ? [{ place: placeOf(index), why }] : [];
    return { ...entry, leftOut, exchange: { ...exchange, response: { ...response, stored } } };
  });
}

/** Whether a 304 was requested. If the recorder left headers out, the request may have been conditional. */
function isRequested({ request, response }: RecordedExchange): boolean {
  return response?.body !== "" || isConditionalRequest(request.headers) || request.areHeadersLeftOut === true;
}

function storedResponse(
  { request, response }: RecordedExchange,
  responses: StoredResponses,
): NonNullable<RecordedResponse["stored"]> {
  const { status: _, body = "", flaw, ...rest } = response ?? { headers: {} };
  const before = confirmed(responses, request.headers, rest.headers);
  const all = { ...before?.headers, ...rest.headers };
  // A 304 need not repeat the content type; without it the stored headers are unknown.
  const headers = "content-type" in all ? all : {};
  if (body !== "" && flaw === undefined) return { status: 200, headers, body };
  if (before) return { status: 200, headers, body: before.body, ...(before.flaw && { flaw: before.flaw }) };
  return { status: 200, headers, body: "", flaw: "not-recorded" };
}

/** The last responses of a URL, by their validators: tag and date. */
interface StoredResponses {
  readonly byTag: Map<string, Tagged>;
  readonly byDate: Map<string, RecordedResponse>;
  last?: Tagged;
}

interface Tagged {
  readonly response: RecordedResponse;
  readonly order: number;
}

function store(kept: StoredResponses, response: RecordedResponse, order: number): void {
  const { etag, "last-modified": date } = response.headers;
  if (etag) {
    kept.last = { response, order };
    kept.byTag.set(opaque(etag), kept.last);
  }
  if (date !== undefined) kept.byDate.set(date, response);
}

type Headers = Readonly<Record<string, string>>;

/** Returns the response that a 304 confirms. Compares tags weakly, as RFC 9110 requires for If-None-Match. */
function confirmed(
  { byTag, byDate, last }: StoredResponses,
  request: Headers,
  response: Headers,
): RecordedResponse | undefined {
  const named = response["etag"] ?? request["if-none-match"];
  if (named === undefined) return byDate.get(request["if-modified-since"] ?? "");
  if (named.trim() === "*") return last?.response;
  const found = named.split(",").flatMap((tag) => byTag.get(opaque(tag)) ?? []);
  return found.reduce<Tagged | undefined>((a, b) => (a && a.order > b.order ? a : b), undefined)?.response;
}

function opaque(tag: string): string {
  return tag.trim().replace(/^W\//, "");
}
