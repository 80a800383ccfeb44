import CRC32 from "crc-32";
import type { Exchange } from "../exchange/exchange.js";
import type { Body, RequestHead } from "../exchange/request.js";
import { isReset, isSilent } from "../exchange/wire.js";
import { evictOldest } from "../lru.js";
import { type Effect, showsState } from "../scenario/effect.js";

/** What a door knows of how a request was sent. */
export interface Transport {
  /** Whether its connection has carried another request before. */
  readonly isReused: boolean;
  /** How often this transport sends a request in all, if even new connections are reset. */
  readonly attempts: number;
  /** How often it does where each time half of the answer comes. */
  readonly attemptsAtBody: number;
}

/** A request whose connection was reset, and which its client's transport may send again by itself. */
export interface ResetRequest {
  /** The first attempt's number in the journal. */
  readonly id: number;
  readonly effect: Effect;
  readonly isInjected?: true;
  /** When the last attempt was reset for the client, in epoch milliseconds. */
  readonly at: number;
  readonly isReused: boolean;
  /** How many there were. */
  readonly attempts: number;
}

/** Under load a browser took up to 40 ms; no client that backs off at all waits less than this. */
const AT_ONCE_MS = 250;

/** More clients at once than a mock has. */
const MAX_RESETS = 1000;

/**
 * The request that a transport has sent before, if this is another attempt at it.
 *
 * A client learns of a reset only once its transport gives up, and until then every attempt has to be reset. After a reused
 * connection nearly every transport tries another; after a new one, or after half of an answer, those do that try a request
 * so many times in all, where the method is idempotent (RFC 9110, 9.2.2).
 *
 * @param at when it is for the client
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

/** Remembers an attempt that was reset, or that one was answered. */
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

/** The effect that reset a response, so that it applies to the next attempt, too. */
function resetIn({ operation, response: { wire }, taskId }: Exchange): Effect | undefined {
  if (!isReset(wire)) return undefined;
  // An import that was accepted without a response is accepted each time that it arrives.
  const isAccepted = operation === "importFromUrl" && isSilent(wire.kind) && taskId !== undefined;
  return { wire: wire.kind, ...(isAccepted && { accepted: true }) };
}

/** What two attempts at one request have in common, and hardly ever two clients. */
export function requestKey({ method, url, headers }: RequestHead, body: Body): string {
  const client = ["user-agent", "authorization", "x-mock-client", "x-mock-session"].map((name) => headers.get(name));
  const address = url.length > 300 ? CRC32.str(url) : url;
  return JSON.stringify([method, address, CRC32.str(JSON.stringify([client, "text" in body ? body.text : ""]))]);
}
