import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import { forwardedNames } from "../proxy/forwarded.js";
import { isLoopback } from "../proxy/loopback.js";
import { proxySign } from "../proxy/sign.js";
import { Refused } from "./refused.js";

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
  const { headers, host } = caller;
  // First: most of what is denied comes from a page, which may send it in a loop.
  requireOwnPage(caller);
  const sign = proxySign(headers, caller.httpVersion);
  // Whoever knows the token may come by any name.
  if (sign === undefined || guard.token === undefined) requireName(hostname(host), host, guard);
  if (sign !== undefined && guard.token === undefined) requireNamedThrough(sign, caller, guard);
}

/**
 * Denies what a page of another origin makes a browser send. With an image, a script, a frame or a link no `Origin` is
 * sent, and then `Sec-Fetch-Site` says it, where the browser is not from before 2023 and the mock's address is https or
 * this machine's loopback; where it does not, `Referer` does, which a page can leave out.
 */
function requireOwnPage({ headers, host, origin: called }: Caller): void {
  const site = headers.get("sec-fetch-site");
  // "none" is an address that a person typed, or opened from outside the browser.
  if (site !== null && site !== "same-origin" && site !== "none") {
    const sentence = `A page of another origin (Sec-Fetch-Site: ${site.slice(0, 100)}) may not reach the control API.`;
    throw new Refused("forbidden-origin", `${sentence} Type the address, or call it from a page of the mock's own.`);
  }
  const referrer = site === null ? headers.get("referer") : null;
  const page = headers.get("origin") ?? (referrer === null ? null : originOf(referrer));
  if (page === null || [`http://${host}`, `https://${host}`, called].includes(page)) return;
  throw new Refused(
    "forbidden-origin",
    `A page of ${page.slice(0, 100)} may not steer the mock. Call it from a page of its own, or from no page.`,
  );
}

/** Requires that a browser says from which page a request comes; which ones may, `requireAllowed` has decided. @throws Refused */
export function requirePage({ headers }: Caller): void {
  if (headers.has("sec-fetch-site") || headers.has("origin")) return;
  throw new Refused(
    "forbidden-origin",
    "The call has a browser's cookie, but neither Origin nor Sec-Fetch-Site. Send Authorization: Bearer TOKEN in place of the cookie.",
  );
}

function originOf(referrer: string): string {
  return URL.canParse(referrer) ? new URL(referrer).origin : referrer;
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
