import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
// The module's own, not the global one: fake timers replace that.
import { setImmediate as afterThisTurn } from "node:timers";
import { type SentResponse, wireOf } from "../src/exchange/exchange.js";
import { type Line, sendOver, type Wire } from "../src/exchange/wire.js";
import { evictOldest } from "../src/lru.js";
import { INTERNAL_ERROR } from "./prism/door.js";

/** Headers that a page on another origin may read. */
const EXPOSED = [
  "Retry-After",
  "sl-violations",
  "X-HubSpot-Correlation-Id",
  "X-HubSpot-RateLimit-Daily",
  "X-HubSpot-RateLimit-Daily-Remaining",
  "X-HubSpot-RateLimit-Interval-Milliseconds",
  "X-HubSpot-RateLimit-Max",
  "X-HubSpot-RateLimit-Remaining",
  "X-HubSpot-RateLimit-Secondly",
  "X-HubSpot-RateLimit-Secondly-Remaining",
  "X-Mock-Scenario",
].join(",");

/** Headers that allow a page of any origin to read a response. */
const CORS: Readonly<Record<string, string>> = {
  "access-control-allow-credentials": "true",
  "access-control-allow-origin": "*",
  "access-control-expose-headers": EXPOSED,
};

function corsHeaders({ headers: { origin } }: IncomingMessage): Record<string, string> {
  return { ...CORS, "access-control-allow-origin": origin || "*" };
}

/** Responds to a CORS preflight request. */
export function sendPreflight(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const requested = incoming.headers["access-control-request-headers"];
  const headers = {
    ...corsHeaders(incoming),
    "access-control-allow-methods": "GET,HEAD,POST,DELETE",
    vary: requested ? "Origin, Access-Control-Request-Headers" : "Origin",
    ...(requested && {
      "access-control-allow-headers": requested
        .split(",")
        .map((name) => name.trim())
        .join(","),
    }),
  };
  outgoing.writeHead(204, [...new Headers(headers)].flat()).end();
}

/** A request that waits for its response. */
export interface PendingResponse {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** Waits between the pieces of a response that is sent slowly. */
  readonly wait: NonNullable<Line["wait"]>;
  /** Called if a response cannot be sent, as with a header that Node rejects. */
  readonly onFailure: (error: unknown) => void;
}

/** Sends a response. @throws never */
export function send(answer: SentResponse, way: PendingResponse): void {
  const wire = wireOf(answer);
  if (wire) {
    void sendWithFault(answer, wire, way).catch(way.onFailure);
    return;
  }
  try {
    sendWhole(answer, way);
  } catch (error) {
    way.onFailure(error);
  }
}

/** Sends an internal error; if a response was already begun, ends the connection instead. */
export function sendFailure({ outgoing }: Pick<PendingResponse, "outgoing">): void {
  const { status, headers, body } = INTERNAL_ERROR;
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(status, headers).end(body);
}

function sendWhole({ status, headers, body }: SentResponse, way: PendingResponse): void {
  const { incoming, outgoing } = way;
  const bytes = Buffer.byteLength(body);
  const { flat, slots, origin, hasType, length } = layoutOf(headers);
  if (bytes > 0 && !hasType) {
    sendWhole({ status, headers: { ...headers, ...TEXT }, body }, way);
    return;
  }
  const all = flat.slice();
  for (const [at, names] of slots) all[at] = headerValue(headers, names);
  all[origin] = incoming.headers.origin || "*";
  if (length > 0 && bytes > 0 && incoming.method !== "HEAD") all[length] = `${bytes}`;
  else if (length > 0) all.length = length - 1;
  outgoing.writeHead(status, all);
  endSoon(outgoing, bytes === body.length ? body : Buffer.from(body));
}

interface Ending {
  readonly outgoing: ServerResponse;
  readonly body: string | Buffer;
}

let endings: Ending[] = [];

/**
 * Ends a response with all others of this turn of the event loop: their client is woken once, not for each of them. That saves a
 * sixth of a poll's processor time at 8 connections (npm run bench).
 */
function endSoon(outgoing: ServerResponse, body: string | Buffer): void {
  if (endings.length === 0) afterThisTurn(endAll);
  endings.push({ outgoing, body });
}

function endAll(): void {
  const all = endings;
  endings = [];
  for (const { outgoing, body } of all) {
    // `end(body)` adds an empty write to the body's, and Node copies both to one place: 6 % of a poll's processor time.
    if (body.length > 0) {
      // Node writes the headers in the encoding of the body's text, but they are Latin-1; for ASCII, Latin-1 is also faster.
      outgoing.write(body, "latin1");
      outgoing.uncork();
    }
    outgoing.end();
  }
}

/** The default content type. */
const TEXT = { "content-type": "text/plain;charset=UTF-8" };

/** The order of a response's headers, cached because nearly all responses have one of a few sets of names. */
interface Layout {
  /** Names and values alternating, in the order of `Headers`: by name, cookies last. */
  readonly flat: readonly string[];
  /** The indexes of values that depend on the response; a header in two spellings gets both values. */
  readonly slots: readonly (readonly [at: number, names: readonly string[]])[];
  readonly origin: number;
  readonly hasType: boolean;
  /**
   * The index of the length's value, the last of all; 0 if the response's own headers say it. Adding the length behind the
   * others took a sixth of a poll's time (npm run bench).
   */
  readonly length: number;
}

/** Cached layouts: creating one for each response took a tenth of a poll's time (npm run bench). */
const layouts = new Map<string, Layout>();
/** A limit, as a person can define any number of other headers. */
const MAX_LAYOUTS = 100;

/** The layout of the latest response, with the names of its headers: most have the same ones. */
let latest: { readonly names: readonly string[]; readonly layout: Layout } | undefined;

function layoutOf(headers: SentResponse["headers"]): Layout {
  if (latest && hasNames(headers, latest.names)) return latest.layout;
  const names = Object.keys(headers);
  const key = names.join();
  const layout = layouts.get(key) ?? createLayout(names);
  layouts.set(key, layout);
  evictOldest(layouts, MAX_LAYOUTS);
  latest = { names, layout };
  return layout;
}

/** Whether headers have these names, in this order. */
function hasNames(headers: SentResponse["headers"], names: readonly string[]): boolean {
  let count = 0;
  for (const name in headers) if (name !== names[count++]) return false;
  return count === names.length;
}

function createLayout(names: readonly string[]): Layout {
  const spellings = new Map<string, readonly string[]>([["vary", []]]);
  for (const name of names) {
    const key = name.toLowerCase();
    if (!Object.hasOwn(CORS, key)) spellings.set(key, [...(spellings.get(key) ?? []), name]);
  }
  const sorted = [...spellings.keys(), ...Object.keys(CORS)].sort();
  const order = [...sorted.filter((name) => name !== "set-cookie"), ...sorted.filter((name) => name === "set-cookie")];
  // A chunked body must not have a Content-Length.
  const hasLength = spellings.has("content-length") || spellings.has("transfer-encoding");
  return {
    flat: [...order, ...(hasLength ? [] : ["content-length"])].flatMap((name) => [name, CORS[name] ?? ""]),
    slots: order.flatMap((name, at) => {
      const sent = spellings.get(name);
      return sent ? [[2 * at + 1, name === "vary" ? [...sent, VARY] : sent] as const] : [];
    }),
    origin: 2 * order.indexOf("access-control-allow-origin") + 1,
    hasType: spellings.has("content-type"),
    length: hasLength ? 0 : 2 * order.length + 1,
  };
}

/** A placeholder for the value that the mock adds to Vary. */
const VARY = "\0";

function headerValue(headers: SentResponse["headers"], names: readonly string[]): string {
  if (names.length === 1 && names[0] !== VARY) return headers[names[0] as string] as string;
  return names.map((name) => (name === VARY ? "Origin" : headers[name])).join(", ");
}

async function sendWithFault(
  answer: SentResponse,
  wire: Wire,
  { incoming, outgoing, wait }: PendingResponse,
): Promise<void> {
  const { socket } = incoming;
  // Aborts when the client disconnects, and when the server closes its connections.
  const gone = new AbortController();
  outgoing.once("close", () => gone.abort());
  const line = { signal: gone.signal, wait, reset: () => afterReading(() => resetSocket(socket)) };
  const response = await sendOver(answer, wire, line);
  if (response.type === "error") return resetSocket(socket);
  const { headers } = response;
  for (const [name, value] of Object.entries(corsHeaders(incoming))) headers.set(name, value);
  headers.append("vary", "Origin");
  outgoing.writeHead(response.status, [...headers].flat());
  outgoing.flushHeaders();
  for await (const piece of response.body ?? []) {
    if (gone.signal.aborted) return;
    outgoing.write(piece);
  }
  outgoing.end();
}

/** Calls back once a response was sent. Does not wait for `close`, which may come after the client's next request. */
export function whenOver(outgoing: ServerResponse, over: () => void): void {
  let isOver = false;
  const end = () => {
    if (!isOver) over();
    isOver = true;
  };
  outgoing.on("finish", end).on("close", end);
}

/**
 * Gives a client time to read before the reset. If bytes and a reset arrive together, a client in Node sees the bytes and a
 * normal end.
 */
function afterReading(reset: () => void): void {
  setTimeout(() => setImmediate(reset), 20);
}

/** Resets a connection. Node's resetAndDestroy sends a normal end first, after which a client never notices the reset. */
function resetSocket(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true }).destroy();
}
