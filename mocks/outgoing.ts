import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { type Exchange, wireOf } from "../src/exchange/exchange.js";
import { type Line, sendOver, type Wire } from "../src/exchange/wire.js";
import { evictOldest } from "../src/lru.js";
import { INTERNAL_ERROR } from "./prism/door.js";

type Answer = Exchange["response"];

/** What a page on another origin may read. */
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

/** What lets a page of any other origin read a response. */
const CORS: Readonly<Record<string, string>> = {
  "access-control-allow-credentials": "true",
  "access-control-allow-origin": "*",
  "access-control-expose-headers": EXPOSED,
};

function corsHeaders({ headers: { origin } }: IncomingMessage): Record<string, string> {
  return { ...CORS, "access-control-allow-origin": origin || "*" };
}

/** Answers a page that asks whether it may ask. */
export function sendPreflight(incoming: IncomingMessage, outgoing: ServerResponse): void {
  const asked = incoming.headers["access-control-request-headers"];
  const headers = {
    ...corsHeaders(incoming),
    "access-control-allow-methods": "GET,HEAD,POST,DELETE",
    vary: asked ? "Origin, Access-Control-Request-Headers" : "Origin",
    ...(asked && {
      "access-control-allow-headers": asked
        .split(",")
        .map((name) => name.trim())
        .join(","),
    }),
  };
  outgoing.writeHead(204, [...new Headers(headers)].flat()).end();
}

/** A request under way. */
export interface Way {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** How a response that comes in drips waits between them. */
  readonly wait: NonNullable<Line["wait"]>;
  /** Called where a response cannot be sent, as with a header that Node rejects. */
  readonly onFailure: (error: unknown) => void;
}

/** Sends a response. @throws never */
export function send(answer: Answer, way: Way): void {
  const wire = wireOf(answer);
  if (wire) {
    void sendWrongly(answer, wire, way).catch(way.onFailure);
    return;
  }
  try {
    sendWhole(answer, way);
  } catch (error) {
    way.onFailure(error);
  }
}

/** Sends what a client is told where the mock itself fails, or ends the connection where something else was begun. */
export function sendFailure({ outgoing }: Pick<Way, "outgoing">): void {
  const { status, headers, body } = INTERNAL_ERROR;
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(status, headers).end(body);
}

function sendWhole({ status, headers, body }: Answer, way: Way): void {
  const { incoming, outgoing } = way;
  const bytes = Buffer.byteLength(body);
  const { flat, slots, origin, hasType, hasLength } = layoutOf(headers);
  if (bytes > 0 && !hasType) {
    sendWhole({ status, headers: { ...headers, ...TEXT }, body }, way);
    return;
  }
  const all = flat.slice();
  for (const [at, names] of slots) all[at] = joined(headers, names);
  all[origin] = incoming.headers.origin || "*";
  if (bytes > 0 && !hasLength && incoming.method !== "HEAD") all.push("content-length", `${bytes}`);
  outgoing.writeHead(status, all);
  // Headers are Latin-1, but leave in the encoding of a text that leaves with them; for ASCII, Latin-1 is the faster one.
  outgoing.end(bytes === body.length ? body : Buffer.from(body), "latin1");
}

/** What a response is without a type of its own. */
const TEXT = { "content-type": "text/plain;charset=UTF-8" };

/** Where the headers of a response stand once they are sent. Nearly all responses have one of a few sets of names. */
interface Layout {
  /** Names and values in turn, in the order of `Headers`: by name, cookies last. */
  readonly flat: readonly string[];
  /** The places of values that come with the response; one that comes in two spellings has both values. */
  readonly slots: readonly (readonly [at: number, names: readonly string[]])[];
  readonly origin: number;
  readonly hasType: boolean;
  readonly hasLength: boolean;
}

/** To lay out the headers of each response anew took a tenth of a poll's time (npm run bench). */
const layouts = new Map<string, Layout>();
/** A person may make up other headers. */
const MAX_LAYOUTS = 100;

function layoutOf(headers: Answer["headers"]): Layout {
  const key = Object.keys(headers).join();
  const known = layouts.get(key);
  if (known) return known;
  const layout = layOut(Object.keys(headers));
  layouts.set(key, layout);
  evictOldest(layouts, MAX_LAYOUTS);
  return layout;
}

function layOut(names: readonly string[]): Layout {
  const spellings = new Map<string, readonly string[]>([["vary", []]]);
  for (const name of names) {
    const key = name.toLowerCase();
    if (!Object.hasOwn(CORS, key)) spellings.set(key, [...(spellings.get(key) ?? []), name]);
  }
  const sorted = [...spellings.keys(), ...Object.keys(CORS)].sort();
  const order = [...sorted.filter((name) => name !== "set-cookie"), ...sorted.filter((name) => name === "set-cookie")];
  return {
    flat: order.flatMap((name) => [name, CORS[name] ?? ""]),
    slots: order.flatMap((name, at) => {
      const sent = spellings.get(name);
      return sent ? [[2 * at + 1, name === "vary" ? [...sent, VARY] : sent] as const] : [];
    }),
    origin: 2 * order.indexOf("access-control-allow-origin") + 1,
    hasType: spellings.has("content-type"),
    // A body in chunks has no length of its own.
    hasLength: spellings.has("content-length") || spellings.has("transfer-encoding"),
  };
}

/** Stands for the value that the mock adds. */
const VARY = "\0";

function joined(headers: Answer["headers"], names: readonly string[]): string {
  if (names.length === 1 && names[0] !== VARY) return headers[names[0] as string] as string;
  return names.map((name) => (name === VARY ? "Origin" : headers[name])).join(", ");
}

async function sendWrongly(answer: Answer, wire: Wire, { incoming, outgoing, wait }: Way): Promise<void> {
  const { socket } = incoming;
  // Aborts when the client goes, and when the server drops its connections.
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

/** Calls back once a response has left. Not at its close alone: that may come after the client's next request. */
export function whenOver(outgoing: ServerResponse, over: () => void): void {
  let isOver = false;
  const end = () => {
    if (!isOver) over();
    isOver = true;
  };
  outgoing.once("finish", end).once("close", end);
}

/**
 * Gives a client the time to read what it has got. Of bytes and a reset that come together, a client in Node is told the
 * bytes and a proper end.
 */
function afterReading(reset: () => void): void {
  setTimeout(() => setImmediate(reset), 20);
}

/** Node's resetAndDestroy says a proper goodbye first, and a client that reads it never notices the reset. */
function resetSocket(socket: Socket): void {
  Object.assign(socket, { resetAndClosing: true }).destroy();
}
