import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type Body, bodyFrom, MAX_BODY_BYTES, NO_BODY, type RequestHead } from "../src/exchange/request.js";
import { splitSession } from "../src/session/names.js";
import type { Transport } from "../src/session/repeat.js";
import { CONTROL_PATH } from "./control/operations.js";
import { plainOrigin } from "./public-address.js";

/** Requests of another form take the slow path: the control API's adapter normalizes or rejects them. */
const PLAIN_TARGET = /^\/[!#-;=?-[\]_a-z~]*$/;

/**
 * Reads a request without the platform's `Request`: creating one takes as long as responding to it (bench:polls).
 *
 * @returns undefined if its address needs normalizing
 */
export function plainRequest({ method, url, headers, rawHeaders }: IncomingMessage): RequestHead | undefined {
  const { host = "" } = headers;
  if (method === undefined || url === undefined || !PLAIN_TARGET.test(url) || !plainOrigin(host)) return undefined;
  return { method, url: `http://${host}${url}`, headers: new SentHeaders(rawHeaders) };
}

/** The headers of a request, with the interface of `Headers`. */
class SentHeaders {
  readonly #raw: readonly string[];

  constructor(raw: readonly string[]) {
    this.#raw = raw;
  }

  /** @param name in lower case @returns the joined values of all headers with the name */
  get(name: string): string | null {
    let found: string | null = null;
    for (let at = 0; at < this.#raw.length; at += 2) {
      const sent = this.#raw[at] as string;
      if (sent.length !== name.length || sent.toLowerCase() !== name) continue;
      const value = this.#raw[at + 1] as string;
      found = found === null ? value : `${found}${name === "cookie" ? ";" : ","} ${value}`;
    }
    return found;
  }

  forEach(each: (value: string, name: string) => void): void {
    for (let at = 0; at < this.#raw.length; at += 2) {
      each(this.#raw[at + 1] as string, (this.#raw[at] as string).toLowerCase());
    }
  }
}

const WITHOUT_BODY: readonly string[] = ["GET", "HEAD", "TRACE"];

/** Reads a body to its end; synchronously if there is none. Never calls `use` if the client disconnects meanwhile. */
export function readIncoming(
  incoming: IncomingMessage,
  { method, headers }: RequestHead,
  use: (body: Body) => void,
): void {
  const isRead = !WITHOUT_BODY.includes(method);
  // With an encoding that Node cannot read it is a bad request, which Node reports only at the end.
  if (!isRead && headers.get("transfer-encoding") === null) {
    use(NO_BODY);
    return;
  }
  let chunks: Buffer[] = [];
  let bytes = 0;
  incoming.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) chunks = [];
    else chunks.push(chunk);
  });
  incoming.on("end", () => {
    if (!isRead) return use(NO_BODY);
    if (bytes > MAX_BODY_BYTES) return use({ kind: "too-large" });
    // Not Buffer.toString, which keeps a byte order mark.
    const text = decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    const body = bodyFrom(text, headers.get("content-type"));
    if (body instanceof Promise) void body.then(use);
    else use(body);
  });
  incoming.on("error", () => {});
}

const decoder = new TextDecoder();

/** Whether a path belongs to the control API. */
export function isOfControl(path: string): boolean {
  return path.startsWith(CONTROL_PATH) && (path.length === CONTROL_PATH.length || path[CONTROL_PATH.length] === "/");
}

/** Whether a request is for the front page. */
export function isForPeople(request: RequestHead, path: string): boolean {
  return isFromWindow(request) && ["", "/"].includes(splitSession(path).path);
}

/** Whether a request comes from a browser's window. Clients of the API do not accept HTML. */
export function isFromWindow({
  method,
  headers,
}: Pick<RequestHead, "method"> & { readonly headers: Pick<RequestHead["headers"], "get"> }): boolean {
  return ["GET", "HEAD"].includes(method) && /\btext\/html\b/.test(headers.get("accept") ?? "");
}

/** User agents that never repeat a request by themselves, whatever happens to its connection. */
const NEVER = /\bnode(js)?\b|undici|axios|python-requests|httpx/i;

/**
 * User agents that repeat a request even after a reset of a new connection, with the total number of attempts if the reset
 * comes before the response, and in the middle of it. All others try one new connection, and only before the response.
 */
const ATTEMPTS: readonly (readonly [userAgent: RegExp, attempts: number, attemptsAtBody: number])[] = [
  [/\bFirefox\//, 10, 1],
  [/urllib3|-python\b|\/python$/i, 4, 4],
  [/\bruby\b|Faraday/i, 2, 2],
];

/** Detects how requests were sent: over which connection, and by which user agent. */
export interface TransportReader {
  /** Counts a request of its connection. Call it once for each request, including a browser's preflight. */
  readonly note: (incoming: IncomingMessage) => void;
  /** @returns a function, as the result is rarely needed; it returns undefined if the transport never repeats requests */
  readonly read: (incoming: IncomingMessage, headers: RequestHead["headers"]) => () => Transport | undefined;
}

/** @see docs/scenarios.md#a-reset-that-the-client-does-not-notice, measured by test/transports/run.mjs */
export function createTransportReader(): TransportReader {
  const requests = new WeakMap<Socket, number>();
  return {
    note({ socket }) {
      requests.set(socket, (requests.get(socket) ?? 0) + 1);
    },
    read({ socket, httpVersion }, headers) {
      const isReused = (requests.get(socket) ?? 0) > 1;
      return () => {
        const userAgent = headers.get("user-agent") ?? "";
        // A proxy in between may repeat requests, even if the client does not.
        if (NEVER.test(userAgent) && proxySign(headers, httpVersion) === undefined) return undefined;
        const [, attempts = 1, attemptsAtBody = 1] = ATTEMPTS.find(([pattern]) => pattern.test(userAgent)) ?? [];
        return { isReused, attempts, attemptsAtBody };
      };
    },
  };
}

/**
 * Headers that proxies add and clients have no reason to send: standard ones, and those of common servers and of content
 * delivery networks.
 */
const ADDED_BY_PROXIES = new RegExp(
  `^(?:${[
    "via",
    "forwarded",
    "x-forwarded(?:-.*)?",
    "x-original-(?:.*)",
    "x-originating-.*",
    "x-(?:real|client|cluster-client|remote|proxyuser)-(?:ip|addr)",
    "x-(?:proxy|nginx-proxy|proxied-.*|script-name|scheme|url-scheme|rewrite-url|host|http-host-override|request-start)",
    "(?:true-|wl-proxy-|proxy-|fastly-)?client-ip",
    "(?:front-end-https|x-ssl-.*|x-arr-.*|client-cert(?:-chain)?|early-data|max-forwards)",
    "proxy-.*",
    "(?:cdn-loop|surrogate-capability|x-varnish|x-bluecoat-via|x-imforwards)",
    "(?:cf|cloudfront|akamai|x-akamai|fastly|fly|x-vercel|x-nf|x-envoy|x-azure|x-appengine|x-amzn?|x-amz-cf|x-cloud|tailscale|ngrok)-.*",
  ].join("|")})$`,
);

/** Whether proxies add a header of this name. @param name in lower case */
export function isOfProxy(name: string): boolean {
  return ADDED_BY_PROXIES.test(name);
}

/**
 * Returns the sign that a request came through a proxy: a header's name, or HTTP/1.0, which hardly anything uses except
 * nginx by default. A proxy without such a sign is not detected.
 *
 * @returns undefined without a sign
 * @example proxySign(new Headers({ Via: "1.1 squid" }), "1.1"); // "via"
 */
export function proxySign(headers: Pick<RequestHead["headers"], "forEach">, httpVersion = "1.1"): string | undefined {
  const names: string[] = [];
  headers.forEach((_, name) => {
    names.push(name);
  });
  const sign = names.sort().find(isOfProxy);
  if (sign !== undefined) return sign;
  return httpVersion === "1.0" ? "HTTP/1.0" : undefined;
}
