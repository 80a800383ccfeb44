import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { Refused } from "./problem.js";

/** Who may steer the mock. */
export interface Guard {
  /** Names by which it may be called, beside those of this machine's loopback. */
  readonly allowedHosts: readonly string[];
  /** Demanded as a bearer token where it is set. */
  readonly token?: string;
}

export interface GuardOptions {
  /** Default: none on loopback; off loopback a random one. */
  readonly token?: string;
  /** Names by which the mock may be called, beside those of this machine's loopback and the address it listens on. */
  readonly allowedHosts?: readonly string[];
}

/** @param host the address that the mock listens on */
export function guardOf(host: string, { token, allowedHosts = [] }: GuardOptions = {}): Guard {
  const demanded = token ?? (isLoopback(host) ? undefined : randomBytes(24).toString("base64url"));
  return {
    allowedHosts: [...allowedHosts, isIP(host) === 6 ? `[${host}]` : host].map((name) => name.toLowerCase()),
    ...(demanded !== undefined && { token: demanded }),
  };
}

/**
 * Keeps out whom the developer did not let in. A page on the internet can send requests to this machine: by a name of
 * its own that resolves to 127.0.0.1, which `Host` gives away, or to `localhost`, which `Origin` gives away.
 *
 * @throws Refused
 */
export function requireAllowed(headers: Headers, { allowedHosts, token }: Guard): void {
  const host = headers.get("host") ?? "";
  const name = hostname(host);
  if (name === undefined || !(isLoopback(name) || allowedHosts.includes(name))) {
    throw new Refused(
      "forbidden-host",
      `The mock was called as "${host.slice(0, 100)}". Call it as localhost, or start it with --allow-host ${name ?? "NAME"}.`,
    );
  }
  const origin = headers.get("origin");
  if (origin !== null && origin !== `http://${host}` && origin !== `https://${host}`) {
    throw new Refused(
      "forbidden-origin",
      `A page of ${origin.slice(0, 100)} may not steer the mock. Call it from a page of its own, or from no page.`,
    );
  }
  if (token !== undefined && !isSame(/^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1] ?? "", token)) {
    throw new Refused(
      "wrong-token",
      "The control token is missing or wrong. Send Authorization: Bearer TOKEN; the mock printed it when it started.",
    );
  }
}

/**
 * Whether a name or address means this machine alone.
 *
 * @example isLoopback("127.8.9.1"); // true
 */
function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** The name in a `Host` header, in lower case; undefined where it is no name. An address of IPv6 keeps its brackets. */
function hostname(host: string): string | undefined {
  return /^(\[[\da-f:]+\]|[\da-z_.-]+)(:\d{1,5})?$/.exec(host.toLowerCase())?.[1];
}

/** In a time that does not tell how much of the token was right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
