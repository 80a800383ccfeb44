import type { IncomingMessage } from "node:http";
import { splitSession } from "../src/simulator/choose-session.js";
import { type Body, bodyFrom, MAX_BODY_BYTES, NO_BODY } from "../src/simulator/read-body.js";
import type { RequestHead } from "../src/simulator/request-head.js";
import { CONTROL_PATH } from "./control/base.js";

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
