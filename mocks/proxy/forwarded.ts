/** What proxies say of the address that their client called. What they leave out, or write wrongly, is absent. */
export interface Forwarded {
  readonly protocol?: "http" | "https";
  /** Name or address, with its port where it has one, as a URL has it. */
  readonly host?: string;
  readonly port?: string;
  /** What was before the path, the outermost first; each begins with a slash and ends without one. */
  readonly prefixes: readonly string[];
}

/**
 * Reads `Forwarded` (RFC 7239), and what it leaves out from `X-Forwarded-Proto`, `-Host`, `-Port` and `-Prefix`. Of several
 * proxies the first that says something stands next to the client.
 *
 * @throws never; what is malformed is left out
 * @example readForwarded(new Headers({ Forwarded: 'host="mock.test:8443";proto=https' })); // { protocol: "https", host: "mock.test:8443", prefixes: [] }
 */
export function readForwarded(headers: Pick<Headers, "get">): Forwarded {
  const elements = parseForwarded(headers.get("forwarded") ?? "");
  const said = (name: string) => [
    ...elements.flatMap((element) => element.get(name) ?? []),
    ...listOf(headers, `x-forwarded-${name}`),
  ];
  const protocol = first(said("proto"), protocolIn);
  const host = first(said("host"), shownHost);
  const port = first(listOf(headers, "x-forwarded-port"), portIn);
  return {
    ...(protocol && { protocol }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    // Each proxy names what it took off itself, so that they add up.
    prefixes: listOf(headers, "x-forwarded-prefix").flatMap((text) => prefixIn(text) ?? []),
  };
}

/** Every host that is named, in lower case and without its port, whoever named it. */
export function forwardedNames(headers: Pick<Headers, "get">): readonly string[] {
  const elements = parseForwarded(headers.get("forwarded") ?? "");
  const hosts = [...elements.flatMap((element) => element.get("host") ?? []), ...listOf(headers, "x-forwarded-host")];
  return hosts.map((host) => (parseHost(host) ?? host).replace(/:\d+$/, ""));
}

/** One pair or none, and what divides it from the next: a semicolon within an element, a comma between two. */
const PAIR = /[ \t]*(?:([!#$%&'*+.^_`|~\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s",;]*))[ \t]*)?(?:([,;])|$)/y;

/**
 * The elements of a `Forwarded` header, one a proxy, up to what is malformed. Names are in lower case; a value that RFC 7239
 * wants quoted, such as `host=mock.test:8443`, is read without quotes, too.
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

/** A proxy may hide a name behind an underscore or `unknown`; a browser would look for a host of that name. */
function shownHost(text: string): string | undefined {
  return /^(unknown(:|$)|_)/i.test(text) ? undefined : parseHost(text);
}

/**
 * A host in the form that URLs have: in lower case, without percent-encoding, its port only where it has one.
 *
 * @returns undefined for what is none
 * @example parseHost("M%6Fck.test:"); // "mock.test"
 */
export function parseHost(text: string): string | undefined {
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
