import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { type Body, bodyFrom, MAX_BODY_BYTES, NO_BODY, type RequestHead } from "../src/exchange/request.js";
import type { Transport } from "../src/session/repeat.js";
import { splitSession } from "../src/session/session-name.js";
import { CONTROL_PATH } from "./control/operations.js";

/** What is not of this form has to be put right before it is an address, or rejected: the control API's adapter does both. */
const PLAIN_TARGET = /^\/[!#-;=?-[\]_a-z~]*$/;
const PLAIN_HOST = /^[a-z][a-z\d.-]*(?::\d+)?$|^127\.0\.0\.1:\d+$/;

/**
 * A request as it came over a socket, without the platform's `Request`: to make one takes as long as to answer it
 * (bench:polls).
 *
 * @returns undefined where its address is not plain
 */
export function plainRequest({ method, url, headers, rawHeaders }: IncomingMessage): RequestHead | undefined {
  const { host = "" } = headers;
  if (method === undefined || url === undefined || !PLAIN_TARGET.test(url) || !isPlainHost(host)) return undefined;
  return { method, url: `http://${host}${url}`, headers: new SentHeaders(rawHeaders) };
}

/** Clients name the same host with each request. */
let plainHost = "";

function isPlainHost(host: string): boolean {
  // A port may be too large, and a name that begins with xn-- none.
  if (host !== plainHost && PLAIN_HOST.test(host) && URL.canParse(`http://${host}`)) plainHost = host;
  return host === plainHost && host !== "";
}

/** The headers of a request, as `Headers` has them. */
class SentHeaders {
  readonly #raw: readonly string[];

  constructor(raw: readonly string[]) {
    this.#raw = raw;
  }

  /** @param name in lower case @returns the values of all headers of the name, in one */
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

/** Reads a body to its end; at once where there is none. A client that goes away while it sends is never answered. */
export function readIncoming(
  incoming: IncomingMessage,
  { method, headers }: RequestHead,
  use: (body: Body) => void,
): void {
  const isRead = !WITHOUT_BODY.includes(method);
  // An encoding that Node cannot read makes it a bad request, and Node tells only at the end.
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
    // Not Buffer.toString, which leaves a byte order mark.
    const text = decoder.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    const body = bodyFrom(text, headers.get("content-type"));
    if (body instanceof Promise) void body.then(use);
    else use(body);
  });
  incoming.on("error", () => {});
}

const decoder = new TextDecoder();

/** Whether a path is the control API's, where there is one. */
export function isOfControl(path: string): boolean {
  return path.startsWith(CONTROL_PATH) && (path.length === CONTROL_PATH.length || path[CONTROL_PATH.length] === "/");
}

/** Whether somebody asks for the front page. */
export function isForPeople(request: RequestHead, path: string): boolean {
  return isFromWindow(request) && ["", "/"].includes(splitSession(path).path);
}

/** Whether a request comes from a browser's window. A client of the API never asks for a page. */
export function isFromWindow({
  method,
  headers,
}: Pick<RequestHead, "method"> & { readonly headers: Pick<RequestHead["headers"], "get"> }): boolean {
  return ["GET", "HEAD"].includes(method) && /\btext\/html\b/.test(headers.get("accept") ?? "");
}

/** Those that never send a request again by themselves, whatever becomes of its connection. */
const NEVER = /\bnode(js)?\b|undici|axios|python-requests|httpx/i;

/**
 * Those that do even where a new connection is reset, and how often they send it in all: before an answer, and where half of
 * one comes. The others try one new connection, and only before an answer.
 */
const ATTEMPTS: readonly (readonly [userAgent: RegExp, attempts: number, attemptsAtBody: number])[] = [
  [/\bFirefox\//, 10, 1],
  [/urllib3|-python\b|\/python$/i, 4, 4],
  [/\bruby\b|Faraday/i, 2, 2],
];

/** Tells how requests were sent: over which connection, and by what. */
export interface TransportReader {
  /** Notes a request's connection. For each request once, whatever answers it: a browser's preflight uses a connection, too. */
  readonly note: (incoming: IncomingMessage) => void;
  /** @returns undefined where no request is sent but by the client itself. Hardly anybody asks: a function, to be called then */
  readonly read: (incoming: IncomingMessage, headers: RequestHead["headers"]) => () => Transport | undefined;
}

/** @see docs/scenarios.md#a-reset-that-nobody-sees, measured by test/transports/run.mjs */
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
        // A proxy on the way may send again what its client does not.
        if (NEVER.test(userAgent) && proxySign(headers, httpVersion) === undefined) return undefined;
        const [, attempts = 1, attemptsAtBody = 1] = ATTEMPTS.find(([pattern]) => pattern.test(userAgent)) ?? [];
        return { isReused, attempts, attemptsAtBody };
      };
    },
  };
}

/**
 * Headers that a client has no reason to send, and proxies add: the standards' own, those of the common servers, and those of
 * networks that stand before a server.
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

/** Whether a header is one that proxies add. @param name in lower case */
export function isOfProxy(name: string): boolean {
  return ADDED_BY_PROXIES.test(name);
}

/**
 * What shows that a request came through a proxy: a header's name, or HTTP/1.0, which nginx speaks by default and hardly
 * anything else does. A proxy that shows nothing of itself is not noticed.
 *
 * @returns undefined where nothing does
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
