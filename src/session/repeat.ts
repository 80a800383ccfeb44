import CRC32 from "crc-32";
import type { Exchange } from "../exchange/exchange.js";
import type { Body, RequestHead } from "../exchange/request.js";
import { isReset, isSilent } from "../exchange/wire.js";
import { evictOldest } from "../lru.js";
import { type Effect, showsState } from "../scenario/effect.js";

/** How a request was sent, as far as a door knows. */
export interface Transport {
  /** Whether its connection has carried another request before. */
  readonly isReused: boolean;
  /** How often this transport sends a request in all, if each new connection is reset. */
  readonly attempts: number;
  /** How often it sends a request in all, if each response ends in its middle. */
  readonly attemptsAtBody: number;
}

/** A request whose connection was reset, and which its client's transport may send again by itself. */
export interface ResetRequest {
  /** The journal's number of the first attempt. */
  readonly id: number;
  readonly effect: Effect;
  readonly isInjected?: true;
  /** When the last attempt was reset, in epoch milliseconds of the client's time. */
  readonly at: number;
  readonly isReused: boolean;
  /** How many attempts there were. */
  readonly attempts: number;
}

/** A browser under load sent the next attempt within 40 ms. A client that backs off waits longer than this. */
const AT_ONCE_MS = 250;

/** More than a mock has clients at once. */
const MAX_RESETS = 1000;

/**
 * Returns the request that a transport has sent before, if this is another attempt at it.
 *
 * A client learns of a reset only when its transport gives up, so that every attempt before has to be reset. After a reset of a
 * reused connection, nearly every transport tries again. After a new connection, or half of a response, only some do, up to a
 * number of attempts and only for idempotent methods (RFC 9110, 9.2.2).
 *
 * @param at the client's time, in epoch milliseconds
 */
export function findRepeated(
  resets: ReadonlyMap<string, ResetRequest>,
  {
    method,
    key,
    at,
    transport,
  }: { readonly method: string; readonly key: string; readonly at: number; readonly transport: Transport },
): ResetRequest | undefined {
  const reset = resets.get(key);
  if (!reset || at - reset.at > AT_ONCE_MS) return undefined;
  const isCut = showsState(reset.effect);
  const attempts = isCut ? transport.attemptsAtBody : transport.attempts;
  const isTriedAgain = (reset.isReused && !isCut) || (method !== "POST" && reset.attempts < attempts);
  return isTriedAgain ? reset : undefined;
}

/** Remembers an attempt that was reset; removes the request once an attempt gets a response. */
export function noteAttempt(
  resets: Map<string, ResetRequest>,
  key: string,
  {
    exchange,
    id,
    at,
    transport,
  }: { readonly exchange: Exchange; readonly id: number; readonly at: number; readonly transport: Transport },
): void {
  const { isInjected } = exchange;
  const effect = resetIn(exchange);
  const before = exchange.repeatOf === undefined ? undefined : resets.get(key);
  resets.delete(key);
  if (!effect) return;
  const attempts = (before?.attempts ?? 0) + 1;
  resets.set(key, {
    id: before?.id ?? id,
    effect,
    at,
    isReused: transport.isReused,
    attempts,
    ...(isInjected && { isInjected }),
  });
  evictOldest(resets, MAX_RESETS);
}

/** Returns the effect that reset a response. It applies to the next attempt, too. */
function resetIn({ operation, response: { wire }, taskId }: Exchange): Effect | undefined {
  if (!isReset(wire)) return undefined;
  // An import that was accepted without a response is accepted at each attempt.
  const isAccepted = operation === "importFromUrl" && isSilent(wire.kind) && taskId !== undefined;
  return { wire: wire.kind, ...(isAccepted && { accepted: true }) };
}

/** Returns a key that all attempts at one request share, and that two clients hardly ever share. */
export function requestKey({ method, url, headers }: RequestHead, body: Body): string {
  const client = ["user-agent", "authorization", "x-mock-client", "x-mock-session"].map((name) => headers.get(name));
  const address = url.length > 300 ? CRC32.str(url) : url;
  return JSON.stringify([method, address, CRC32.str(JSON.stringify([client, "text" in body ? body.text : ""]))]);
}
