import { isObject, type JsonObject } from "../../../json.js";
import type { RecordedExchange } from "../recording.js";

/** What tools say of an entry in fields of their own, each in its way. */
export interface Marks {
  /** Why no server answered it; absent where one did, or may have. */
  readonly ownAnswer?: string;
  /** Why it has no answer, or no whole one, in the recorder's words. */
  readonly error?: string;
  /** It went through a service worker, whose own request may be another entry. */
  readonly isViaWorker: boolean;
  /** It is a service worker's own request. */
  readonly isOfWorker: boolean;
}

/** @param status of its answer; 0 where none came */
export function readMarks(entry: JsonObject, status: number): Marks {
  const response = isObject(entry["response"]) ? entry["response"] : {};
  const error = errorIn(entry, response);
  const ownAnswer = whoseAnswer(entry, response, status) ?? (status > 0 ? undefined : whyNotSent(entry, error));
  return {
    ...(ownAnswer !== undefined && { ownAnswer }),
    ...(error !== undefined && { error }),
    isViaWorker:
      response["_fetchedViaServiceWorker"] === true ||
      response["fromServiceWorker"] === true ||
      entry["_fetchType"] === "Service Worker",
    isOfWorker: typeof entry["_serviceWorkerRef"] === "string",
  };
}

/** Chrome and Safari, Playwright, BrowserMob, mitmproxy; Charles says how each request ended. */
function errorIn(entry: JsonObject, response: JsonObject): string | undefined {
  const { _charlesStatus: ended = entry["_charlesStatus"] } = response;
  const said = [response["_error"], response["_failureText"], response["_errorMessage"], entry["_error"]];
  const error = said.find((one) => typeof one === "string" && one !== "");
  if (typeof error === "string") return error;
  return typeof ended === "string" && ended !== "" && ended !== "COMPLETE" ? ended : undefined;
}

/** Where a browser has answered from its own stock: Chrome's and Safari's words for it, and the protocol's. */
const CACHES: readonly unknown[] = [
  "memory",
  "disk",
  "prefetch",
  "Memory Cache",
  "Disk Cache",
  "cache-storage",
  "http-cache",
];

function whoseAnswer(entry: JsonObject, response: JsonObject, status: number): string | undefined {
  // A 304 is the server's, whoever kept the body.
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
  if (isCached) return "a browser's cache answered it";
  if (isInvented(response)) return "a browser redirected it by itself";
  return undefined;
}

/** Chrome turns http into https where it knows that the server wants it (HSTS), and for extensions. */
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
 * Why a request has no answer. Where nobody says, the client may have gone: that is no sign of a server that cannot be
 * reached.
 *
 * @example failureBy("net::ERR_CONNECTION_REFUSED").kind; // "unreachable"
 */
export function failureBy(error: string | undefined): Failure {
  if (error === undefined) return { kind: "client-gone", message: "no answer was recorded, and not why" };
  const [kind] = KINDS.find(([, words]) => words.test(error)) ?? ["client-gone"];
  return { kind, message: kind === "client-gone" ? `the client did not wait for an answer (${error})` : error };
}

/** Whether an answer that began was cut on its way to a client that was waiting for it. */
export function isCut(error: string): boolean {
  return failureBy(error).kind === "dropped";
}

/** In words of Chrome, Firefox, Safari, Node, Java and Python. What is none of these is the client's or the recorder's. */
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
