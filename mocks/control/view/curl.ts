import { curlCommand, TOKEN_VARIABLE } from "../../../src/curl.js";
import { splitSession } from "../../../src/simulator/choose-session.js";
import { isOfProxy } from "../../proxy/sign.js";
import type { Schemas } from "../operations.js";

/**
 * A request of the journal as a command for a POSIX shell. The token stands as a variable: the journal does not keep it.
 *
 * @example curlFor(exchange); // "curl -sS -w '\\n' 'http://127.0.0.1:4010/files/…' -H \"Authorization: Bearer $HUBSPOT_ACCESS_TOKEN\""
 */
export function curlFor({ request, session }: Schemas["Exchange"]): string {
  const { method, url, headers, body, tokenId } = request;
  const isNamed = "x-mock-session" in headers || splitSession(new URL(url).pathname).name !== undefined;
  const command = {
    method,
    url,
    headers: {
      // The token that chose the session is gone.
      ...(!isNamed && session !== "default" && { "X-Mock-Session": session }),
      ...Object.fromEntries(Object.entries(headers).filter(([name]) => !isOfProxy(name))),
    },
    body,
    ...(tokenId !== undefined && { bearer: TOKEN_VARIABLE }),
  };
  return curlCommand(command, QUIET);
}

/** Errors are shown and nothing else; curl ends the line of a body, for HubSpot's do not. */
const QUIET = ["-sS", "-w '\\n'"];
