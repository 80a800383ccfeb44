import type { Socket } from "node:net";
import { answers, asPage, type Place, type PlaceName, places, refusing, withHeaders } from "../twists.js";
import type { BrokenServer } from "./broken-server.js";

/** Answers that say another media type than the contract declares, or none. */
const mediaTypes: readonly BrokenServer[] = [
  said("locator", "text/plain"),
  said("locator", undefined),
  said("pending", "text/json"),
  said("complete", undefined),
  said("complete", "application/octet-stream"),
  said("complete", "application/json;charset=iso-8859-1"),
  said("canceled", "text/html"),
  said("canceled", "application/vnd.api+json"),
  said("refusal", "application/problem+json"),
  said("refusal", "text/plain;charset=utf-8"),
  said("refusal", undefined),
  page("a page in place of a task", places.status),
  page("a page in place of a refusal of the token", refusing("wrong-token")),
  page("a page in place of a refusal of the id", refusing("undecodable-id")),
  {
    name: "a refusal of the token without body or media type",
    twist: answers(refusing("no-token"), (answer) => ({
      ...withHeaders(answer, { "Content-Type": undefined }),
      body: "",
    })),
    fails: ["content-type"],
  },
];

/** Bodies that say JSON, and are none. */
const noJson: readonly BrokenServer[] = [
  ...written("an empty body", ["locator", "pending", "complete", "refusal"], () => ""),
  ...written("a body without its last brace", ["locator", "complete"], (text) => text.slice(0, -1)),
  ...written("a trailing comma", ["pending", "canceled"], (text) => text.replace(/}$/, ",}")),
  ...written("single quotes", ["refusal"], (text) => text.replaceAll('"', "'")),
  ...written("two documents", ["complete"], (text) => `${text}\n${text}`),
  ...written("a callback", ["complete"], (text) => `callback(${text})`),
  ...written("NaN", ["complete"], (text) => text.replace(/"size":\d+/, '"size":NaN')),
  ...written("a log line before it", ["locator"], (text) => `DEBUG\n${text}`),
  ...written("a byte order mark", ["locator", "complete", "refusal"], (text) => `\uFEFF${text}`),
  ...written("Latin-1", ["complete"], (text) => Buffer.from(text.replace("import-", "ü"), "latin1")),
  ...written("UTF-16", ["pending"], (text) => Buffer.from(`\uFEFF${text}`, "utf16le")),
  ...written("an object of JavaScript's", ["canceled"], () => "[object Object]"),
];

/** Bodies that end before their end. */
const cut: readonly BrokenServer[] = [
  ...(["locator", "pending", "complete", "refusal"] as const).flatMap((place) => [
    taken(
      `${place} cut before its Content-Length`,
      place,
      (body) => `Content-Length: ${body.length + 40}\r\n\r\n${body}`,
    ),
    taken(
      `${place} cut in the middle of a chunk`,
      place,
      (body) => `Transfer-Encoding: chunked\r\n\r\n${(body.length + 40).toString(16)}\r\n${body}`,
    ),
  ]),
  taken(
    "complete without a last chunk",
    "complete",
    (body) => `Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n`,
  ),
  taken(
    "complete that says gzip, and is not",
    "complete",
    (body) => `Content-Encoding: gzip\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  ),
  taken("complete with more than anybody reads", "complete", () => `\r\n${" ".repeat(9 * 1024 * 1024)}`),
];

/** Servers whose bodies cannot be read as what they are declared to be. */
export const brokenMedia: readonly BrokenServer[] = [...mediaTypes, ...noJson, ...cut];

function said(place: PlaceName, type: string | undefined): BrokenServer {
  const twist = answers(places[place], (answer) => withHeaders(answer, { "Content-Type": type }));
  return { name: `${place} as ${type ?? "nothing"}`, twist, fails: ["content-type"] };
}

function page(name: string, place: Place): BrokenServer {
  return { name, twist: answers(place, (answer) => asPage(answer)), fails: ["content-type"] };
}

function written(
  what: string,
  where: readonly PlaceName[],
  change: (text: string) => string | Uint8Array,
): readonly BrokenServer[] {
  return where.map((place) => ({
    name: `${place} with ${what}`,
    twist: answers(places[place], (answer) => ({ ...answer, body: change(String(answer.body)) })),
    fails: ["body-json"],
  }));
}

/** A connection that is closed after some bytes. @param rest of the answer, from its last headers on */
function taken(name: string, place: PlaceName, rest: (body: string) => string): BrokenServer {
  const twist = answers(places[place], ({ status, body }) => (socket: Socket) => {
    socket.end(`HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\n${rest(String(body))}`);
  });
  return { name, twist, fails: ["body-complete"] };
}
