import type { Entry, Har, Header } from "har-format";
import { stringToUint8Array } from "uint8array-extras";
import { isObject } from "../json.js";
import { isoDate } from "../time.js";
import type { RecordedExchange } from "./exchange.js";
import type { Attached } from "./har-body.js";
import { type EntryExchange, filesOf, type LeftOut, placeOf, readEntryAt } from "./har-entry.js";
import { joinPairs, withoutForwarded, withStored } from "./har-pairs.js";
import { type RecordingNotes, readNotes, unusable } from "./har-shape.js";
import { createRedactor, type Redact } from "./redact.js";
import { stepText } from "./run-step.js";

export type { LeftOut } from "./har-entry.js";
export type { RecordingNotes } from "./har-shape.js";

/**
 * Renders exchanges as HAR 1.2, for browsers' tools and for `fromHar`. Fields that HAR does not define begin with an
 * underscore, as HAR requires.
 *
 * @param exchanges redacted already
 * @example toHar(exchanges, { version: "1.0.0", target: "https://api.hubapi.com" }).log.entries.length; // 24
 */
export function toHar(
  exchanges: readonly RecordedExchange[],
  { version, ...notes }: RecordingNotes & { readonly version: string },
): object {
  const creator = { name: "hubspot-import-kit", version };
  const log = { version: "1.2", creator, _importKit: notes, entries: exchanges.map(toEntry) };
  return { log } satisfies Har;
}

function toEntry(exchange: RecordedExchange): Entry {
  const { startedAt, isToTheSecond, durationMs, page, step, request, response, failure } = exchange;
  const { method, url, body, tokenId, isBodyLeftOut, areHeadersLeftOut } = request;
  const mimeType = response?.headers["content-type"] ?? "";
  const notes = {
    ...(step && { purpose: stepText(step) }),
    ...(page !== undefined && { page }),
    ...(tokenId !== undefined && { tokenId }),
    ...(isBodyLeftOut && { isBodyLeftOut }),
    ...(areHeadersLeftOut && { areHeadersLeftOut }),
    ...(response?.flaw && { flaw: response.flaw }),
    ...(response?.stored && { stored: response.stored }),
    ...(failure && { failure }),
  };
  const message = { httpVersion: "HTTP/1.1", cookies: [], headersSize: -1 };
  const entry = {
    startedDateTime: isToTheSecond ? isoDate(startedAt).replace(".000", "") : isoDate(startedAt),
    time: durationMs,
    request: {
      ...message,
      method,
      url,
      headers: toHeaders(request.headers),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      bodySize: byteLength(body),
      ...(body !== undefined && { postData: { mimeType: request.headers["content-type"] ?? "", text: body } }),
    },
    response: {
      ...message,
      // As browsers do, writes 0 without a response.
      status: response?.status ?? 0,
      statusText: "",
      headers: toHeaders(response?.headers ?? {}),
      content: { size: byteLength(response?.body), mimeType, ...(response && { text: response.body }) },
      redirectURL: response?.headers["location"] ?? "",
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: Math.max(0, durationMs), receive: 0 },
    _importKit: notes,
  };
  return entry as Entry;
}

/** The parts of a HAR file that are read. */
export interface ReadHar {
  /** In the order in which they were sent. */
  readonly exchanges: readonly RecordedExchange[];
  /** The entry of each exchange, such as `log.entries[3]`. */
  readonly places: readonly string[];
  /** What is not judged, and why: entries without an exchange, and those whose body or response is missing. */
  readonly leftOut: readonly LeftOut[];
  /** The settings with which the recording is judged. */
  readonly notes: RecordingNotes;
}

/**
 * Reads the exchanges of a HAR file, from this kit or from any tool. From a browser's file it takes only requests to
 * the contract's operations. Redacts secrets; leaves out invalid entries and lists them.
 *
 * @param har parsed JSON of any shape
 * @param secrets texts to redact beside everything that looks like a secret, as for `createRedactor`
 * @param attached bodies stored in files beside the recording, by their names in it
 * @throws UserError `recording-file` if it is not a HAR file, or has no usable entry for this API
 * @example judge(fromHar(har).exchanges).conclusion; // "conforms"
 */
export function fromHar(
  har: unknown,
  secrets: readonly string[] = [],
  { attached = new Map() }: { readonly attached?: Attached } = {},
): ReadHar {
  const log = isObject(har) ? har["log"] : undefined;
  if (!isObject(log) || !Array.isArray(log["entries"])) throw unusable("it has no log.entries, which HAR 1.2 requires");
  const notes = readNotes(log["_importKit"] ?? {}, "log._importKit");
  const read = log["entries"].flatMap((entry, index) => readEntryAt(entry, index, attached) ?? []);
  const known = read.flatMap((one) => ("exchange" in one ? [one] : []));
  const [once, repeated] = distinct(joinPairs(known).toSorted((a, b) => a.sentAt - b.sentAt || a.index - b.index));
  const [direct, forwarded] = withoutForwarded(once);
  const entries = withStored(direct);
  const redact = createRedactor(secrets);
  const redacted = redact(entries.map(({ exchange }) => exchange));
  const exchanges = entries.some(({ isOwn }) => isOwn) ? redacted : withTokenIds(redacted);
  const unread = read.flatMap((one) => ("exchange" in one ? [] : [one]));
  const leftOut = redact(
    [...unread, ...repeated, ...forwarded, ...entries.flatMap((one) => one.leftOut)].sort(byPlace),
  );
  requireUsable(entries, leftOut);
  redactors.set(exchanges, redact);
  return { exchanges, places: entries.map(({ index }) => placeOf(index)), leftOut, notes: redact(notes) };
}

const redactors = new WeakMap<readonly RecordedExchange[], Redact>();

/**
 * Returns the redactor of exchanges that `fromHar` read, for what is derived from them: it continues their pseudonyms.
 *
 * @returns undefined for exchanges that are not redacted
 */
export function redactorOf(exchanges: readonly RecordedExchange[]): Redact | undefined {
  return redactors.get(exchanges);
}

/**
 * Returns the names of the files beside a recording that contain bodies of its exchanges, for `fromHar`. @param har
 * parsed JSON of any shape
 */
export function attachedFiles(har: unknown): readonly string[] {
  return [...new Set(entriesOf(har).flatMap(filesOf))];
}

function entriesOf(har: unknown): readonly unknown[] {
  const log = isObject(har) ? har["log"] : undefined;
  return isObject(log) && Array.isArray(log["entries"]) ? log["entries"] : [];
}

/**
 * Distinguishes a client's tokens by their pseudonyms. A single one proves nothing: a recorder that masks tokens writes
 * all of them alike. A recording without tokens proves nothing either: Chrome leaves them out.
 */
function withTokenIds(exchanges: readonly RecordedExchange[]): readonly RecordedExchange[] {
  const tokens = [...new Set(exchanges.flatMap(({ request }) => request.headers["authorization"] ?? []))];
  if (tokens.length === 0) {
    return exchanges.map(({ request, ...rest }) => ({ ...rest, request: { ...request, areHeadersLeftOut: true } }));
  }
  if (tokens.length < 2) return exchanges;
  return exchanges.map((exchange) => {
    const position = tokens.indexOf(exchange.request.headers["authorization"] ?? "");
    return position < 0
      ? exchange
      : { ...exchange, request: { ...exchange.request, tokenId: `token-${position + 1}` } };
  });
}

/** Some tools write one request twice. This kit does not, so its own recordings are not searched for duplicates. */
function distinct(entries: readonly EntryExchange[]): readonly [readonly EntryExchange[], readonly LeftOut[]] {
  const known = new Map<string, number>();
  const repeated: LeftOut[] = [];
  const kept = entries.filter(({ exchange, sentAt, index, isOwn }) => {
    const text = JSON.stringify([sentAt, exchange]);
    const before = isOwn ? undefined : known.get(text);
    if (before !== undefined) repeated.push({ place: placeOf(index), why: `it is the same as ${placeOf(before)}` });
    else known.set(text, index);
    return before === undefined;
  });
  return [kept, repeated];
}

function requireUsable(entries: readonly EntryExchange[], [first, ...others]: readonly LeftOut[]): void {
  if (entries.length > 0 || !first) return;
  const rest = others.length > 0 ? `, and ${others.length} more` : "";
  throw unusable(`nothing in it can be judged: ${first.place}: ${first.why}${rest}`);
}

function byPlace(a: LeftOut, b: LeftOut): number {
  const [first, second] = [a, b].map(({ place }) => Number(/\d+/.exec(place)?.[0]));
  return (first ?? 0) - (second ?? 0);
}

/** HAR's sizes are bytes. */
function byteLength(text = ""): number {
  return stringToUint8Array(text).length;
}

function toHeaders(headers: Readonly<Record<string, string>>): Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
