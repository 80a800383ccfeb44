import type { ErrorAnswer } from "../contract/hubspot-error.js";
import { matchOperation } from "../contract/operations.js";
import type { Body, RequestHead } from "../exchange/request.js";
import { splitReference } from "../scenario/reference.js";
import { fragmentOf, importUrlIn } from "../session/choose-scenario.js";
import { momentOf, readClock } from "../session/clock.js";
import { clientTime } from "../session/session.js";
import { chooseSession, DEFAULT_SESSION, splitSession } from "../session/session-name.js";
import type { World } from "../session/world.js";
import type { Worlds } from "../session/worlds.js";
import { idIn } from "./request-context.js";

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
