import { brotliCompressSync, gzipSync } from "node:zlib";
import type { Answer, Context, Twist } from "../server/twist.js";
import { answers, type Place, places, withHeaders } from "../twists.js";
import { type UnusualServer, unusual } from "./unusual-server.js";

const always: Place = () => true;
const withBody: Place = ({ kind }) => kind !== "delete";

const headers: readonly UnusualServer[] = [
  unusual("names of headers in small letters", answers(always, lowerCased)),
  ...[
    "application/json",
    "application/json; charset=UTF-8",
    "Application/JSON",
    'application/json ; charset="utf-8"',
    "application/json;charset=utf8",
    "application/json;profile=x",
  ].map((type) =>
    unusual(
      type,
      answers(withBody, (answer) => withHeaders(answer, { "Content-Type": type })),
    ),
  ),
  unusual(
    "headers of limits per second",
    having({ "X-HubSpot-RateLimit-Secondly": "10", "X-HubSpot-RateLimit-Secondly-Remaining": "0" }),
  ),
  unusual(
    "no header of the day's limit",
    having({ "X-HubSpot-RateLimit-Daily": undefined, "X-HubSpot-RateLimit-Daily-Remaining": undefined }),
  ),
  unusual("no correlation id in the header", having({ "X-HubSpot-Correlation-Id": undefined }), ["correlation-header"]),
  unusual("headers that announce a change", having({ Deprecation: "true", Sunset: "Fri, 01 Jan 2027 00:00:00 GMT" }), [
    "undocumented-header",
  ]),
  unusual("no date", having({ Date: undefined })),
  unusual(
    "headers of proxies",
    having({ "X-Request-Id": "1", "X-Powered-By": "x", "CF-Ray": "1", Via: "1.1 x", "X-Cache": "MISS" }),
  ),
  unusual("headers that nobody knows", having({ "X-HubSpot-Auth-Failure": "no" }), ["undocumented-header"]),
  unusual("cookies", having({ "Set-Cookie": "__cf_bm=1; path=/" })),
];

const bytes: readonly UnusualServer[] = [
  unusual(
    "gzip",
    answers(withBody, (answer) => encoded(answer, "gzip", gzipSync(answer.body))),
  ),
  unusual(
    "brotli",
    answers(withBody, (answer) => encoded(answer, "br", brotliCompressSync(answer.body))),
  ),
  unusual(
    "chunks",
    answers(withBody, (answer) => withHeaders(answer, { "Transfer-Encoding": "chunked" })),
  ),
  unusual(
    "pretty JSON",
    answers(isJson, (answer) => ({
      ...answer,
      body: `${JSON.stringify(JSON.parse(String(answer.body)), null, "\t")}\r\n`,
    })),
  ),
  unusual(
    "JSON in ASCII alone",
    answers(isJson, (answer) => ({ ...answer, body: ascii(String(answer.body)) })),
  ),
  unusual("connections that end after each answer", having({ Connection: "close" })),
  unusual(
    "a body that ends with its connection",
    answers(places.status, ({ status, body }) => (socket) => {
      socket.end(`HTTP/1.0 ${status} OK\r\nContent-Type: application/json\r\n\r\n${body}`);
    }),
  ),
  unusual(
    "a slow first byte",
    answers(places.complete, async (answer) => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      return answer;
    }),
  ),
  unusual(
    "an answer in two halves",
    answers(places.complete, ({ status, body }) => (socket) => {
      const head = `HTTP/1.1 ${status} OK\r\nContent-Type: application/json\r\nConnection: close`;
      socket.write(`${head}\r\nContent-Length: ${body.length}\r\n\r\n${body.slice(0, 50)}`);
      setTimeout(() => socket.end(body.slice(50)), 30);
    }),
  ),
];

/** Answers that are rarely seen, and break neither HTTP nor the contract. */
export const unusualAnswers: readonly UnusualServer[] = [...headers, ...bytes];

function having(changes: Readonly<Record<string, string | undefined>>): Twist {
  return answers(always, (answer) => withHeaders(answer, changes));
}

function lowerCased(answer: Answer): Answer {
  return {
    ...answer,
    headers: Object.fromEntries(Object.entries(answer.headers).map(([k, v]) => [k.toLowerCase(), v])),
  };
}

function encoded(answer: Answer, how: string, body: Uint8Array): Answer {
  return { ...withHeaders(answer, { "Content-Encoding": how }), body };
}

function isJson({ kind }: Context): boolean {
  return kind !== "delete" && kind !== "nowhere";
}

function ascii(text: string): string {
  return text.replace(/[a-z](?=at)/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
}
