import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import * as bodies from "./server/bodies.js";
import type { Answer, Context, Refusal, Task, Twist } from "./server/twist.js";

/** The token that the server takes. */
export const TOKEN = "a-token-of-tests";

/** The token of another account. */
export const OTHER_TOKEN = "the-other-token-of-tests";

export interface Server {
  readonly url: string;
  /** What it was asked, in order. */
  readonly asked: readonly { readonly method: string; readonly path: string; readonly authorization?: string }[];
  /**
   * Asks it from this process: an answer that the wire leaves as it is takes no socket, which would be most of a run's time.
   * Every other comes over the wire, with all that is broken about it.
   */
  readonly fetch: typeof fetch;
  readonly close: () => Promise<void>;
}

interface Incoming {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

type Twisted = ReturnType<NonNullable<Twist["onAnswer"]>>;

/**
 * A server that keeps the contract, and has nothing in common with this kit's mock: it is what the judge is judged by. An
 * import from a host below `.invalid` is CANCELED, any other becomes an image.
 *
 * @param now the clock, in epoch milliseconds: tasks move by it alone
 */
export async function startServer(twist: Twist, { now }: { readonly now: () => number }): Promise<Server> {
  const { createId = hubspotId, pendingMs = 1000, processingMs = 2000, aheadMs = 0 } = twist;
  const tasks: Task[] = [];
  const polls = new Map<string, number>();
  const looks = new Map<string, number>();
  const deleted = new Set<Task>();
  const asked: Server["asked"][number][] = [];

  function understand({ method, path: address, authorization, body }: Incoming): Understood {
    const { pathname } = new URL(address, "http://any");
    const path = pathname.replace(VERSION, "/");
    const statusOf = /^\/files\/import-from-url\/async\/tasks\/([^/]+)\/status$/.exec(path)?.[1];
    const id = statusOf === undefined ? undefined : decoded(statusOf);
    const task = tasks.find((one) => one.id === id);
    const refuse = (refusal: Refusal) => (twist.lets === refusal ? undefined : { kind: "refusal" as const, refusal });
    const isImport = method === "POST" && path === "/files/import-from-url/async";
    const fileId = /^\/files\/(\d+)$/.exec(path)?.[1];
    if (path === pathname) return { kind: "nowhere" };
    if (!isImport && !(method === "GET" && id) && !(method === "DELETE" && fileId)) {
      return { kind: "nowhere" };
    }
    const ofOther = authorization === `Bearer ${OTHER_TOKEN}` ? "other-account" : "wrong-token";
    const why = authorization === undefined ? "no-token" : authorization === `Bearer ${TOKEN}` ? undefined : ofOther;
    const refused = why && refuse(why);
    if (refused) return { ...refused, ...(task && { task }) };
    if (isImport) return importFrom(body, refuse);
    if (fileId !== undefined) {
      const owner = tasks.find((one) => fileId === bodies.fileId(one) && isOver(one) && !one.isFailing);
      if (owner) deleted.add(owner);
      return owner ? { kind: "delete" } : { kind: "refusal", refusal: "unknown-file" };
    }
    if (task) return { kind: isOver(task) ? "end" : "poll", task };
    const isDecodable = /^[\w-]{11}$/.test(id ?? "");
    const invented = { ...newTask({ url: "https://example.com/cat.png" }), id: id ?? "" };
    return refuse(isDecodable ? "unknown-id" : "undecodable-id") ?? { kind: "poll", task: invented };
  }

  function importFrom(
    body: string,
    refuse: (refusal: Refusal) => Pick<Context, "kind" | "refusal"> | undefined,
  ): Understood {
    let json: Readonly<Record<string, unknown>>;
    try {
      json = JSON.parse(body);
    } catch {
      return { kind: "refusal", refusal: "bad-json" };
    }
    const missing = ["access", "url"].filter((name) => typeof json[name] !== "string");
    const lacking = missing.length > 0 ? refuse("missing-fields") : undefined;
    const refused =
      (lacking && { ...lacking, missing }) ??
      (bodies.ACCESS.includes(String(json["access"])) ? undefined : refuse("wrong-enum"));
    if (refused) return refused;
    const task = newTask(json);
    tasks.push(task);
    return { kind: "accept", task };
  }

  function newTask({ url, access, name, folderPath }: Readonly<Record<string, unknown>>): Task {
    const requestedAt = serverNow();
    const serial = tasks.length + 1;
    return {
      id: createId(serial),
      serial,
      isFailing: !URL.canParse(String(url)) || new URL(String(url)).hostname.endsWith(".invalid"),
      requestedAt,
      startedAt: requestedAt + pendingMs,
      completedAt: requestedAt + pendingMs + processingMs,
      access: String(access ?? "PRIVATE"),
      name: String(name ?? "cat"),
      folderPath: String(folderPath ?? "/library"),
    };
  }

  const serverNow = () => now() + aheadMs;
  const isOver = (task: Task) => serverNow() >= task.completedAt;

  function answerTo({ method, path, authorization, body }: Incoming): Twisted {
    asked.push({ method, path, ...(authorization !== undefined && { authorization }) });
    const understood = understand({ method, path, authorization, body });
    const { kind, task } = understood;
    const poll = task && (kind === "poll" || kind === "end") ? count(polls, task.id) : 0;
    const look = task && kind === "end" ? count(looks, task.id) : 0;
    const counts = { poll, look, request: asked.length };
    const version = VERSION.exec(path)?.[1] ?? "";
    const isDeleted = task !== undefined && deleted.has(task);
    const seen = { version, isDeleted, method, path, now: serverNow(), tasks, origin };
    const context = { ...understood, ...counts, ...seen };
    const plain = bodies.answer(context, twist.onBody);
    return twist.onAnswer?.(plain, context) ?? plain;
  }

  /** Answers of which a request on the wire only fetches the bytes. */
  const prepared = new Map<string, Twisted>();

  const server = createServer(async (request, response) => {
    const { method = "", url: path = "", headers: asks } = request;
    const body = await text(request);
    const { authorization, [PREPARED]: number } = asks;
    const known = typeof number === "string" ? prepared.get(number) : undefined;
    const answer = await (known ?? answerTo({ method, path, authorization, body }));
    if (typeof answer === "function") return answer(request.socket);
    response.sendDate = false;
    response.writeHead(answer.status, headersOf(answer)).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url: origin,
    asked,
    async fetch(input, init = {}) {
      const { pathname, search, origin: host } = new URL(String(input));
      if (host !== origin) return fetch(input, init);
      const { method = "GET", body } = init;
      const headers = init.headers as Readonly<Record<string, string>>;
      const { authorization } = headers;
      const answer = answerTo({ method, path: pathname + search, authorization, body: String(body ?? "") });
      init.signal?.throwIfAborted();
      if (isOrdinary(answer)) return responseOf(answer);
      const number = String(asked.length);
      prepared.set(number, answer);
      return fetch(input, { ...init, headers: { ...headers, [PREPARED]: number } });
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Names the answer that was prepared for a request. */
const PREPARED = "x-prepared-answer";

function headersOf({ status, headers, body }: Answer): Record<string, string> {
  const hasLength = headers["Transfer-Encoding"] !== "chunked" && status !== 204;
  return { ...headers, ...(hasLength && { "Content-Length": String(Buffer.byteLength(body)) }) };
}

/** Whether Node's client reads an answer as it was given: as text, complete, with nothing about it that is for the wire. */
function isOrdinary(answer: Twisted): answer is Answer {
  if (!("status" in answer)) return false;
  const { status, headers, body } = answer;
  const mayHaveBody = status >= 200 && ![204, 205, 304].includes(status);
  return (mayHaveBody || (status === 204 && body === "")) && !Object.keys(headers).some((name) => OF_WIRE.test(name));
}

const OF_WIRE = /^(connection|keep-alive|content-(encoding|length)|transfer-encoding|upgrade|trailer)$/i;

/** The answer as Node's server would send it. */
function responseOf(answer: Answer): Response {
  const headers = { ...headersOf(answer), Connection: "keep-alive", "Keep-Alive": "timeout=5" };
  return new Response(answer.status === 204 ? null : Buffer.from(answer.body), { status: answer.status, headers });
}

type Understood = Pick<Context, "kind" | "refusal" | "task" | "missing">;

/** What a path begins with; the same follows in every version. */
const VERSION = /^\/files\/(v3|2025-09|2026-03|2026-09)\//;

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function count(counts: Map<string, number>, key: string): number {
  const value = (counts.get(key) ?? 0) + 1;
  counts.set(key, value);
  return value;
}

/** Eight bytes of base64url, as HubSpot's own. */
function hubspotId(serial: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(75_676_812_386n + BigInt(serial));
  return bytes.toString("base64url");
}
