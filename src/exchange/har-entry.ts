import { changedFile } from "../contract/changed-file.js";
import { API_ROOT, apiPath, matchOperation, splitVersion } from "../contract/operations.js";
import { isObject, type JsonObject } from "../json.js";
import type { RecordedExchange } from "./exchange.js";
import { type Attached, failureBy, type Marks, readMarks, requestBody, responseBody } from "./har-body.js";
import { type HarEntry, type HarHeader, type HarResponse, readEntry } from "./har-shape.js";
import { harDuration, harInstant, isToTheSecond } from "./har-time.js";
import { readStep } from "./run-step.js";

/** A part of a recording that is not judged. */
export interface LeftOut {
  /** The path of its entry, such as `log.entries[3]`. */
  readonly place: string;
  readonly why: string;
}

/** An entry read as an exchange. */
export interface EntryExchange {
  /** Its index in the file. */
  readonly index: number;
  /** Epoch milliseconds, with a fraction if the date is more precise. */
  readonly sentAt: number;
  readonly exchange: RecordedExchange;
  readonly marks: Marks;
  /** Whether this kit made the recording. */
  readonly isOwn: boolean;
  /** Its parts that are not judged. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * Reads an entry.
 *
 * @returns the exchange, or why it cannot be used; undefined for requests that are not one of the contract's operations
 */
export function readEntryAt(entry: unknown, index: number, attached: Attached): EntryExchange | LeftOut | undefined {
  const place = placeOf(index);
  const kind = kindOf(entry);
  if (kind === "other") return undefined;
  if (kind === "unknown" || !isObject(entry)) return { place, why: "it has no request with a method and an address" };
  if (kind === "preflight") return { place, why: "a browser's preflight" };
  if (kind === "new-version") return { place, why: "this kit does not know its version of the API" };
  const read = readEntry(entry);
  if (typeof read === "string") return { place, why: read };
  const { response, _importKit: own } = read;
  const status = response?.status ?? 0;
  const marks = own ? UNMARKED : readMarks(entry, status);
  if (marks.notFromServer !== undefined) return { place, why: marks.notFromServer };
  return exchangeOf(entry, read, { index, marks, attached });
}

/** @example placeOf(3); // "log.entries[3]" */
export function placeOf(index: number): string {
  return `log.entries[${index}]`;
}

const UNMARKED: Marks = { isViaWorker: false, isOfWorker: false };

/** Returns the names of files beside the recording that contain an entry's bodies. */
export function filesOf(entry: unknown): readonly string[] {
  if (!isObject(entry) || !mayHaveFiles(entry) || kindOf(entry) !== "ours") return [];
  const read = readEntry(entry);
  if (typeof read === "string") return [];
  return [read.request.postData?._file, read.response?.content?._file].flatMap((name) => name ?? []);
}

/** A quick check, as few recorders attach files: without it each entry would be read twice. */
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
  const page = own ? own.page : pageOf(entry);
  const sentAt = harInstant(read.startedDateTime) ?? 0;
  const startedAt = Math.floor(sentAt);
  const tookMs = harDuration(entry);
  const headers = own ? headersOf(request.headers) : withScheme(headersOf(request.headers));
  const body = requestBody(request, attached);
  const isUnknown = body === undefined || (body === "" && request.bodySize !== 0 && !own);
  const { missing, ...outcome } = outcomeOf(read, { marks, attached, isConditional: isConditionalRequest(headers) });
  const why = missing ?? (outcome.failure?.kind === "client-gone" ? outcome.failure.message : undefined);
  return {
    index,
    sentAt,
    marks,
    isOwn: own !== undefined,
    leftOut: why === undefined || own ? [] : [{ place: placeOf(index), why }],
    exchange: {
      startedAt,
      ...(isToTheSecond(read.startedDateTime) && { isToTheSecond: true }),
      // Includes the cut fraction of the start; else an overlapping request could seem to start after this one's end.
      durationMs: tookMs === undefined ? -1 : sentAt - startedAt + tookMs,
      ...(page !== undefined && { page }),
      ...(purpose !== undefined && { step: readStep(purpose) }),
      request: {
        method: request.method.toUpperCase(),
        url: request.url,
        headers,
        ...(areHeadersLeftOut && { areHeadersLeftOut }),
        ...(isUnknown ? isBodyLeftOut && { isBodyLeftOut: true } : { body }),
        ...(tokenId !== undefined && { tokenId }),
      },
      ...outcome,
    },
  };
}

function pageOf({ pageref }: JsonObject): string | undefined {
  return typeof pageref === "string" && pageref !== "" ? pageref : undefined;
}

type Outcome = Pick<RecordedExchange, "response" | "failure"> & { readonly missing?: string };

function outcomeOf(
  entry: HarEntry,
  context: { readonly marks: Marks; readonly attached: Attached; readonly isConditional: boolean },
): Outcome {
  const { response = {}, _importKit: own } = entry;
  const { status = 0 } = response;
  if (own?.failure) return { failure: own.failure };
  if (status <= 0) return { failure: failureBy(context.marks.error) };
  const headers = own ? headersOf(response.headers) : responseHeaders(response);
  const { body, flaw, missing } = responseBody(entry, { headers, ...context });
  const stored = own?.stored && { stored: own.stored };
  return {
    response: { status, headers, body, ...(flaw && { flaw }), ...stored },
    ...(missing !== undefined && { missing }),
  };
}

/**
 * Returns a response's headers. For a response from the client's cache, recorders write the headers of the confirming 304,
 * and the content type elsewhere. If headers may be missing and the content type is unknown, returns none at all.
 */
function responseHeaders({ headers, hasGaps, content: { mimeType = "" } = {} }: HarResponse): Headers {
  const known = headersOf(headers);
  if ("content-type" in known || Object.keys(known).length === 0) return known;
  if (/^[\w.+-]+\/[\w.+-]+/.test(mimeType)) return { ...known, "content-type": mimeType };
  return hasGaps ? {} : known;
}

type Headers = RecordedExchange["request"]["headers"];

/** Whether a request is conditional: it accepts a 304. @param headers names in lower case */
export function isConditionalRequest(headers: Headers): boolean {
  return "if-none-match" in headers || "if-modified-since" in headers;
}

/** Classifies an entry's request. In this kit's recordings, requests to any URL count as ours. */
function kindOf(entry: unknown): "ours" | "preflight" | "new-version" | "other" | "unknown" {
  if (!isObject(entry) || !isObject(entry["request"])) return "unknown";
  if (isObject(entry["_importKit"]) && "purpose" in entry["_importKit"]) return "ours";
  const { method, url } = entry["request"];
  if (typeof url !== "string" || !URL.canParse(url)) return "unknown";
  const path = apiPath(url);
  const verb = typeof method === "string" ? method.toUpperCase() : "";
  const route = matchOperation(verb, path);
  if (route.operation !== undefined || changedFile(verb, path) !== undefined) return "ours";
  if (route.status === 404) return isOfNewVersion(verb, path) ? "new-version" : "other";
  return verb === "" ? "unknown" : verb === "OPTIONS" ? "preflight" : "other";
}

/** Whether a request is one of the contract's operations in a version that the contract lacks: two come each year. */
function isOfNewVersion(method: string, path: string): boolean {
  const { rest } = splitVersion(path) ?? {};
  return rest !== undefined && matchOperation(method, API_ROOT + rest).operation !== undefined;
}

/** Headers with a single value: an identical second one is ignored. */
const SINGLE =
  /^(content-type|content-length|date|etag|last-modified|location|retry-after|x-hubspot-correlation-id|x-hubspot-ratelimit-.+)$/;

/** Joins headers of the same name; some tools separate values by line ends. Omits HTTP/2 pseudo-headers such as `:path`. */
function headersOf(headers: readonly HarHeader[] = []): Headers {
  const values = new Map<string, string>();
  for (const { name, value } of headers) {
    const key = name.trim().toLowerCase();
    if (key === "" || key.startsWith(":")) continue;
    const text = /[\r\n]/.test(value) ? joinLines(value) : value.trim();
    const before = values.get(key);
    if (before === text && SINGLE.test(key)) continue;
    values.set(key, before === undefined ? text : `${before}, ${text}`);
  }
  return Object.fromEntries(values);
}

/** Adds the scheme to a token that a recorder masked with it, such as `[REDACTED]`: the request had a token. */
function withScheme(headers: Headers): Headers {
  const { authorization } = headers;
  const isMasked = authorization !== undefined && MASKED.test(authorization);
  return isMasked ? { ...headers, authorization: `Bearer ${authorization}` } : headers;
}

/** Only signs, or a word for it, perhaps with the header's name: `***`, `<redacted>`, `[authorization redacted]`. */
const MASKED = /^\W*(?:(?:authorization )?(?:redacted|filtered|masked|hidden|removed|sanitized|omitted)\W*)?$/i;

function joinLines(value: string): string {
  const lines = value.split(/[\r\n]+/).map((line) => line.trim());
  return lines.filter((line) => line !== "").join(", ");
}
