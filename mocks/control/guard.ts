import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import { forwardedNames } from "../proxy/forwarded.js";
import { isLoopback } from "../proxy/loopback.js";
import { proxySign } from "../proxy/sign.js";
import { Refused } from "./problem.js";

/** Who may steer the mock. */
export interface Guard {
  /** Names by which it may be called, through a proxy, too. */
  readonly allowedHosts: readonly string[];
  /** The address that it listens on, which is a good name where no proxy uses it. */
  readonly ownHost?: string;
  /** Whether a proxy says the truth of the name by which it was called. */
  readonly trustProxy?: boolean;
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
    allowedHosts: allowedHosts.map((name) => name.toLowerCase()),
    ownHost: (isIP(host) === 6 ? `[${host}]` : host).toLowerCase(),
    ...(demanded !== undefined && { token: demanded }),
  };
}

/** What says who sent a request of the control API, and by which way. */
export interface Caller {
  readonly headers: Headers;
  /** Name and port that were called on the last hop. */
  readonly host: string;
  /** The origin by which the client called the mock. */
  readonly origin?: string;
  readonly httpVersion?: string;
}

/**
 * Keeps out whom the developer did not let in. A page on the internet can send requests to this machine: by a name of
 * its own that resolves to 127.0.0.1, which `Host` gives away, or to `localhost`, which `Origin` gives away. A proxy may
 * send anybody's requests, and say `Host: 127.0.0.1` of all of them.
 *
 * @throws Refused
 */
export function requireAllowed(caller: Caller, guard: Guard): void {
  const { headers, host, origin: called } = caller;
  const { token } = guard;
  const sign = proxySign(headers, caller.httpVersion);
  // Whoever knows the token may come by any name.
  if (sign === undefined || token === undefined) requireName(hostname(host), host, guard);
  if (sign !== undefined && token === undefined) requireNamedThrough(sign, caller, guard);
  const origin = headers.get("origin");
  if (origin !== null && ![`http://${host}`, `https://${host}`, called].includes(origin)) {
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

function requireName(name: string | undefined, host: string, { allowedHosts, ownHost }: Guard): void {
  if (name !== undefined && (isLoopback(name) || name === ownHost || allowedHosts.includes(name))) return;
  throw new Refused(
    "forbidden-host",
    `The mock was called as "${host.slice(0, 100)}". Call it as localhost, or start it with --allow-host ${name ?? "NAME"}.`,
  );
}

/** Without a token, a proxy has to pass on the name by which it was called, and that one has to be allowed. */
function requireNamedThrough(
  sign: string,
  { headers, host }: Caller,
  { allowedHosts, trustProxy = false }: Guard,
): void {
  if (allowedHosts.includes(hostname(host) ?? "")) return;
  const names = trustProxy ? forwardedNames(headers) : [];
  // All of them: a proxy adds its own name to what its client made up.
  if (names.length > 0 && names.every((name) => allowedHosts.includes(name))) return;
  throw new Refused(
    "forbidden-proxy",
    `The call came through a proxy (${sign}), and so may be anybody's. Start the mock with --control-token, and send Authorization: Bearer TOKEN; or let the proxy pass on the Host by which it is called, and start the mock with --allow-host and that name.`,
  );
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
