import { API_ROOT, pathOf } from "../contract/operations.js";
import { excessOf, MOST_EXCESS, type RecordedExchange } from "../exchange/exchange.js";
import { retryAfterMs } from "../exchange/retry-after.js";
import { isObject } from "../json.js";
import { shortened } from "../text.js";
import {
  acceptedId,
  answeredAt,
  isDailyLimit,
  isEnd,
  isOfAccount,
  isTransient,
  type ReadExchange,
  type ReadResponse,
  taskIn,
} from "./read-exchange.js";
import type { Recording } from "./recording.js";
import type { Inconclusive } from "./rule.js";

/**
 * Returns why a recording is insufficient for a verdict; nothing if it is sufficient.
 *
 * @param declined why the rules could not judge what they apply to
 */
export function findInconclusive(
  { exchanges }: Recording,
  { interrupted, declined }: { readonly interrupted: boolean; readonly declined: readonly Inconclusive[] },
): readonly Inconclusive[] {
  if (!exchanges.some(({ operation, exchange }) => operation !== undefined || exchange.step !== undefined)) {
    return [interrupted ? brokenOff(exchanges) : NO_EXCHANGE];
  }
  const isOfOthers = exchanges.every(({ exchange }) => exchange.step === undefined);
  if (isOfOthers && exchanges.every(({ response }) => !response)) return [NO_ANSWER];
  const bodies = exchanges.flatMap(({ response }) => (response && response.status !== 204 ? [response] : []));
  if (bodies.length > 0 && bodies.every(({ isRecorded }) => !isRecorded)) return [NO_BODY];
  const reasons = [
    ...lastImports(exchanges).flatMap(whyNotAccepted),
    ...declined,
    ...(interrupted ? [brokenOff(exchanges)] : []),
  ];
  return [...new Map(reasons.map((reason) => [reason.message, reason])).values()];
}

function brokenOff(exchanges: readonly ReadExchange[]): Inconclusive {
  const excess = exchanges.reduce((sum, { exchange }) => sum + excessOf(exchange), 0);
  const isTooMuch = excess > MOST_EXCESS;
  const ids = unended(exchanges).map((id) => shortened(id));
  const rest = ids.length > 0 && `These tasks had not ended, and their files may stay for a day: ${ids.join(", ")}.`;
  return {
    reason: "interrupted",
    message: [isTooMuch ? "The responses are too long to continue." : "The run was interrupted.", rest]
      .filter(Boolean)
      .join(" "),
    next: isTooMuch ? "Look at the server's responses." : "Run it again to its end.",
  };
}

/** Tasks whose end was not observed. */
function unended(exchanges: readonly ReadExchange[]): readonly string[] {
  const ended = new Set(
    exchanges.flatMap(({ id, response }) => (isEnd(taskIn(response)?.state ?? "PENDING") ? [id] : [])),
  );
  return exchanges.flatMap((one) => acceptedId(one) ?? []).filter((id) => !ended.has(id));
}

const NO_EXCHANGE: Inconclusive = {
  reason: "no-exchange",
  message: "It has no request to the import API.",
  next: `Record the requests of an import: POST ${pathOf("importFromUrl")} and the polls of its status.`,
};

const NO_ANSWER: Inconclusive = {
  reason: "no-exchange",
  message: "It has no response: none arrived, or the client did not wait for it.",
  next: "Record the requests again, until their responses have arrived.",
};

const NO_BODY: Inconclusive = {
  reason: "no-exchange",
  message: "It has no response body.",
  next: 'Export it with content: in a browser\'s network panel "Save all as HAR with content".',
};

/** The last attempt of each journey's import. */
function lastImports(exchanges: readonly ReadExchange[]): readonly ReadExchange[] {
  const imports = exchanges.filter(({ exchange }) => exchange.step?.request === "import");
  return [...new Map(imports.map((one) => [one.exchange.step?.part, one])).values()];
}

function whyNotAccepted(one: ReadExchange): readonly Inconclusive[] {
  const { exchange, response } = one;
  if (acceptedId(one) !== undefined) return [];
  if (!response) return [unreachable(exchange)];
  const { status } = response;
  if (status === 401 || status === 403) return [tokenRefused(status, one)];
  // Whether HubSpot rejects a url whose host cannot exist is an open question, so a rejection is a valid response.
  if (exchange.step?.part === "fail" && status === 400) return [];
  if (isTransient(status)) return [postponed({ ...one, response })];
  const journey = exchange.step?.part === "fail" ? "should fail" : "should complete";
  return [
    {
      reason: "not-accepted",
      message: `The import that ${journey} got a ${status}${messageIn(response.json)}`,
      next: nextAfter(response),
    },
  ];
}

function nextAfter({ status, headers }: ReadResponse): string {
  const { location } = headers;
  if (status >= 300 && status < 400 && location !== undefined)
    return `Check --base-url: it is redirected to ${shortened(location)}.`;
  if (status >= 400 && status < 500 && ![404, 405].includes(status))
    return "Check --import-url, --folder-path and --access.";
  const rule = `Check --base-url: it must be the URL before ${API_ROOT}.`;
  return status < 300 ? `${rule} The response names no task: a login page or a proxy may have sent it.` : rule;
}

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
function messageIn(json: unknown): string {
  const message = (json as { readonly message?: unknown } | null | undefined)?.message;
  return typeof message === "string" ? `: ${message.slice(0, 200)}` : ".";
}
