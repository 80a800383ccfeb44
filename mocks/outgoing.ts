import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Exchange } from "../src/exchange.js";
import { type Line, sendOver } from "../src/wire.js";
import { INTERNAL_ERROR } from "./prism.js";

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

/** What lets a page of another origin read a response. */
function corsHeaders({ headers: { origin } }: IncomingMessage): Record<string, string> {
  return {
    "access-control-allow-credentials": "true",
    "access-control-allow-origin": origin || "*",
    "access-control-expose-headers": EXPOSED,
  };
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
  outgoing.writeHead(204, sorted(headers)).end();
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
  const { wire } = answer;
  // There is no body to go wrong in the answer to a HEAD.
  const isSpared = wire === undefined || (answer.body === "" && !["reset", "black-hole"].includes(wire.kind));
  if (!isSpared) void sendWrongly(answer, wire, way).catch(way.onFailure);
  else {
    try {
      sendWhole(answer, way);
    } catch (error) {
      way.onFailure(error);
    }
  }
}

/** Sends what a client is told where the mock itself fails, or ends the connection where something else was begun. */
export function sendFailure({ outgoing }: Pick<Way, "outgoing">): void {
  const { status, headers, body } = INTERNAL_ERROR;
  if (outgoing.headersSent) outgoing.destroy();
  else outgoing.writeHead(status, headers).end(body);
}

function sendWhole({ status, headers, body }: Answer, { incoming, outgoing }: Way): void {
  const all = wholeHeaders(headers, incoming);
  if (body !== "") all["content-type"] ??= "text/plain;charset=UTF-8";
  const { "set-cookie": cookie, "content-length": length } = all;
  if (cookie !== undefined) delete all["set-cookie"];
  const flat = sorted(all);
  if (cookie !== undefined) flat.push("set-cookie", cookie);
  const bytes = Buffer.byteLength(body);
  if (bytes > 0 && length === undefined && incoming.method !== "HEAD") flat.push("content-length", `${bytes}`);
  outgoing.writeHead(status, flat);
  // Headers are Latin-1, but leave in the encoding of a text that leaves with them; for ASCII, Latin-1 is the faster one.
  outgoing.end(bytes === body.length ? body : Buffer.from(body), "latin1");
}

/** A response's headers by their names in lower case; one that comes in two spellings has both values. */
function wholeHeaders(headers: Answer["headers"], incoming: IncomingMessage): Record<string, string> {
  const all: Record<string, string> = {};
  for (const name in headers) {
    const key = name.toLowerCase();
    all[key] = all[key] === undefined ? (headers[name] as string) : `${all[key]}, ${headers[name]}`;
  }
  const { vary } = all;
  return Object.assign(all, corsHeaders(incoming), { vary: vary === undefined ? "Origin" : `${vary}, Origin` });
}

/** By name, as `Headers` has them: names and values in turn. */
function sorted(headers: Readonly<Record<string, string>>): string[] {
  const flat: string[] = [];
  for (const name of Object.keys(headers).sort()) flat.push(name, headers[name] as string);
  return flat;
}

async function sendWrongly(
  answer: Answer,
  wire: NonNullable<Answer["wire"]>,
  { incoming, outgoing, wait }: Way,
): Promise<void> {
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
