import { concatUint8Arrays, stringToUint8Array } from "uint8array-extras";
import { isJson, isObject, type JsonObject, jsonIn } from "../json.js";
import { bytesOfBase64 } from "../text.js";
import type { RecordedExchange } from "./exchange.js";
import type { HarBody, HarEntry, HarResponse } from "./har-shape.js";

/** Contents of files beside the recording by name, or why one could not be read. */
export type Attached = ReadonlyMap<string, Uint8Array | string>;

/** A body from a recording. */
export interface ReadBody {
  readonly body: string;
  readonly flaw?: NonNullable<RecordedExchange["response"]>["flaw"];
  /** Why it is not in the recording; absent if it is. */
  readonly missing?: string;
}

interface BodyContext {
  /** Of the response, names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly isConditional: boolean;
  readonly marks: Marks;
  readonly attached: Attached;
}

/** Returns the response's body. In recordings of other tools, detects bodies that are missing or incomplete. */
export function responseBody({ request, response = {}, _importKit: own }: HarEntry, context: BodyContext): ReadBody {
  const { headers, marks, attached } = context;
  const { status = 0, content = {} } = response;
  const read = contentOf(content, attached);
  if (own) return own.flaw ? { body: read.body, flaw: own.flaw } : read;
  if (read.missing !== undefined) return read;
  if (marks.error !== undefined) return cutBody(read.body, marks.error);
  if (request.method.toUpperCase() === "HEAD") return { body: "", flaw: "not-recorded" };
  // A 304 has no body; `withStored` adds the stored response that it confirms.
  if (read.body === "" && status !== 204 && status !== 304) return isLeftOut(response, context) ? LEFT_OUT : read;
  return isDamaged(read, content.size, headers)
    ? { ...read, flaw: "not-recorded", missing: "its body is incomplete in the recording" }
    : read;
}

const LEFT_OUT: ReadBody = { body: "", flaw: "not-recorded", missing: "its body is not in the recording" };

function cutBody(body: string, error: string): ReadBody {
  if (/CONTENT_DECODING/.test(error)) return { body, flaw: "undecodable" };
  if (isCut(error)) return { body, flaw: "incomplete" };
  const who =
    failureBy(error).kind === "client-gone" ? "the client did not wait for its body" : "its body did not arrive";
  return { body, flaw: "not-recorded", missing: `${who} (${error})` };
}

/** Returns the request's body; undefined if it is not in the recording. */
export function requestBody({ postData }: HarEntry["request"], attached: Attached): string | undefined {
  if (!postData || !("text" in postData || "_file" in postData)) return undefined;
  const { body, missing } = contentOf(postData, attached);
  return missing === undefined ? body : undefined;
}

function contentOf({ text, encoding, _file }: HarBody, attached: Attached): ReadBody {
  const pieces = [text ?? ""].flat();
  const whole = pieces.join("");
  if (_file !== undefined && whole === "") return attachedBody(_file, attached);
  if (!/^base64$/i.test(encoding ?? "")) return { body: whole };
  const bytes = bytesOf(pieces) ?? bytesOf(piecesIn(whole));
  return bytes
    ? decoded(bytes)
    : { body: "", flaw: "not-recorded", missing: "its body is marked as base64, but is not valid base64" };
}

function attachedBody(file: string, attached: Attached): ReadBody {
  const found = attached.get(file) ?? "the file was not read";
  if (typeof found !== "string") return decoded(found);
  return { body: "", flaw: "not-recorded", missing: `its body is in the file ${file}: ${found}` };
}

function bytesOf(pieces: readonly string[]): Uint8Array | undefined {
  try {
    return concatUint8Arrays(pieces.map(bytesOfBase64));
  } catch {
    return undefined;
  }
}

/** Parses the format of Polly.JS: a JSON array of base64 pieces. */
function piecesIn(text: string): readonly string[] {
  const pieces = jsonIn(text);
  const isInPieces = Array.isArray(pieces) && pieces.every((piece) => typeof piece === "string");
  // What is not JSON is rejected as base64, too.
  return isInPieces ? pieces : [text];
}

function decoded(bytes: Uint8Array): ReadBody {
  try {
    return { body: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { body: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes), flaw: "not-utf-8" };
  }
}

/** Whether an empty text may be a body that the recorder left out. */
function isLeftOut(
  { content: { size, text, comment } = {}, bodySize = -1 }: HarResponse,
  { headers, marks, isConditional }: BodyContext,
): boolean {
  const length = Number(headers["content-length"] || Number.NaN);
  if (length > 0) return true;
  // Some recorders write 200 for a 304.
  if (isConditional) return true;
  // Playwright does not record bodies of a service worker's requests, and gives them the size 0 and an empty text.
  if ((marks.isOfWorker || text === undefined) && bodySize > 0) return true;
  if (text === undefined && comment !== undefined) return true;
  return size !== 0 && length !== 0;
}

/**
 * Whether the recorder cut a body or left it compressed. Such a body is not JSON. A body that the server cut has an
 * error in the recording.
 */
function isDamaged({ body, flaw }: ReadBody, size = -1, headers: Readonly<Record<string, string>>): boolean {
  const isCompressed = !/^(identity)?$/i.test(headers["content-encoding"] ?? "");
  const isUnreadable = isCompressed && (flaw === "not-utf-8" || NO_TEXT.test(body));
  const most = Math.max(size, isCompressed ? 0 : Number(headers["content-length"]) || 0);
  // A text has at least as many bytes as UTF-16 units: most bodies need neither counting nor parsing.
  const isShort = flaw === undefined && most > body.length && most > stringToUint8Array(body).length;
  return (isUnreadable || isShort) && !isJson(body);
}

/** Characters that no text has: compressed bytes that a recorder took for UTF-8 or for Latin-1. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const NO_TEXT = /[\u0000-\u0008\u000e-\u001f\ufffd]/;

/** Information from the custom fields that tools add to an entry. */
export interface Marks {
  /** Why the response did not come from a server; absent if it did or may have. */
  readonly notFromServer?: string;
  /** Why the response is missing or incomplete, in the recorder's words. */
  readonly error?: string;
  /** Whether it went through a service worker, whose own request may be another entry. */
  readonly isViaWorker: boolean;
  /** Whether it is a service worker's own request. */
  readonly isOfWorker: boolean;
}

/** @param status of the response; 0 without one */
export function readMarks(entry: JsonObject, status: number): Marks {
  const response = isObject(entry["response"]) ? entry["response"] : {};
  const error = errorIn(entry, response);
  const notFromServer = otherSource(entry, response, status) ?? (status > 0 ? undefined : whyNotSent(entry, error));
  return {
    ...(notFromServer !== undefined && { notFromServer }),
    ...(error !== undefined && { error }),
    isViaWorker:
      response["_fetchedViaServiceWorker"] === true ||
      response["fromServiceWorker"] === true ||
      entry["_fetchType"] === "Service Worker",
    isOfWorker: typeof entry["_serviceWorkerRef"] === "string",
  };
}

/** Reads the error that Chrome, Safari, Playwright, BrowserMob or mitmproxy noted, or the status that Charles notes. */
function errorIn(entry: JsonObject, response: JsonObject): string | undefined {
  const { _charlesStatus: ended = entry["_charlesStatus"] } = response;
  const said = [response["_error"], response["_failureText"], response["_errorMessage"], entry["_error"]];
  const error = said.find((one) => typeof one === "string" && one !== "");
  if (typeof error === "string") return error;
  return typeof ended === "string" && ended !== "" && ended !== "COMPLETE" ? ended : undefined;
}

/** The words of Chrome, Safari and the DevTools protocol for a browser's caches. */
const CACHES: readonly unknown[] = [
  "memory",
  "disk",
  "prefetch",
  "Memory Cache",
  "Disk Cache",
  "cache-storage",
  "http-cache",
];

function otherSource(entry: JsonObject, response: JsonObject, status: number): string | undefined {
  if (entry["_fetchType"] === "Inspector Override") return "an override of the browser's inspector responded to it";
  // Any other 304 comes from the server.
  if (status === 304) return undefined;
  const isCached =
    [entry["_fromCache"], entry["_fetchType"], response["_serviceWorkerResponseSource"]].some((one) =>
      CACHES.includes(one),
    ) ||
    [
      entry["_fromDiskCache"],
      response["_fromDiskCache"],
      response["fromDiskCache"],
      response["fromPrefetchCache"],
    ].includes(true);
  if (isCached) return "a browser's cache responded to it";
  if (isInvented(response)) return "a browser redirected it by itself";
  return undefined;
}

/** Whether Chrome made up the response: a redirect from http to https (HSTS), or for an extension. */
function isInvented({ statusText, headers }: JsonObject): boolean {
  if (statusText === "Internal Redirect") return true;
  const names = Array.isArray(headers) ? headers.map((one: unknown) => (isObject(one) ? one["name"] : undefined)) : [];
  return names.some((name) => typeof name === "string" && name.toLowerCase() === "non-authoritative-reason");
}

function whyNotSent(entry: JsonObject, error = ""): string | undefined {
  if (entry["_wasAborted"] === true) return "the recorder's own rules aborted it";
  return /BLOCKED|ERR_DISALLOWED|ERR_UNSAFE/i.test(error) ? `a browser blocked it (${error})` : undefined;
}

type Failure = NonNullable<RecordedExchange["failure"]>;

/**
 * Classifies why a request has no response. Without a known reason, the client may have closed the connection; that does
 * not mean that the server is unreachable.
 *
 * @example failureBy("net::ERR_CONNECTION_REFUSED").kind; // "unreachable"
 */
export function failureBy(error: string | undefined): Failure {
  if (error === undefined)
    return { kind: "client-gone", message: "neither a response nor the reason for its absence was recorded" };
  const [kind] = KINDS.find(([, words]) => words.test(error)) ?? ["client-gone"];
  return { kind, message: kind === "client-gone" ? `the client did not wait for a response (${error})` : error };
}

/** Whether the connection was dropped in the middle of a response, while the client waited for it. */
function isCut(error: string): boolean {
  return failureBy(error).kind === "dropped";
}

/** Error texts of Chrome, Firefox, Safari, Node, Java and Python. All others come from the client or the recorder. */
const KINDS: readonly (readonly [Failure["kind"], RegExp])[] = [
  ["client-gone" as const, /abort|cancel|client disconnect|killed/i],
  ["not-http", /INVALID_HTTP_RESPONSE/],
  [
    "dropped",
    /RESET|EMPTY_RESPONSE|CONNECTION_CLOSED|CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED|HTTP2_PROTOCOL|QUIC_PROTOCOL|NET_PARTIAL|socket hang up|server (closed|disconnect)|connection (was )?(lost|reset)|unexpected end/i,
  ],
  ["timeout", /timed?[ _-]?out/i],
  [
    "unreachable",
    /REFUSED|NOT_RESOLVED|UNREACHABLE|INTERNET_DISCONNECTED|NETWORK_CHANGED|ADDRESS_|_CERT_|_SSL_|PROXY_|UNKNOWN_HOST|ENOTFOUND|EAI_AGAIN|could ?not connect|connection failed|cannot connect/i,
  ],
];
