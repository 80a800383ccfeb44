import { splitSession } from "../../../src/simulator/choose-session.js";
import { isOfProxy } from "../../proxy/sign.js";
import type { Schemas } from "../operations.js";

/**
 * A request as a command for a POSIX shell. The token stands as a variable: the journal does not keep it.
 *
 * @example curlFor(exchange); // "curl 'http://127.0.0.1:4010/files/…' -H \"Authorization: Bearer $HUBSPOT_ACCESS_TOKEN\""
 */
export function curlFor({ request, session }: Schemas["Exchange"]): string {
  const { method, url, headers, body, tokenId } = request;
  const kept = Object.entries(headers).filter(([name]) => !OF_THE_CONNECTION.test(name) && !isOfProxy(name));
  const isNamed = "x-mock-session" in headers || splitSession(new URL(url).pathname).name !== undefined;
  return [
    "curl",
    ...(method === "HEAD" ? ["--head"] : method === "GET" && body === undefined ? [] : ["-X", quoted(method)]),
    quoted(url),
    ...(tokenId === undefined ? [] : ['-H "Authorization: Bearer $HUBSPOT_ACCESS_TOKEN"']),
    // The token that chose the session is gone.
    ...(isNamed || session === "default" ? [] : [`-H ${quoted(`X-Mock-Session: ${session}`)}`]),
    ...kept.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(" ");
}

/** What curl says of itself and its connection. */
const OF_THE_CONNECTION =
  /^(host|connection|content-length|accept-encoding|accept-language|user-agent|keep-alive|transfer-encoding|te|upgrade|expect|sec-.*)$/;

/** Everything between single quotes is text, but for a single quote. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
