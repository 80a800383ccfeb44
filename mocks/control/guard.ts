import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { Line } from "../../src/exchange/wire.js";
import { evictOldest } from "../../src/lru.js";
import { proxySign } from "../incoming.js";
import { forwardedNames, isLoopback } from "../public-address.js";
import { Rejected } from "./operations.js";

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
    const sentence = `A page of another origin (Sec-Fetch-Site: ${site.slice(0, 100)}) must not send requests to the control API.`;
    throw new Rejected(
      "forbidden-origin",
      `${sentence} Type the URL in the browser, or send the request from a page of the mock.`,
    );
  }
  const referrer = site === null ? headers.get("referer") : null;
  const page = headers.get("origin") ?? (referrer === null ? null : originOf(referrer));
  if (page === null || [`http://${host}`, `https://${host}`, called].includes(page)) return;
  throw new Rejected(
    "forbidden-origin",
    `A page of ${page.slice(0, 100)} must not control the mock. Send the request from a page of the mock, or from a program that sends no Origin header.`,
  );
}

/** Requires that a browser says from which page a request comes; which ones may, `requireAllowed` has decided. @throws Refused */
export function requirePage({ headers }: Caller): void {
  if (headers.has("sec-fetch-site") || headers.has("origin")) return;
  throw new Rejected(
    "forbidden-origin",
    "The request has a browser's cookie, but neither Origin nor Sec-Fetch-Site. Send Authorization: Bearer TOKEN instead of the cookie.",
  );
}

function originOf(referrer: string): string {
  return URL.canParse(referrer) ? new URL(referrer).origin : referrer;
}

function requireName(name: string | undefined, host: string, { allowedHosts, ownHost }: Guard): void {
  if (name !== undefined && (isLoopback(name) || name === ownHost || allowedHosts.includes(name))) return;
  throw new Rejected(
    "forbidden-host",
    `The host "${host.slice(0, 100)}" of the request is not allowed. Use localhost, or start the mock with --allow-host ${name ?? "NAME"}.`,
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
  throw new Rejected(
    "forbidden-proxy",
    `The request came through a proxy (${sign}), so anyone may have sent it. Start the mock with --control-token, and send Authorization: Bearer TOKEN. Or let the proxy forward the Host header unchanged, and start the mock with --allow-host and that host.`,
  );
}

/** The name in a `Host` header, in lower case; undefined where it is no name. An address of IPv6 keeps its brackets. */
function hostname(host: string): string | undefined {
  return /^(\[[\da-f:]+\]|[\da-z_.-]+)(:\d{1,5})?$/.exec(host.toLowerCase())?.[1];
}

/** A wrong control token. */
export interface Guess {
  /** The address that sent it: a proxy's own, where there is one. */
  readonly from: string;
  /** How many came without a quiet minute between them, this one included. */
  readonly count: number;
  /** How long its answer is held back. */
  readonly delayMs: number;
}

export interface GuessOptions {
  readonly now: () => number;
  readonly wait: NonNullable<Line["wait"]>;
  /** Called for the first, second, fourth, eighth … of wrong tokens: a guesser must not fill the log. */
  readonly onGuess?: ((guess: Guess) => void) | undefined;
}

/** What demands the control token. */
export interface TokenCheck {
  /** @throws Refused where the token is missing or wrong */
  readonly require: (sent: Sent) => Promise<void>;
  /** Takes the token once. @returns what stands for it in the browser's cookie from now on @throws Refused for a wrong one */
  readonly signIn: (token: string, sent: Sent) => Promise<string>;
  /** Whether a cookie's value stands for the token. */
  readonly knows: (value: string | undefined) => boolean;
}

/** A request, its client's address, and when it goes. */
export interface Sent {
  readonly headers: Headers;
  readonly from: string;
  readonly signal: AbortSignal;
}

/** A developer may mistype a token so often without a wait. */
const FREE = 5;
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 5000;
const QUIET_MS = 60_000;
/** Each costs a connection and some memory. */
const MAX_HELD = 256;
/** More browsers than a team has. */
const MAX_SIGNED_IN = 100;

/**
 * Creates what demands the control token. The answer to a wrong one is held back, the longer the more of them come, whoever
 * sends them; a right one is answered at once, whatever others send, and so no guesser can keep the developer out.
 */
export function createTokenCheck(token: string, { now, wait, onGuess }: GuessOptions): TokenCheck {
  const signedIn = new Set<string>();
  let count = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let held = 0;

  async function holdBack({ from, signal }: Sent): Promise<void> {
    const at = now();
    count = at - lastAt > QUIET_MS ? 1 : count + 1;
    lastAt = at;
    const delayMs = count <= FREE ? 0 : Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (count - FREE - 1));
    if (Number.isInteger(Math.log2(count))) onGuess?.({ from, count, delayMs });
    if (delayMs === 0 || held >= MAX_HELD) return;
    held += 1;
    await wait(delayMs, signal);
    held -= 1;
  }

  async function requireToken(given: string | undefined, sent: Sent): Promise<void> {
    if (given !== undefined && isSame(given, token)) return;
    if (given !== undefined) await holdBack(sent);
    throw new Rejected("wrong-token", `The control token is ${given === undefined ? "missing" : "wrong"}. ${ADVICE}`);
  }

  return {
    require: (sent) => requireToken(/^Bearer (.+)$/i.exec(sent.headers.get("authorization") ?? "")?.[1], sent),
    async signIn(given, sent) {
      await requireToken(given, sent);
      const value = randomBytes(24).toString("base64url");
      signedIn.add(value);
      evictOldest(signedIn, MAX_SIGNED_IN);
      return value;
    },
    knows: (value) => value !== undefined && signedIn.has(value),
  };
}

const ADVICE =
  "It is the value of --control-token or of the environment variable IMPORT_KIT_CONTROL_TOKEN with which the mock was started. Without either, the mock printed a token on its terminal when it started. Send it as Authorization: Bearer TOKEN, or open /__mock/ in a browser and type it in.";

/** In a time that does not tell how much of the token was right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
