import type { RecordedExchange } from "../exchange/exchange.js";
import { retryAfterMs } from "../exchange/retry-after.js";
import { isObject } from "../json.js";
import { answeredAt, isDailyLimit, isOfAccount, type ReadExchange, type ReadResponse } from "./read-exchange.js";
import type { Inconclusive } from "./rule.js";

/** @param call the last request of its kind, with the response that delayed it */
export function postponed(call: ReadExchange & { readonly response: ReadResponse }): Inconclusive {
  const { response, exchange } = call;
  const { status } = response;
  const wish = retryAfterMs(response, answeredAt(call));
  const limit = isDailyLimit(response.json) ? "The account's daily limit is used up" : LIMITS[status];
  return {
    reason: "postponed",
    message: [
      ...(limit === undefined ? [] : [`${limit}.`]),
      wish === undefined
        ? `The server returned ${status} until the end.`
        : `The server returned ${status} with a Retry-After of ${Math.ceil(wish / 1000)} s.`,
    ].join(" "),
    next: isOfRun(exchange) ? whenToRunAgain(status, wish) : "Record the requests again, until the task has ended.",
  };
}

function whenToRunAgain(status: number, wish: number | undefined): string {
  if (wish !== undefined) return "Run it again then, or with a longer --timeout.";
  return `Run it again later.${isOfAccount(status) ? " Two runs at the same time share the account's limit." : ""}`;
}

/** Whether a run of this kit sent a request: then the user can change its options. */
function isOfRun({ step }: RecordedExchange): boolean {
  return step !== undefined;
}

/** Statuses that are not the server's fault. */
const LIMITS: Readonly<Record<number, string>> = {
  429: "The account's rate limit is used up",
  477: "The account is being moved to another data centre",
};

/** @param exchange a request without a response */
export function unreachable(exchange: RecordedExchange): Inconclusive {
  const { message = "no response" } = exchange.failure ?? {};
  const [, next = "Check --base-url and the network, and that the server runs."] =
    TLS_FAILURES.find(([code]) => code.test(message)) ?? [];
  return {
    reason: "unreachable",
    message: `The server could not be reached: ${message}`,
    next: isOfRun(exchange) ? next : "Record the requests again, until their responses have arrived.",
  };
}

/** What to do after failures of TLS, by the codes of Node and OpenSSL. */
const TLS_FAILURES: readonly (readonly [RegExp, string])[] = [
  [
    /SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT/,
    "Set NODE_EXTRA_CA_CERTS to a file with the certificate of the server or of its issuer.",
  ],
  [/CERT_ALTNAME_INVALID/, "Write a name of the server's certificate in --base-url."],
  [/SSL_WRONG_VERSION_NUMBER/, "Check the scheme and the port of --base-url: no TLS is spoken there."],
];

export function tokenRefused(status: number, { exchange, response, operation }: ReadExchange): Inconclusive {
  const scopes = `the scope files (or ${operation === "importFromUrl" ? "files.write" : "files.read"})`;
  const required = requiredScopes(response?.json);
  return {
    reason: "token-refused",
    message: `${operation} got a ${status}${messageIn(response?.json)}${required === "" ? "" : ` Required is one of: ${required}.`}`,
    next: isOfRun(exchange)
      ? `Set HUBSPOT_ACCESS_TOKEN to a valid token with ${scopes}, and files.delete to delete the files of a run.`
      : `Record the requests again, with a token that has ${scopes} and does not expire in the meantime.`,
  };
}

/** The scopes of which a 403 requires one. @example "files, files.write, files.ui_hidden.write" */
function requiredScopes(json: unknown): string {
  const errors = isObject(json) && Array.isArray(json["errors"]) ? json["errors"] : [];
  const contexts = errors.flatMap((error) => (isObject(error) && isObject(error["context"]) ? [error["context"]] : []));
  const scopes = contexts.flatMap((context) => context["requiredGranularScopes"]);
  return scopes
    .filter((scope) => typeof scope === "string")
    .slice(0, 10)
    .join(", ")
    .slice(0, 200);
}

/** Returns a response's own message, as the end of a sentence. */
export function messageIn(json: unknown): string {
  const message = (json as { readonly message?: unknown } | null | undefined)?.message;
  return typeof message === "string" ? `: ${message.slice(0, 200)}` : ".";
}
