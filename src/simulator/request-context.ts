import { type ErrorAnswer, invalidInput } from "../contract/hubspot-error.js";
import { API_ROOT, matchOperation, normalizePath, pathOf, type Route } from "../contract/operations.js";
import type { Exchange } from "../exchange/exchange.js";
import type { Body, RequestHead } from "../exchange/request.js";
import { splitReference } from "../scenario/reference.js";
import { fragmentOf, importUrlIn } from "../session/choose-scenario.js";
import { momentOf, readClock } from "../session/clock.js";
import { chooseSession, DEFAULT_SESSION, splitSession } from "../session/names.js";
import type { Allowance } from "../session/rate-limits.js";
import type { ResetRequest } from "../session/repeat.js";
import { clientTime, type World } from "../session/session.js";
import type { Worlds } from "../session/worlds.js";
import type { Unknowns } from "../task/status-body.js";
import { isSeed } from "../task/task-id.js";
import { percentDecoded } from "../text.js";
import type { Responder } from "./respond.js";

/** Where and when a request is handled. */
export interface RequestRoute {
  readonly world: World;
  /** Scheme, host, port and prefix of the request's address. */
  readonly base: string;
  /** The path of the API, without any prefix. */
  readonly path: string;
  /** The request's own moment, in epoch milliseconds. */
  readonly now: number;
  /** What the session's clock shows. */
  readonly shown: number;
  /** The client's time, as in the journal. */
  readonly clientAt: number;
  /** The end of a new task's id: `@anna` where nothing but the task names the session anna. */
  readonly idSuffix: string;
  /** Set if the request names an invalid session or moment. */
  readonly rejected: ErrorAnswer | undefined;
}

/** Scheme, host and port of a request, and its path behind the prefix. */
export interface RequestAddress {
  readonly origin: string;
  readonly path: string;
}

/**
 * @param instant what the simulator's clock shows, in epoch milliseconds
 * @param prefix what the address has before the API's path, where a door knows that
 */
export function routeRequest(
  request: RequestHead,
  body: Body,
  {
    worlds,
    basePath,
    instant,
    prefix = basePath,
    address = parsedAddress(request, prefix),
  }: {
    readonly worlds: Worlds;
    readonly basePath: string;
    readonly instant: number;
    readonly prefix?: string;
    readonly address?: RequestAddress;
  },
): RequestRoute {
  const { origin } = address;
  const { prefix: ofSession, name, path } = splitSession(address.path);
  const chosen = chooseSession(request, name, () => sessionOfTask(request, { path, body, worlds: () => worlds.all() }));
  const world = worlds.get("name" in chosen ? chosen.name : DEFAULT_SESSION);
  const { session } = world;
  const shown = readClock(session.clock, instant);
  const moment = momentOf(request, shown);
  const now = "now" in moment ? moment.now : shown;
  session.aheadMs = Math.max(session.aheadMs, now - shown);
  const clientAt = clientTime(session, instant);
  const rejected = "rejection" in chosen ? chosen.rejection : "rejection" in moment ? moment.rejection : undefined;
  const idSuffix = "name" in chosen && chosen.isOfTask ? `@${chosen.name}` : "";
  return {
    world,
    base: origin + prefix + ofSession,
    path,
    now,
    shown,
    clientAt,
    idSuffix,
    rejected,
  };
}

function parsedAddress({ url }: RequestHead, prefix: string): RequestAddress {
  const { origin, pathname } = new URL(url);
  return { origin, path: withoutPrefix(pathname, prefix) };
}

/** Returns a path without its prefix; unchanged if it does not begin with the prefix. */
export function withoutPrefix(path: string, prefix: string): string {
  return pathBehind(prefix, path) ?? path;
}

/**
 * Returns a path without its base path. The two may differ in spelling: in doubled slashes, and in which characters are
 * percent-encoded.
 *
 * @param basePath begins with a slash and does not end in one; empty if there is none
 * @returns undefined if the path does not begin with the base path
 * @example pathBehind("/b%C3%BCro", "//b%c3%bcro/files/v3/files/1"); // "/files/v3/files/1"
 */
export function pathBehind(basePath: string, pathname: string): string | undefined {
  if (pathname.startsWith(`${basePath}/`)) return pathname.slice(basePath.length);
  let rest = pathname;
  for (const segment of basePath.split("/")) {
    if (segment === "") continue;
    const [, slashes = "", given = ""] = /^(\/+)([^/]+)(?=\/)/.exec(rest) ?? [];
    if (decoded(given) !== decoded(segment)) return undefined;
    rest = rest.slice(slashes.length + given.length);
  }
  return rest;
}

/** Decodes a segment, encoded slashes included: servers compare paths segment by segment. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Bytes that are not UTF-8 are compared in their encoded form.
    return segment.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase());
  }
}

/**
 * Returns the session that a request names by its scenario, its task's id or the file that it deletes: `canceled@anna` is
 * anna's. So two people whose app has only one token need not share a session.
 *
 * @param worlds returns all sessions, to find that of a file
 */
function sessionOfTask(
  { method, headers }: RequestHead,
  { path, body, worlds }: { readonly path: string; readonly body: Body; readonly worlds: () => readonly World[] },
): string | undefined {
  const header = headers.get("x-mock-scenario") ?? "";
  const ofHeader = header === "" ? undefined : splitReference(header).session;
  if (ofHeader !== undefined) return ofHeader;
  // Most requests are polls whose id names no session: they cost one search of their path.
  if (method === "GET" && !/@|%(25)*40/.test(path)) return undefined;
  const route = matchOperation(method, path);
  switch (route.operation) {
    case "importFromUrl":
      return splitReference(fragmentOf(importUrlIn(body)) ?? "").session;
    case "checkImportStatus":
      return splitReference(idIn(route)).session;
    case "deleteFile":
      return worlds().find((world) => hasShown(world, idIn(route)))?.name;
    default:
      return undefined;
  }
}

/** Whether a task that names the session has shown the file. Sessions with the same seed have files with the same ids. */
function hasShown({ name, session }: World, fileId: string): boolean {
  if (!session.files.has(fileId)) return false;
  return session.tasks.list().some(({ id, file }) => file?.id === fileId && splitReference(id).session === name);
}

/** One request, read to its end, at one moment. */
export interface RequestContext {
  readonly request: RequestHead;
  /** Scheme, host, port and base path of the request: links in the response begin with it. */
  readonly base: string;
  /** The path of the API, without any prefix. */
  readonly path: string;
  readonly body: Body;
  /** The request's moment, in epoch milliseconds. */
  readonly now: number;
  /** What the session's clock shows. Rate limits count by it, not by the request's own moment. */
  readonly shown: number;
  /** The end of the id of a task that begins now. */
  readonly idSuffix: string;
  readonly respond: Responder;
  /** The session's limits, and how much of them is used. */
  readonly allowance: Allowance;
  /** The request that this one repeats: the same effect applies, and it is not counted. */
  readonly repeated: ResetRequest | undefined;
}

/** The part of an exchange that its operation decides. */
export type Outcome = Pick<Exchange, "response"> &
  Partial<Pick<Exchange, "violations" | "scenario" | "taskId" | "underWay" | "state" | "effect" | "isInjected">>;

/** The route of a request that names a task or a file. */
export type IdRoute = Extract<Route, { id: string }>;

/** Returns the id in a path, decoded; unchanged if its encoding is invalid. */
export function idIn({ id }: IdRoute): string {
  return id.includes("%") ? percentDecoded(id) : id;
}

/** What the link of a response begins with. */
export interface LinkTarget {
  /** As in the request's context. */
  readonly base: string;
  /** The version, such as `/files/v3`. */
  readonly root: string;
}

export function linkTarget(
  { statusLink }: Unknowns,
  { base, path }: Pick<RequestContext, "base" | "path">,
): LinkTarget {
  return { base, root: statusLink === "requested" ? normalizePath(path).split("/", 3).join("/") : API_ROOT };
}

/** Returns the address of a task's status. */
export function statusLinkOf({ base, root }: LinkTarget, id: string): string {
  // A semicolon and an equals sign may stand in a path unencoded.
  return base + pathOf("checkImportStatus", encodeURIComponent(id).replace(/%3B|%3D/g, decodeURIComponent), root);
}

/** Reads the seed that a request gives its task, if any. */
export function seedHeader(request: RequestHead): { readonly seed?: number } | { readonly rejection: ErrorAnswer } {
  const text = request.headers.get("x-mock-seed");
  if (text === null) return {};
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (isSeed(seed)) return { seed };
  const message = `X-Mock-Seed: "${text.slice(0, 60)}" is not a seed. Send a whole number from 0 to 4294967295.`;
  return { rejection: invalidInput({ message, code: "INVALID_SEED", in: "X-Mock-Seed" }) };
}
