import { decoded } from "../../src/judge/read-exchange.js";
import { isLoopback } from "../../src/judge/server-rules/status-link.js";
import { UserError } from "../../src/user-error.js";
import type { Verification } from "../../src/verify/conclude.js";

/** The way from here to a server. */
export interface Way {
  /** Absent where the platform's own will do. */
  readonly fetch?: typeof fetch;
  /** What to look at where the server cannot be reached; empty for one on this machine. */
  readonly hint: string;
}

/** In the order in which they count for https, by which alone a token leaves this machine. */
const VARIABLES = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY"];

const PROTOCOLS = ["http:", "https:", "socks5:"];

/**
 * The way to a server: through the proxy that the environment names, unless that excepts the server's host. A server on
 * this machine is never asked for through one.
 *
 * @throws UserError `invalid-option`, with the variable that holds no address; what it holds may be a password
 * @example (await wayTo("https://api.hubapi.com", { HTTPS_PROXY: "http://proxy.example:3128" })).hint;
 */
export async function wayTo(baseUrl: string, environment: NodeJS.ProcessEnv): Promise<Way> {
  if (!URL.canParse(baseUrl) || isLoopback(baseUrl)) return { hint: "" };
  const variable = VARIABLES.find((name) => environment[name]?.trim());
  if (variable === undefined) {
    return { hint: "Behind a proxy set HTTPS_PROXY; ALL_PROXY, HTTP_PROXY and NO_PROXY are read, too." };
  }
  const proxy = parseProxy(variable, environment[variable]?.trim() ?? "");
  const except = ["no_proxy", "NO_PROXY"].find((name) => environment[name] !== undefined);
  const noProxy = environment[except ?? ""] ?? "";
  // Loaded on demand: without a proxy nobody needs it.
  const { EnvHttpProxyAgent, fetch: fetchBy } = await import("undici");
  const dispatcher = new EnvHttpProxyAgent({ ...agentOptions(proxy), noProxy });
  const fetchThrough = (input: string, init: RequestInit = {}) =>
    isLoopback(input) ? fetch(input, init) : fetchBy(input, { ...init, dispatcher } as Parameters<typeof fetchBy>[1]);
  const exceptions = noProxy.trim() === "" ? "" : `, except to the hosts of ${except}`;
  return {
    fetch: fetchThrough as unknown as typeof fetch,
    hint: `Requests go through ${proxy.protocol}//${proxy.host}, as ${variable} says${exceptions}: check that, too.`,
  };
}

/** Names the proxy, or how to name one, where a server could not be reached. */
export function withHint(verification: Verification, hint: string): Verification {
  const { report } = verification;
  const unjudged = report.unjudged.map((one) =>
    one.reason === "unreachable" && hint !== "" ? { ...one, next: `${one.next} ${hint}` } : one,
  );
  return { ...verification, report: { ...report, unjudged } };
}

function parseProxy(variable: string, text: string): URL {
  // To curl, socks5h is the one that looks the host up by the proxy; here, each does.
  const url = text.includes("://") ? text.replace(/^socks5h:/i, "socks5:") : `http://${text}`;
  if (URL.canParse(url) && PROTOCOLS.includes(new URL(url).protocol) && new URL(url).hostname !== "")
    return new URL(url);
  throw new UserError(
    "invalid-option",
    `${variable} is no address of a proxy. Write one such as http://proxy.example:3128, or unset it.`,
  );
}

/** Takes the name and password out of the address: undici sends no name alone, and decodes none for SOCKS. */
function agentOptions(proxy: URL) {
  const bare = new URL(proxy.href);
  [bare.username, bare.password] = ["", ""];
  const [username, password] = [decoded(proxy.username), decoded(proxy.password)];
  const basic = { token: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
  const credentials = proxy.protocol === "socks5:" ? { username, password } : basic;
  return { httpProxy: bare.href, httpsProxy: bare.href, ...(proxy.username !== "" && credentials) };
}
