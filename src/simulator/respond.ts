import type { Exchange } from "../exchange.js";
import { type ErrorAnswer, errorBody } from "../task/hubspot-error.js";
import { RATE_WINDOW_MS, type Session } from "./session.js";

type Reply = Exchange["response"];

/** The limits of a private app in a free account. @see spec/evidence.md */
const CALLS_PER_WINDOW = 100;
const CALLS_PER_DAY = 250_000;

/** Builds the answers to one call: its correlation id and rate-limit headers are the same whatever the answer. */
export interface Responder {
  readonly json: (status: number, body: unknown) => Reply;
  readonly empty: (status: number) => Reply;
  readonly error: (answer: ErrorAnswer, options?: { readonly retryAfterMs?: number | undefined }) => Reply;
  /** The page that HubSpot's edge answers where no API is. */
  readonly page: (route: { readonly status: 404 | 405; readonly allow?: string }) => Reply;
}

export function createResponder(session: Session, now: number): Responder {
  const { inWindow, inAll } = session.countCall(now);
  const correlationId = session.nextCorrelationId(now);
  const common = { Date: new Date(now).toUTCString(), "X-HubSpot-Correlation-Id": correlationId };
  const limits = (left: number) => ({
    "X-HubSpot-RateLimit-Max": String(CALLS_PER_WINDOW),
    "X-HubSpot-RateLimit-Remaining": String(left),
    "X-HubSpot-RateLimit-Interval-Milliseconds": String(RATE_WINDOW_MS),
    "X-HubSpot-RateLimit-Daily": String(CALLS_PER_DAY),
    "X-HubSpot-RateLimit-Daily-Remaining": String(Math.max(0, CALLS_PER_DAY - inAll)),
  });
  const left = Math.max(0, CALLS_PER_WINDOW - inWindow);
  const json = (status: number, body: unknown, headers: Record<string, string> = limits(left)): Reply => ({
    status,
    headers: { "Content-Type": "application/json;charset=utf-8", ...common, ...headers },
    body: JSON.stringify(body),
  });
  return {
    json,
    empty: (status) => ({ status, headers: { ...common, ...limits(left) }, body: "" }),
    error: ({ status, body }, { retryAfterMs } = {}) =>
      json(status, errorBody(body, correlationId), {
        ...(status === 401 ? {} : limits(status === 429 ? 0 : left)),
        ...(retryAfterMs !== undefined && { "Retry-After": String(Math.ceil(retryAfterMs / 1000)) }),
      }),
    page: ({ status, allow }) => ({
      status,
      headers: { "Content-Type": "text/html;charset=utf-8", ...common, ...(allow !== undefined && { Allow: allow }) },
      body: edgePage(status),
    }),
  };
}

function edgePage(status: 404 | 405): string {
  const title = { 404: "Not Found", 405: "Method Not Allowed" }[status];
  return `<!DOCTYPE html><html><head><title>${status} ${title}</title></head><body><h1>${title}</h1></body></html>`;
}
