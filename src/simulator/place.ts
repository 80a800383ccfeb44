import type { ErrorAnswer } from "../task/hubspot-error.js";
import { pathBehind } from "./base-path.js";
import { chooseSession, DEFAULT_SESSION, splitSession } from "./choose-session.js";
import { momentOf } from "./clock-header.js";
import { readClock } from "./control/clock.js";
import type { Body } from "./read-body.js";
import type { RequestHead } from "./request-head.js";
import { clientTime } from "./session.js";
import { sessionOfTask } from "./session-of-task.js";
import type { World } from "./world.js";
import type { Worlds } from "./worlds.js";

/** Where and when a call is answered. */
export interface Place {
  readonly world: World;
  /** Scheme, host, port and prefix that the client called. */
  readonly base: string;
  /** The path of the API, without any prefix. */
  readonly path: string;
  /** The call's own moment, in epoch milliseconds. */
  readonly now: number;
  /** What the session's clock shows. */
  readonly shown: number;
  /** When it is for the client, as the journal has it. */
  readonly clientAt: number;
  /** What the id of a task that begins here has at its end: `@anna` where nothing but the task says that it is anna's. */
  readonly idSuffix: string;
  /** Set where the call asks for a session or a moment that cannot be. */
  readonly refused: ErrorAnswer | undefined;
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
export function placeOf(
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
): Place {
  const { origin } = address;
  const { prefix: ofSession, name, path } = splitSession(address.path);
  const chosen = chooseSession(request, name, () => sessionOfTask(request, { path, body, worlds: worlds.all }));
  const world = worlds.get("name" in chosen ? chosen.name : DEFAULT_SESSION);
  const { session } = world;
  const shown = readClock(session.clock, instant);
  const moment = momentOf(request, shown);
  const now = "now" in moment ? moment.now : shown;
  session.aheadMs = Math.max(session.aheadMs, now - shown);
  const clientAt = clientTime(session, instant);
  const refused = "refusal" in chosen ? chosen.refusal : "refusal" in moment ? moment.refusal : undefined;
  const idSuffix = "name" in chosen && chosen.isOfTask ? `@${chosen.name}` : "";
  return {
    world,
    base: origin + prefix + ofSession,
    path,
    now,
    shown,
    clientAt,
    idSuffix,
    refused,
  };
}

function parsedAddress({ url }: RequestHead, prefix: string): RequestAddress {
  const { origin, pathname } = new URL(url);
  return { origin, path: withoutPrefix(pathname, prefix) };
}

/** A path behind a prefix; as it stands where it does not begin so. */
export function withoutPrefix(path: string, prefix: string): string {
  return pathBehind(prefix, path) ?? path;
}
