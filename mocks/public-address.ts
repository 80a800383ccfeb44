import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";
import type { RequestHead } from "../src/exchange/request.js";
import { withoutPrefix } from "../src/simulator/request-context.js";
import { withoutTrailing } from "../src/text.js";
import { requireAddress, UserError } from "../src/user-error.js";

/** How a mock behind a proxy determines the address that its clients use. */
export interface AddressOptions {
  /**
   * The address that all clients use, such as `https://mock.test/hubspot`: every link begins with it. Default: the address
   * of each request.
   */
  readonly publicUrl?: string;
  /** Whether to take the address from a proxy's `Forwarded` or `X-Forwarded-*` headers. Default false. */
  readonly trustProxy?: boolean;
}

/** The address that a request's client used, before any proxy changed it. */
export interface Address {
  /** Scheme, host and port. */
  readonly origin: string;
  /** The path prefix before the mock's own paths; without a trailing slash. */
  readonly prefix: string;
  readonly path: string;
  readonly search: string;
  /** All of it. */
  readonly url: string;
}

/**
 * Normalizes the address with which links begin; without a trailing slash.
 *
 * @throws UserError `invalid-option`
 * @example publicAddress("HTTPS://Mock.test:443/hubspot/"); // "https://mock.test/hubspot"
 */
export function publicAddress(text: string): string {
  requireAddress("publicUrl", text);
  const { origin, pathname, search, hash, username, password } = new URL(text);
  if (`${search}${hash}${username}${password}` === "" && !/[?#]/.test(text))
    return origin + withoutTrailing("/", pathname);
  const sentence = `publicUrl must be an origin, with a path if needed; got ${JSON.stringify(text)}.`;
  throw new UserError("invalid-option", `${sentence} Write one such as https://mock.test/hubspot.`);
}

/**
 * Returns a function that reads the addresses of requests.
 *
 * @param basePath the path prefix before the mock's own paths, unless a proxy states another
 */
export function createAddressReader({
  publicUrl,
  trustProxy = false,
  basePath = "",
}: AddressOptions & { readonly basePath?: string }): (request: RequestHead, incoming: IncomingMessage) => Address {
  const fixed = publicUrl === undefined ? undefined : new URL(publicUrl);
  const usual = [fixed?.pathname ?? basePath].flatMap((path) => withoutTrailing("/", path) || []);
  // Clients poll the same address again and again: parsing it each time took 7 % of a poll's time (npm run bench).
  let latest: { readonly host: string | undefined; readonly target: string; readonly address: Address } | undefined;
  return (request, incoming) => {
    const { url: target = "", headers } = incoming;
    if (latest && latest.target === target && latest.host === headers.host) return latest.address;
    const plain = trustProxy ? undefined : plainAddress(incoming);
    if (plain && !fixed) {
      latest = { host: headers.host, target, address: addressOf(plain, { origin: plain.origin, prefixes: usual }) };
      return latest.address;
    }
    const own = ownAddress(request, incoming);
    if (fixed) return addressOf(own, { origin: fixed.origin, prefixes: usual });
    if (!trustProxy) return addressOf(own, { origin: own.origin, prefixes: usual });
    const { prefixes, ...forwarded } = readForwarded(request.headers);
    const { origin } = originBehind(own, forwarded, incoming);
    return addressOf(own, { origin, prefixes: prefixes.length > 0 ? prefixes : usual });
  };
}

/**
 * Normalizes a request's address before it is parsed: scheme and host may be in upper case, and the host may have percent
 * escapes or an empty port. The raw headers stay as they were sent.
 */
export function tidyAddress(incoming: IncomingMessage): void {
  const { url = "/", headers } = incoming;
  if (!url.startsWith("/")) incoming.url = url.replace(/^https?:/i, (scheme) => scheme.toLowerCase());
  if (headers.host && !/^[a-z\d.-]+(:\d+)?$/.test(headers.host)) headers.host = parseHost(headers.host) ?? headers.host;
}

/** Nearly all paths have this form, which `URL` would leave unchanged. */
const PLAIN_PATH = /^(?:\/[\w@;=~-]+)+$/;

/** Hosts of this form are in a URL as they stand. */
const PLAIN_HOST = /^[a-z][a-z\d.-]*(?::\d+)?$|^127\.0\.0\.1:\d+$/;

/** The latest valid host: clients send the same one with each request. */
let known = { host: "", origin: "" };

/** Returns the origin of a plain host as `URL` has it; undefined for a host that needs normalizing. */
export function plainOrigin(host: string): string | undefined {
  // The port may be too large, or a name that begins with xn-- invalid.
  if (host !== known.host && PLAIN_HOST.test(host) && URL.canParse(`http://${host}`)) {
    known = { host, origin: new URL(`http://${host}`).origin };
  }
  return host === known.host && host !== "" ? known.origin : undefined;
}

/** Parses a plain address without `URL`: 0.2 µs in place of 3, of 34 for a poll (npm run bench). */
function plainAddress({
  url = "",
  headers: { host = "" },
}: IncomingMessage): Pick<URL, "origin" | "pathname" | "search"> | undefined {
  const origin = PLAIN_PATH.test(url) ? plainOrigin(host) : undefined;
  return origin === undefined ? undefined : { origin, pathname: url, search: "" };
}

/** Returns the address that the last hop used; the mock's own if the Host header is missing, as in HTTP/1.0, or invalid. */
function ownAddress({ url }: Pick<RequestHead, "url">, { headers, url: target = "", socket }: IncomingMessage): URL {
  if (!target.startsWith("/") || (headers.host && URL.canParse(url))) return new URL(url);
  const { localAddress = "127.0.0.1", localPort } = socket;
  return new URL(`http://${localAddress.includes(":") ? `[${localAddress}]` : localAddress}:${localPort}${target}`);
}

function originBehind(
  own: URL,
  { protocol, host, port }: Omit<Forwarded, "prefixes">,
  { socket }: IncomingMessage,
): URL {
  // The proxy used the mock's own address, and does not state its client's. The mock has no TLS, so ignore the protocol.
  const isOwn = isLoopback(own.hostname) || own.hostname === socket.localAddress;
  if (host === undefined && isOwn && Number(own.port || 80) === socket.localPort) return own;
  const origin = new URL(`${protocol ?? own.protocol.slice(0, -1)}://${host ?? own.host}`);
  const isNamed = /:\d+$/.test(host ?? own.host);
  if (port !== undefined && !isNamed) origin.port = port;
  // If one proxy ends TLS and the next one states its own port, that is a port of plain HTTP.
  if (origin.port === (origin.protocol === "https:" ? "80" : "443")) origin.port = "";
  return origin;
}

/** Removes the prefixes from a path. Each proxy may have removed its own already; of several, the outer ones first. */
function addressOf(
  { pathname, search }: Pick<URL, "pathname" | "search">,
  { origin, prefixes }: Pick<Address, "origin"> & { readonly prefixes: readonly string[] },
): Address {
  if (prefixes.length === 0) return { origin, prefix: "", path: pathname, search, url: origin + pathname + search };
  const passed = prefixes.map((_, index) => prefixes.slice(index).join(""));
  const path = passed.map((prefix) => withoutPrefix(pathname, prefix)).find((rest) => rest !== pathname) ?? pathname;
  const prefix = prefixes.join("");
  return { origin, prefix, path, search, url: origin + prefix + path + search };
}

/** The client's address as stated by proxies. Missing or malformed parts are absent. */
export interface Forwarded {
  readonly protocol?: "http" | "https";
  /** Name or IP address, with an optional port, as in a URL. */
  readonly host?: string;
  readonly port?: string;
  /** The path prefixes, outermost first; each with a leading slash and without a trailing one. */
  readonly prefixes: readonly string[];
}

/**
 * Reads `Forwarded` (RFC 7239), and the parts missing there from `X-Forwarded-Proto`, `-Host`, `-Port` and `-Prefix`. The
 * first of several proxies is the one next to the client.
 *
 * @throws never; omits malformed parts
 * @example readForwarded(new Headers({ Forwarded: 'host="mock.test:8443";proto=https' })); // { protocol: "https", host: "mock.test:8443", prefixes: [] }
 */
export function readForwarded(headers: Pick<Headers, "get">): Forwarded {
  const elements = parseForwarded(headers.get("forwarded") ?? "");
  const stated = (name: string) => [
    ...elements.flatMap((element) => element.get(name) ?? []),
    ...listOf(headers, `x-forwarded-${name}`),
  ];
  const protocol = first(stated("proto"), protocolIn);
  const host = first(stated("host"), shownHost);
  const port = first(listOf(headers, "x-forwarded-port"), portIn);
  return {
    ...(protocol && { protocol }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    // Each proxy states the prefix that it removed itself, so they are all needed.
    prefixes: listOf(headers, "x-forwarded-prefix").flatMap((text) => prefixIn(text) ?? []),
  };
}

/** Returns all hosts in the forwarding headers, in lower case and without port. */
export function forwardedNames(headers: Pick<Headers, "get">): readonly string[] {
  const elements = parseForwarded(headers.get("forwarded") ?? "");
  const hosts = [...elements.flatMap((element) => element.get("host") ?? []), ...listOf(headers, "x-forwarded-host")];
  return hosts.map((host) => (parseHost(host) ?? host).replace(/:\d+$/, ""));
}

/** An optional pair and its separator: a semicolon within an element, a comma between two. */
const PAIR = /[ \t]*(?:([!#$%&'*+.^_`|~\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*))[ \t]*)?(?:([,;])|$)/y;

/**
 * Parses a `Forwarded` header up to the first malformed part. Each proxy has one element, with names in lower case. Accepts
 * unquoted values such as `host=mock.test:8443`, for which RFC 7239 requires quotes.
 *
 * @example parseForwarded('for="[::1]";proto=https, for=unknown').map((element) => element.get("for")); // ["[::1]", "unknown"]
 */
export function parseForwarded(header: string): readonly ReadonlyMap<string, string>[] {
  const elements = [new Map<string, string>()];
  for (let position = 0; position < header.length; position = PAIR.lastIndex) {
    PAIR.lastIndex = position;
    const match = PAIR.exec(header);
    if (!match) break;
    const [, name, quoted, token = "", divider] = match;
    const element = elements.at(-1);
    const key = name?.toLowerCase();
    if (key !== undefined && !element?.has(key)) element?.set(key, quoted?.replace(/\\(.)/g, "$1") ?? token);
    if (divider === ",") elements.push(new Map());
    if (divider === undefined) break;
  }
  return elements.filter(({ size }) => size > 0);
}

function listOf(headers: Pick<Headers, "get">, name: string): readonly string[] {
  const parts = (headers.get(name) ?? "").split(",").map((part) => part.trim());
  return parts.filter((part) => part !== "");
}

function first<Value>(texts: readonly string[], read: (text: string) => Value | undefined): Value | undefined {
  for (const text of texts) {
    const value = read(text);
    if (value !== undefined) return value;
  }
  return undefined;
}

function protocolIn(text: string): Forwarded["protocol"] {
  const protocol = text.toLowerCase();
  return protocol === "http" || protocol === "https" ? protocol : undefined;
}

/** Parses a host, unless the proxy hides it as `unknown` or by a leading underscore: no browser could resolve these. */
function shownHost(text: string): string | undefined {
  return /^(unknown(:|$)|_)/i.test(text) ? undefined : parseHost(text);
}

/**
 * Normalizes a host as URLs do: in lower case, without percent escapes, without an empty port.
 *
 * @returns undefined for an invalid host
 * @example parseHost("M%6Fck.test:"); // "mock.test"
 */
function parseHost(text: string): string | undefined {
  const [, name = "", port = ""] = /^([\w.%-]+|\[[\da-f:.]+\])(?::(\d*))?$/i.exec(text) ?? [];
  if (!/[a-z\d:]/i.test(name) || !URL.canParse(`http://${name}`)) return undefined;
  const { hostname } = new URL(`http://${name}`);
  if (port === "") return hostname;
  const read = portIn(port);
  return read === undefined ? undefined : `${hostname}:${read}`;
}

function portIn(text: string): string | undefined {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port > 0 && port < 65_536 ? `${port}` : undefined;
}

function prefixIn(text: string): string | undefined {
  const prefix = text.replace(/\/$/, "");
  if (!/^(\/[\w.~!$&'()*+;=:@%-]+)+$/.test(prefix)) return undefined;
  return /\/(\.|%2e){1,2}(\/|$)/i.test(prefix) ? undefined : prefix;
}

/**
 * Whether a host name or IP address is this machine's loopback.
 *
 * @example isLoopback("127.8.9.1"); // true
 */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
