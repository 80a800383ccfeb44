import type { Exchange } from "../exchange.js";
import { type ErrorAnswer, errorBody } from "../task/hubspot-error.js";
import type { RecordedAnswer } from "../task/scenario.js";
import { RATE_WINDOW_MS, type Session } from "./session.js";

type Reply = Exchange["response"];

/** The limits of a private app in a free account. @see spec/evidence.md */
const CALLS_PER_WINDOW = 100;
const CALLS_PER_DAY = 250_000;

const JSON_TYPE = "application/json;charset=utf-8";

/** Builds the answers to one call: its correlation id and rate-limit headers are the same whatever the answer. */
export interface Responder {
  readonly json: (status: number, text: string) => Reply;
  readonly empty: (status: number) => Reply;
  readonly error: (answer: ErrorAnswer, options?: { readonly retryAfterMs?: number | undefined }) => Reply;
  /** An answer that a server once gave, on the day of this one. */
  readonly recorded: (answer: RecordedAnswer) => Reply;
  /** The page that HubSpot's edge answers where no API is. */
  readonly page: (route: { readonly status: 404 | 405; readonly allow?: string }) => Reply;
}

export function createResponder(session: Session, now: number): Responder {
  const { inWindow, inAll } = session.countCall(now);
  const correlationId = session.nextCorrelationId(now);
  const date = new Date(now).toUTCString();
  const left = Math.max(0, CALLS_PER_WINDOW - inWindow);
  const leftToday = Math.max(0, CALLS_PER_DAY - inAll);
  const withLimits = (type: string, remaining = left) => ({
    "Content-Type": type,
    Date: date,
    "X-HubSpot-Correlation-Id": correlationId,
    "X-HubSpot-RateLimit-Max": `${CALLS_PER_WINDOW}`,
    "X-HubSpot-RateLimit-Remaining": `${remaining}`,
    "X-HubSpot-RateLimit-Interval-Milliseconds": `${RATE_WINDOW_MS}`,
    "X-HubSpot-RateLimit-Daily": `${CALLS_PER_DAY}`,
    "X-HubSpot-RateLimit-Daily-Remaining": `${leftToday}`,
  });
  const withoutLimits = (type: string) => ({
    "Content-Type": type,
    Date: date,
    "X-HubSpot-Correlation-Id": correlationId,
  });
  return {
    json: (status, body) => ({ status, headers: withLimits(JSON_TYPE), body }),
    empty(status) {
      const { "Content-Type": _, ...headers } = withLimits(JSON_TYPE);
      return { status, headers, body: "" };
    },
    error: ({ status, body }, { retryAfterMs } = {}) => ({
      status,
      headers: {
        ...(status === 401 ? withoutLimits(JSON_TYPE) : withLimits(JSON_TYPE, status === 429 ? 0 : left)),
        ...(retryAfterMs !== undefined && { "Retry-After": String(Math.ceil(retryAfterMs / 1000)) }),
      },
      body: JSON.stringify(errorBody(body, correlationId)),
    }),
    recorded: ({ status, headers, body }) => ({ status, headers: { Date: date, ...headers }, body }),
    page: ({ status, allow }) => ({
      status,
      headers: { ...withoutLimits("text/html;charset=utf-8"), ...(allow !== undefined && { Allow: allow }) },
      body: edgePage(status),
    }),
  };
}

function edgePage(status: 404 | 405): string {
  const title = { 404: "Not Found", 405: "Method Not Allowed" }[status];
  return `<!DOCTYPE html><html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`;
}
