import { apiPath, matchOperation } from "../contract/contract.js";
import { isObject, type JsonObject } from "../json.js";
import type { RecordedExchange } from "./exchange.js";
import { type Attached, failureBy, type Marks, readMarks, requestBody, responseBody } from "./har-body.js";
import { type HarEntry, type HarHeader, type HarResponse, readEntry } from "./har-shape.js";
import { harDuration, harInstant } from "./har-time.js";
import { readStep } from "./run-step.js";

/** Something in a recording that is not judged. */
export interface LeftOut {
  /** Of its entry, such as `log.entries[3]`. */
  readonly place: string;
  readonly why: string;
}

/** An entry that tells of an exchange. */
export interface EntryExchange {
  /** Its number in the file, from 0. */
  readonly index: number;
  /** Epoch milliseconds, with what is finer than that. */
  readonly sentAt: number;
  readonly exchange: RecordedExchange;
  readonly marks: Marks;
  /** Whether it is of a recording that this kit made. */
  readonly isOwn: boolean;
  /** What of it is not judged. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * What an entry tells: an exchange, or why it tells none. Nothing for a request of something else than the contract's
 * operations, whatever is wrong with it.
 */
export function readEntryAt(entry: unknown, index: number, attached: Attached): EntryExchange | LeftOut | undefined {
  const place = placeOf(index);
  const kind = kindOf(entry);
  if (kind === "other") return undefined;
  if (kind === "unknown" || !isObject(entry)) return { place, why: "it has no request with a method and an address" };
  if (kind === "preflight") return { place, why: "a browser's preflight" };
  const read = readEntry(entry);
  if (typeof read === "string") return { place, why: read };
  const { response, _importKit: own } = read;
  const status = response?.status ?? 0;
  const marks = own ? UNMARKED : readMarks(entry, status);
  if (marks.ownAnswer !== undefined) return { place, why: marks.ownAnswer };
  return exchangeOf(entry, read, { index, marks, attached });
}

/** @example placeOf(3); // "log.entries[3]" */
export function placeOf(index: number): string {
  return `log.entries[${index}]`;
}

const UNMARKED: Marks = { isViaWorker: false, isOfWorker: false };

/** The files in which an entry's bodies stand, beside the recording. */
export function filesOf(entry: unknown): readonly string[] {
  if (!isObject(entry) || !mayHaveFiles(entry) || kindOf(entry) !== "ours") return [];
  const read = readEntry(entry);
  if (typeof read === "string") return [];
  return [read.request.postData?._file, read.response?.content?._file].flatMap((name) => name ?? []);
}

/** Few recorders attach files: without this each entry is read twice. */
function mayHaveFiles({ request, response }: JsonObject): boolean {
  const bodies = [isObject(request) && request["postData"], isObject(response) && response["content"]];
  return bodies.some((body) => isObject(body) && body["_file"] !== undefined);
}

function exchangeOf(
  entry: JsonObject,
  read: HarEntry,
  { index, marks, attached }: { readonly index: number; readonly marks: Marks; readonly attached: Attached },
): EntryExchange {
  const { request, _importKit: own } = read;
  const areHeadersLeftOut = own ? own.areHeadersLeftOut : request.hasGaps;
  const { purpose, tokenId, isBodyLeftOut = !own && request.method.toUpperCase() === "POST" } = own ?? {};
  const sentAt = harInstant(read.startedDateTime) ?? 0;
  const startedAt = Math.floor(sentAt);
  const tookMs = harDuration(entry);
  const body = requestBody(request, attached);
  const isUnknown = body === undefined || (body === "" && request.bodySize !== 0 && !own);
  const { missing, ...outcome } = answerOf(read, { marks, attached });
  const why = missing ?? (outcome.failure?.kind === "client-gone" ? outcome.failure.message : undefined);
  return {
    index,
    sentAt,
    marks,
    isOwn: own !== undefined,
    leftOut: why === undefined || own ? [] : [{ place: placeOf(index), why }],
    exchange: {
      startedAt,
      // It ends when it ended: cut to the millisecond, it would end before a request that was sent meanwhile.
      durationMs: tookMs === undefined ? -1 : sentAt - startedAt + tookMs,
      ...(purpose !== undefined && { step: readStep(purpose) }),
      request: {
        method: request.method.toUpperCase(),
        url: request.url,
        headers: headersOf(request.headers),
        ...(areHeadersLeftOut && { areHeadersLeftOut }),
        ...(isUnknown ? isBodyLeftOut && { isBodyLeftOut: true } : { body }),
        ...(tokenId !== undefined && { tokenId }),
      },
      ...outcome,
    },
  };
}

type Outcome = Pick<RecordedExchange, "response" | "failure"> & { readonly missing?: string };

function answerOf(
  entry: HarEntry,
  { marks, attached }: { readonly marks: Marks; readonly attached: Attached },
): Outcome {
  const { request, response = {}, _importKit: own } = entry;
  const { status = 0 } = response;
  if (own?.failure) return { failure: own.failure };
  if (status <= 0) return { failure: failureBy(marks.error) };
  const headers = own ? headersOf(response.headers) : answerHeaders(response);
  const isConditional = isConditionalRequest(headersOf(request.headers));
  const { body, flaw, missing } = responseBody(entry, { headers, marks, attached, isConditional });
  const stored = own?.stored && { stored: own.stored };
  return {
    response: { status, headers, body, ...(flaw && { flaw }), ...stored },
    ...(missing !== undefined && { missing }),
  };
}

/**
 * An answer's headers. Where it came from a client's cache, recorders write those of the 304 that allowed it; its type
 * they say once more. Of an answer that may have had more, the type is needed: without it nothing is said of any.
 */
function answerHeaders({ headers, hasGaps, content: { mimeType = "" } = {} }: HarResponse): Headers {
  const known = headersOf(headers);
  if ("content-type" in known || Object.keys(known).length === 0) return known;
  if (/^[\w.+-]+\/[\w.+-]+/.test(mimeType)) return { ...known, "content-type": mimeType };
  return hasGaps ? {} : known;
}

type Headers = RecordedExchange["request"]["headers"];

/** Whether a request asks for an answer only if it differs from one that the client has. @param headers names in lower case */
export function isConditionalRequest(headers: Headers): boolean {
  return "if-none-match" in headers || "if-modified-since" in headers;
}

/** Of this kit's own entries, also what was asked for elsewhere. */
function kindOf(entry: unknown): "ours" | "preflight" | "other" | "unknown" {
  if (!isObject(entry) || !isObject(entry["request"])) return "unknown";
  if (isObject(entry["_importKit"]) && "purpose" in entry["_importKit"]) return "ours";
  const { method, url } = entry["request"];
  if (typeof url !== "string" || !URL.canParse(url)) return "unknown";
  const path = apiPath(url);
  const isOf = (verb: string) => matchOperation(verb, path).operation !== undefined;
  if (typeof method !== "string" || method === "") return ["POST", "GET", "DELETE"].some(isOf) ? "unknown" : "other";
  if (isOf(method.toUpperCase())) return "ours";
  return method.toUpperCase() === "OPTIONS" && ["POST", "GET", "DELETE"].some(isOf) ? "preflight" : "other";
}

/** Headers that have one value: whoever writes it twice says nothing more. */
const SINGLE = new Set(["content-type", "content-length", "date", "etag", "retry-after", "x-hubspot-correlation-id"]);

/** One for several of a name; those of HTTP/2 that are no headers are left out. Some tools divide values by lines. */
function headersOf(headers: readonly HarHeader[] = []): Headers {
  const values = new Map<string, string>();
  for (const { name, value } of headers) {
    const key = name.trim().toLowerCase();
    if (key === "" || key.startsWith(":")) continue;
    const lines = value.split(/[\r\n]+/).map((line) => line.trim());
    const text = lines.filter((line) => line !== "").join(", ");
    const before = values.get(key);
    if (before === text && SINGLE.has(key)) continue;
    values.set(key, before === undefined ? text : `${before}, ${text}`);
  }
  return Object.fromEntries(values);
}
