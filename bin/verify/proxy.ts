import { isLoopback } from "../../src/judge/server-rules/status-link.js";
import { percentDecoded } from "../../src/text.js";
import { UserError } from "../../src/user-error.js";
import type { Verification } from "../../src/verify/conclude.js";

/** How to connect to a server. */
export interface Connection {
  /** Absent if the platform's `fetch` is sufficient. */
  readonly fetch?: typeof fetch;
  /** What to check if the server is unreachable; empty for a server on this machine. */
  readonly hint: string;
}

/** In their order of precedence for https: a token leaves this machine only by https. */
const VARIABLES = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY"];

const PROTOCOLS = ["http:", "https:", "socks5:"];

/**
 * Returns how to connect to a server: through the environment's proxy, unless `NO_PROXY` contains the server's host or the
 * server is on this machine.
 *
 * @throws UserError `invalid-option`, with the name of an invalid variable but not its value, which may contain a password
 * @example (await connectionTo("https://api.hubapi.com", { HTTPS_PROXY: "http://proxy.example:3128" })).hint;
 */
export async function connectionTo(baseUrl: string, environment: NodeJS.ProcessEnv): Promise<Connection> {
  if (!URL.canParse(baseUrl) || isLoopback(baseUrl)) return { hint: "" };
  const variable = VARIABLES.find((name) => environment[name]?.trim());
  if (variable === undefined) {
    return { hint: "Behind a proxy, set HTTPS_PROXY; ALL_PROXY, HTTP_PROXY and NO_PROXY are also read." };
  }
  const proxy = parseProxy(variable, environment[variable]?.trim() ?? "");
  const except = ["no_proxy", "NO_PROXY"].find((name) => environment[name] !== undefined);
  const noProxy = environment[except ?? ""] ?? "";
  // Loaded on demand: only needed with a proxy.
  const { EnvHttpProxyAgent, fetch: fetchBy } = await import("undici");
  const dispatcher = new EnvHttpProxyAgent({ ...agentOptions(proxy), noProxy });
  const fetchThrough = (input: string, init: RequestInit = {}) =>
    isLoopback(input) ? fetch(input, init) : fetchBy(input, { ...init, dispatcher } as Parameters<typeof fetchBy>[1]);
  const exceptions = noProxy.trim() === "" ? "" : `, except to the hosts of ${except}`;
  return {
    fetch: fetchThrough as unknown as typeof fetch,
    hint: `Requests go through ${proxy.protocol}//${proxy.host}, as ${variable} says${exceptions}: check that too.`,
  };
}

/** Adds the hint about the proxy if the server was unreachable. */
export function withHint(verification: Verification, hint: string): Verification {
  const { report } = verification;
  const unjudged = report.unjudged.map((one) =>
    one.reason === "unreachable" && hint !== "" ? { ...one, next: `${one.next} ${hint}` } : one,
  );
  return { ...verification, report: { ...report, unjudged } };
}

function parseProxy(variable: string, text: string): URL {
  // In curl, socks5h resolves the host name by the proxy; here socks5 does, too.
  const url = text.includes("://") ? text.replace(/^socks5h:/i, "socks5:") : `http://${text}`;
  if (URL.canParse(url) && PROTOCOLS.includes(new URL(url).protocol) && new URL(url).hostname !== "")
    return new URL(url);
  throw new UserError(
    "invalid-option",
    `${variable} is not the address of a proxy. Write one such as http://proxy.example:3128, or unset it.`,
  );
}

/** Passes user name and password separately: undici ignores a name without password, and does not decode them for SOCKS. */
function agentOptions(proxy: URL) {
  const bare = new URL(proxy.href);
  [bare.username, bare.password] = ["", ""];
  const [username, password] = [percentDecoded(proxy.username), percentDecoded(proxy.password)];
  const basic = { token: `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}` };
  const credentials = proxy.protocol === "socks5:" ? { username, password } : basic;
  return { httpProxy: bare.href, httpsProxy: bare.href, ...(proxy.username !== "" && credentials) };
}
