import type { Exchange } from "../../src/exchange/exchange.js";
import { CAT, IMPORT } from "../doors.js";
import { createRandom } from "../random.js";

const random = createRandom(Number(process.env["FLAWLESS_SEED"] ?? 1));
export const below = (count: number) => Math.floor(random() * count);
export const pick = <Value>(values: readonly Value[]): Value => values[below(values.length)] as Value;

const ODD: readonly unknown[] = [
  ...[
    null,
    0,
    -1,
    1.5,
    1e20,
    99_999_999_999,
    "",
    "x",
    true,
    [],
    {},
    [1],
    [null],
    { a: 1 },
    "PENDING",
    "FAILED",
    "complete",
    "1",
    "P1D",
  ],
  ...[
    "2026-09-14T09:30:12Z",
    "2026-09-14 09:30:12Z",
    "2026-02-30T00:00:00Z",
    "2026-09-14T09:30:12+0000",
    "2026-09-14t09:30:12z",
  ],
  ...[
    "2026-09-14T23:59:60Z",
    "2026-09-14T24:00:00Z",
    "http://",
    "https://example.com/a b",
    "/a",
    "ünï",
    "\ud83d",
    "a\u0000",
    "x".repeat(1100),
  ],
  ...[
    "01a09f40-b241-7c31-9b5e-4d1f0a6e2c87",
    "01A09F40-B241-7C31-9B5E-4D1F0A6E2C87",
    "PRIVATE",
    "IMG",
    "VALIDATION_ERROR",
    "NONE",
    "constructor",
  ],
];
const NAMES = "extra result errors numErrors folderId folderPath status expiresAt ttl toString name links".split(" ");

/** A value that is another at one place. */
function changed(value: unknown): unknown {
  if (value === null || typeof value !== "object" || below(5) === 0) return pick(ODD);
  if (Array.isArray(value)) {
    if (value.length === 0 || below(3) === 0) return [...value, pick(ODD)];
    const at = below(value.length);
    return value.map((item, index) => (index === at ? changed(item) : item));
  }
  const entries = Object.entries(value);
  const [name = "", old] = pick(entries) ?? [];
  switch (below(4)) {
    case 0:
      return Object.fromEntries(entries.filter(([one]) => one !== name));
    case 1:
      return { ...value, [pick(NAMES)]: pick(ODD) };
    default:
      return { ...value, [name]: changed(old) };
  }
}

const TOKENS = [
  "bearer any",
  "Basic x",
  "Bearer",
  "Bearer  ",
  "Bearer  two",
  "Bearer a b",
  "Bearer invalid",
  "Bearer pat-mock-anna",
  "Bearer ü",
  "",
];
const TYPES = [
  ...[
    "application/json; charset=utf-8",
    "application/json;charset=UTF-8",
    "Application/JSON",
    "application/json;charset=utf-8; a=b",
  ],
  ...[
    "application/json; charset=latin1",
    "application/vnd.x+json",
    "text/plain",
    "application/xml",
    "*/*",
    "",
    "application/json ",
    "json",
  ],
];
const IDS = "AAAAEqTIHz0 nonsense a,b a%2Cb % %C3%A4 a%20b happy;x=1 happy@anna last %231 .. . ~ a~b"
  .split(" ")
  .concat("");

/** A request of one of the operations, with or without a fault. @param scenarios their names */
export function someRequest(scenarios: readonly string[]): { readonly head: Request; readonly text: string } {
  const authorization = below(12) > 0 ? "Bearer any" : pick(TOKENS);
  const headers = new Headers(authorization === "" ? {} : { authorization });
  const origin = `http://127.0.0.1:4010${pick(["", "", "", "/s/anna", "/"])}`;
  const name = pick(scenarios);
  switch (below(5)) {
    case 0: {
      const whole = { ...CAT, ...(below(2) > 0 && { name: "cat", ttl: "P3M", overwrite: false }) };
      const body = below(3) > 0 ? changed(whole) : { ...whole, url: `https://example.com/a.png#mock=${name}` };
      headers.set("content-type", below(6) > 0 ? "application/json" : pick(TYPES));
      if (below(20) === 0) headers.delete("content-type");
      const text = below(20) > 0 ? JSON.stringify(body) : pick(["", "{", "null", "[]", `${JSON.stringify(CAT)} `]);
      return { head: new Request(origin + IMPORT, { method: "POST", headers }), text };
    }
    case 1: {
      const id = pick(["187340915526", "1", "abc", "a%2Cb", "..", "01", "-1", "9".repeat(30), ""]);
      return { head: new Request(`${origin}/files/v3/files/${id}`, { method: "DELETE", headers }), text: "" };
    }
    default: {
      const id = pick([name, `${name}~${below(50)}`, `${name}~${below(50)}`, pick(IDS)]);
      const method = below(20) > 0 ? "GET" : "HEAD";
      return {
        head: new Request(`${origin}${IMPORT}/tasks/${id}/status${pick(["", "", "?a=b", "/"])}`, { method, headers }),
        text: "",
      };
    }
  }
}

const STATUSES = [200, 201, 202, 204, 301, 400, 401, 403, 404, 409, 418, 423, 429, 477, 500, 502, 503, 504, 521];
const HEADER_NAMES = [
  ...[
    "X-HubSpot-RateLimit-Max",
    "X-HubSpot-RateLimit-Remaining",
    "X-HubSpot-RateLimit-Daily",
    "X-HubSpot-Correlation-Id",
    "Retry-After",
  ],
  ...[
    "x-hubspot-ratelimit-max",
    "content-type",
    "Content-Type",
    "Content-Type",
    "Content-Type",
    "X-Other",
    "Date",
    "Allow",
  ],
];
const HEADER_VALUES = [
  ...[
    "x",
    "-1",
    "1.5",
    "10",
    "01",
    "1e3",
    " 1",
    "",
    "99999999999",
    "0",
    "null",
    "true",
    "01a09f40-b241-7c31-9b5e-4d1f0a6e2c87",
  ],
  ...[
    "application/json",
    "text/html",
    "text/html;charset=utf-8",
    "application/json;charset=utf-8",
    "text/plain",
    "Mon, 14 Sep 2026 12:00:00 GMT",
  ],
];

/** The same exchange with another answer: its status, a header or its body is another. */
export function withOtherAnswer(exchange: Exchange): Exchange {
  const { response } = exchange;
  const { headers, body } = response;
  const other = (change: Partial<Exchange["response"]>) => ({ ...exchange, response: { ...response, ...change } });
  switch (below(7)) {
    case 6:
      return other({ headers: { ...headers, "Content-Type": pick(HEADER_VALUES.slice(-6)) } });
    case 0:
      return other({ status: pick(STATUSES) });
    case 1:
      return other({ headers: { ...headers, [pick(HEADER_NAMES)]: pick(HEADER_VALUES) } });
    case 2: {
      const gone = pick(Object.keys(headers));
      return other({ headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name !== gone)) });
    }
    case 3:
      return other({
        body: pick([
          "",
          `${body}x`,
          body.slice(0, -1),
          `\ufeff${body}`,
          ` ${body}\n`,
          "null",
          "{}",
          "[]",
          '""',
          "<html></html>",
        ]),
      });
    default:
      return isJson(body) ? other({ body: JSON.stringify(changed(JSON.parse(body))) }) : exchange;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
