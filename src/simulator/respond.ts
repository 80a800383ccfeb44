import { type ErrorAnswer, errorBody, publishedErrorBody } from "../contract/hubspot-error.js";
import type { SentResponse } from "../exchange/exchange.js";
import { retryAfterText } from "../exchange/retry-after.js";
import type { RecordedAnswer } from "../scenario/scenario.js";
import { type Allowance, WINDOWS_MS } from "../session/rate-limits.js";

/** The limits of a private app in a free account. @see spec/evidence.md */
const PRIVATE_APP = { tenSecondly: 100, daily: 250_000 } as const;

const JSON_TYPE = "application/json;charset=utf-8";

/** Builds the response to one request. Whatever the response, the correlation id and the rate-limit headers are the same. */
export class Responder {
  readonly #correlationId: string;
  readonly #now: number;
  readonly #allowance: Allowance;
  readonly #asPublished: boolean;

  constructor(correlationId: string, now: number, allowance: Allowance, asPublished: boolean) {
    this.#correlationId = correlationId;
    this.#now = now;
    this.#allowance = allowance;
    this.#asPublished = asPublished;
  }

  json(status: number, body: string): SentResponse {
    return { status, headers: this.#withLimits(), body };
  }

  empty(status: number): SentResponse {
    const { "Content-Type": _, ...headers } = this.#withLimits();
    return { status, headers, body: "" };
  }

  error(answer: ErrorAnswer, { retryAfterMs }: Wait = {}): SentResponse {
    const { status } = answer;
    const body = this.#asPublished
      ? publishedErrorBody(answer, this.#correlationId)
      : errorBody(answer.body, this.#correlationId);
    return {
      status,
      headers: {
        ...(status === 401 ? this.#withoutLimits(JSON_TYPE) : this.#withLimits()),
        // If a scenario says that a limit is reached, nothing of it remains, whatever was counted.
        ...(status === 429 && { "X-HubSpot-RateLimit-Remaining": "0" }),
        ...retry(retryAfterMs),
      },
      body: JSON.stringify(body),
    };
  }

  /** Returns a recorded response, with the date of now if it has none. */
  recorded(answer: RecordedAnswer): SentResponse {
    return answer.status === 0 ? answer : { ...answer, headers: { Date: httpDate(this.#now), ...answer.headers } };
  }

  /** Returns the page of HubSpot's edge for an address without an API. */
  page({ status, allow }: { readonly status: number; readonly allow?: string }): SentResponse {
    const headers = { ...this.#withoutLimits("text/html;charset=utf-8"), ...(allow !== undefined && { Allow: allow }) };
    return { status, headers, body: edgePage(status) };
  }

  /** Returns such a page in place of an operation's response. HubSpot's published document has no pages. */
  failure(status: number, wait: Wait): SentResponse {
    if (this.#asPublished) return this.error({ status, body: { message: titleOf(status) } }, wait);
    const { headers, ...rest } = this.page({ status });
    return { ...rest, headers: { ...headers, ...retry(wait.retryAfterMs) } };
  }

  /** Returns a responder whose headers have other limits. */
  within(allowance: Allowance): Responder {
    return new Responder(this.#correlationId, this.#now, allowance, this.#asPublished);
  }

  #withoutLimits(type: string): Record<string, string> {
    return { "Content-Type": type, Date: httpDate(this.#now), "X-HubSpot-Correlation-Id": this.#correlationId };
  }

  /** Written out: each poll has them (bench:polls). */
  #withLimits(): Record<string, string> {
    const { limits, spent } = this.#allowance;
    const { tenSecondly = PRIVATE_APP.tenSecondly, daily = PRIVATE_APP.daily, secondly } = limits;
    const headers = this.#withoutLimits(JSON_TYPE);
    headers["X-HubSpot-RateLimit-Max"] = `${tenSecondly}`;
    headers["X-HubSpot-RateLimit-Remaining"] = left(tenSecondly, spent.tenSecondly);
    headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = `${WINDOWS_MS.tenSecondly}`;
    if (secondly !== undefined) {
      headers["X-HubSpot-RateLimit-Secondly"] = `${secondly}`;
      headers["X-HubSpot-RateLimit-Secondly-Remaining"] = left(secondly, spent.secondly);
    }
    headers["X-HubSpot-RateLimit-Daily"] = `${daily}`;
    headers["X-HubSpot-RateLimit-Daily-Remaining"] = left(daily, spent.daily);
    return headers;
  }
}

/** How long a client is asked to wait, if at all. */
interface Wait {
  readonly retryAfterMs?: number | undefined;
}

function retry(retryAfterMs: number | undefined): Readonly<Record<string, string>> {
  return retryAfterMs === undefined ? {} : { "Retry-After": retryAfterText(retryAfterMs) };
}

function left(limit: number, calls: number): string {
  return `${Math.max(0, limit - calls)}`;
}

let second = Number.NaN;
let date = "";

/** Returns a date in the form of headers. It is cached: many responses are sent within a second. @param now epoch milliseconds */
function httpDate(now: number): string {
  const at = Math.floor(now / 1000);
  if (at !== second) date = new Date(now).toUTCString();
  second = at;
  return date;
}

/** The edge's title for each status. */
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
