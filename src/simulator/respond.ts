import type { Exchange } from "../exchange.js";
import { retryAfterText } from "../retry-after.js";
import type { Unknowns } from "../task/answer.js";
import { type ErrorAnswer, errorBody, publishedErrorBody } from "../task/hubspot-error.js";
import type { RecordedAnswer } from "../task/scenario.js";
import { type Allowance, WINDOWS_MS } from "./budget.js";
import type { Session } from "./session.js";

type Reply = Exchange["response"];

/** The limits of a private app in a free account. @see spec/evidence.md */
const PRIVATE_APP = { tenSecondly: 100, daily: 250_000 } as const;

const JSON_TYPE = "application/json;charset=utf-8";

/** Builds the answers to one call: its correlation id and rate-limit headers are the same whatever the answer. */
export interface Responder {
  readonly json: (status: number, text: string) => Reply;
  readonly empty: (status: number) => Reply;
  readonly error: (answer: ErrorAnswer, options?: { readonly retryAfterMs?: number | undefined }) => Reply;
  /** An answer that a server once gave, on the day of this one. */
  readonly recorded: (answer: RecordedAnswer) => Reply;
  /** The page that HubSpot's edge answers where no API is. */
  readonly page: (page: { readonly status: number; readonly allow?: string }) => Reply;
  /** The same in place of an operation's answer. HubSpot's published document has no pages. */
  readonly failure: (status: number, options: { readonly retryAfterMs?: number | undefined }) => Reply;
  /** The same, telling of other limits than an account usually has. */
  readonly within: (allowance: Allowance) => Responder;
}

export function createResponder(
  { session, unknowns }: { readonly session: Session; readonly unknowns: Unknowns },
  now: number,
  allowance: Allowance,
): Responder {
  const { asPublished = false } = unknowns;
  const call = { correlationId: session.nextCorrelationId(now), date: new Date(now).toUTCString(), asPublished };
  return responderFor(call, allowance);
}

function responderFor(
  call: { readonly correlationId: string; readonly date: string; readonly asPublished: boolean },
  allowance: Allowance,
): Responder {
  const { correlationId, date, asPublished } = call;
  const withoutLimits = (type: string) => ({
    "Content-Type": type,
    Date: date,
    "X-HubSpot-Correlation-Id": correlationId,
  });
  const withLimits = (type: string) => Object.assign(withoutLimits(type), limitHeaders(allowance));
  const retry = (retryAfterMs: number | undefined) =>
    retryAfterMs === undefined ? {} : { "Retry-After": retryAfterText(retryAfterMs) };
  const page: Responder["page"] = ({ status, allow }) => ({
    status,
    headers: { ...withoutLimits("text/html;charset=utf-8"), ...(allow !== undefined && { Allow: allow }) },
    body: edgePage(status),
  });
  const error: Responder["error"] = (answer, { retryAfterMs } = {}) => {
    const { status } = answer;
    const body = asPublished ? publishedErrorBody(answer, correlationId) : errorBody(answer.body, correlationId);
    return {
      status,
      headers: {
        ...(status === 401 ? withoutLimits(JSON_TYPE) : withLimits(JSON_TYPE)),
        // A limit that a scenario says is reached has nothing left, whatever was counted.
        ...(status === 429 && { "X-HubSpot-RateLimit-Remaining": "0" }),
        ...retry(retryAfterMs),
      },
      body: JSON.stringify(body),
    };
  };
  return {
    json: (status, body) => ({ status, headers: withLimits(JSON_TYPE), body }),
    empty(status) {
      const { "Content-Type": _, ...headers } = withLimits(JSON_TYPE);
      return { status, headers, body: "" };
    },
    error,
    recorded: (answer) => (answer.status === 0 ? answer : { ...answer, headers: { Date: date, ...answer.headers } }),
    page,
    failure(status, wait) {
      if (asPublished) return error({ status, body: { message: titleOf(status) } }, wait);
      const { headers, ...rest } = page({ status });
      return { ...rest, headers: { ...headers, ...retry(wait.retryAfterMs) } };
    },
    within: (other) => responderFor(call, other),
  };
}

function limitHeaders({ limits, spent }: Allowance): Readonly<Record<string, string>> {
  const { tenSecondly = PRIVATE_APP.tenSecondly, daily = PRIVATE_APP.daily, secondly } = limits;
  const left = (limit: number, calls: number) => `${Math.max(0, limit - calls)}`;
  return {
    "X-HubSpot-RateLimit-Max": `${tenSecondly}`,
    "X-HubSpot-RateLimit-Remaining": left(tenSecondly, spent.tenSecondly),
    "X-HubSpot-RateLimit-Interval-Milliseconds": `${WINDOWS_MS.tenSecondly}`,
    ...(secondly !== undefined && {
      "X-HubSpot-RateLimit-Secondly": `${secondly}`,
      "X-HubSpot-RateLimit-Secondly-Remaining": left(secondly, spent.secondly),
    }),
    "X-HubSpot-RateLimit-Daily": `${daily}`,
    "X-HubSpot-RateLimit-Daily-Remaining": left(daily, spent.daily),
  };
}

/** What the edge calls each status. */
const TITLES: Readonly<Record<number, string>> = {
  404: "Not Found",
  405: "Method Not Allowed",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
  521: "Web Server Is Down",
  523: "Origin Is Unreachable",
  524: "A Timeout Occurred",
};

function titleOf(status: number): string {
  return TITLES[status] ?? "Error";
}

function edgePage(status: number): string {
  const title = titleOf(status);
  return `<!DOCTYPE html><html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`;
}
