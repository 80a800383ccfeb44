import type { ReadExchange } from "../read-exchange.js";
import { verdict } from "../rule.js";
import type { ClientRule } from "./client-recording.js";

export const tokenToLink: ClientRule = {
  id: "token-to-link",
  sentence: "Each status call carries the token, also where it follows links.status.",
  severity: "violation",
  evidence: "live",
  next: "Send Authorization: Bearer <token> with the status call as with the import; the link holds no key of its own.",
  judge: ({ exchanges, followed }) => {
    const isTokenSeen = exchanges.some(hasToken);
    return followed.flatMap(({ calls }) =>
      calls.flatMap((call) => {
        if (hasToken(call)) return [verdict(call.index)];
        // A browser that exports a recording leaves tokens out, and a back end of one's own adds them on the way. Where
        // no request has one, only the answer tells.
        const isUnknown = !isTokenSeen || call.exchange.request.areHeadersLeftOut;
        if (isUnknown && call.response?.status !== 401) return [];
        return [verdict(call.index, { expected: "Authorization: Bearer <token>", actual: sent(call) })];
      }),
    );
  },
};

export function hasToken(call: ReadExchange): boolean {
  return /^Bearer\s+\S/i.test(call.exchange.request.headers["authorization"] ?? "");
}

/** Of a header without a scheme nothing is shown: it may be the token itself. */
function sent({ exchange: { request } }: ReadExchange): string {
  const header = request.headers["authorization"] ?? "";
  if (header === "") return "no Authorization";
  const [scheme, ...rest] = header.split(" ");
  return rest.length > 0 ? `Authorization: ${scheme}` : "Authorization without a scheme";
}
