import type { Twist } from "./server/twist.js";
import { answers, asError, asPage, type Place, places, withHeaders } from "./twists.js";

/** A server of which too little is seen for a verdict, and why. */
export interface UnjudgedServer {
  readonly name: string;
  readonly twist: Twist;
  readonly reason: string;
}

const always: Place = () => true;
const reading: Place = ({ kind, method, refusal }) =>
  method === "GET" && (kind !== "refusal" || refusal === "unknown-id" || refusal === "undecodable-id");
const mute = () => () => {};
const atOnce = { pendingMs: 0, processingMs: 0 } as const;
const hangUp = () => (socket: { destroy(): void }) => socket.destroy();

const afterImport: Place = ({ kind, method }) => kind !== "accept" && method !== "DELETE";

const servers: readonly (readonly [name: string, twist: Twist, reason: string])[] = [
  ["a token that may not import (401)", answers(places.locator, (answer) => asError(answer, 401)), "token-refused"],
  ["a token that may not import (403)", answers(places.locator, (answer) => asError(answer, 403)), "token-refused"],
  ["a token that may not read (401)", answers(reading, (answer) => asError(answer, 401)), "token-refused"],
  ["a token that may not read (403)", answers(reading, (answer) => asError(answer, 403)), "token-refused"],
  [
    "a token that expires",
    answers(
      ({ poll }) => poll > 2,
      (answer) => asError(answer, 401),
    ),
    "token-refused",
  ],
  ["another server (404)", answers(places.locator, (answer) => asPage(answer, 404)), "not-accepted"],
  ["another server (405)", answers(places.locator, (answer) => asPage(answer, 405)), "not-accepted"],
  ["imports that are refused", answers(places.locator, (answer) => asError(answer, 400)), "not-accepted"],
  ["a folder that does not exist", answers(places.locator, (answer) => asError(answer, 404)), "not-accepted"],
  ["imports that fail inside", answers(places.locator, (answer) => asError(answer, 500)), "postponed"],
  ["imports that are too many for ever", answers(places.locator, (answer) => asError(answer, 429)), "postponed"],
  ["imports while the server is out for ever", answers(places.locator, (answer) => asPage(answer, 503)), "postponed"],
  [
    "one import that is not accepted",
    {
      processingMs: 0,
      ...answers(
        ({ kind, task }) => kind === "accept" && task?.isFailing === false,
        (answer) => asError(answer, 400),
      ),
    },
    "not-accepted",
  ],
  ["a server that never answers", answers(always, mute), "unreachable"],
  ["a server that never answers polls", answers(places.status, mute), "unreachable"],
  ["a server that ends every connection", answers(always, hangUp), "unreachable"],
  ["a server that ends every connection of a poll", answers(places.status, hangUp), "unreachable"],
  ["a server that ends every status call", answers(({ path }) => path.endsWith("/status"), hangUp), "unreachable"],
  ["a server that goes away", answers(({ request }) => request > 8, hangUp), "unreachable"],
  [
    "a server that goes away once its tasks have ended",
    { pendingMs: 0, processingMs: 0, ...answers(({ request }) => request > 5, hangUp) },
    "unreachable",
  ],
  [
    "a server that speaks another language",
    answers(always, () => (socket) => socket.end("SSH-2.0-x\r\n")),
    "unreachable",
  ],
  [
    "refusals that are too many for ever",
    { ...atOnce, ...answers(places.refusal, (answer) => asError(answer, 429)) },
    "postponed",
  ],
  ["looks after the end that are never answered", { ...atOnce, ...answers(places.laterLook, hangUp) }, "unreachable"],
  [
    "a token that expires at the end",
    {
      ...atOnce,
      ...answers(
        ({ look, refusal }) => look > 1 || refusal === "unknown-id" || refusal === "undecodable-id",
        (answer) => asError(answer, 401),
      ),
    },
    "token-refused",
  ],
  ["a day's limit that is reached after the end", { ...atOnce, ...answers(places.laterLook, daily) }, "postponed"],
  [
    "a day's limit that is reached after an end at the last moment",
    { pendingMs: 0, processingMs: 1900, ...answers(places.laterLook, daily) },
    "postponed",
  ],
  ["a day's limit that is reached", answers(places.status, daily), "postponed"],
  [
    "a server that is moved for an hour",
    answers(places.status, (answer) => inAnHour(asError(answer, 477))),
    "postponed",
  ],
  [
    "a server that is out for an hour, and says so once",
    answers(
      ({ poll }) => poll === 2,
      (answer) => inAnHour(asPage(answer, 503)),
    ),
    "postponed",
  ],
  ...[429, 477].map((status) =>
    limited(`${status} for ever once a task was accepted`, places.status, (answer) => asError(answer, status)),
  ),
  limited("429 for ever to all that comes after the imports", afterImport, (answer) => asError(answer, 429)),
  [
    "429 for ever once the end was seen",
    { ...atOnce, ...answers(places.laterLook, (answer) => asError(answer, 429)) },
    "postponed",
  ],
  limited("503 and 429 in turn for ever once a task was accepted", places.status, (answer, { poll }) =>
    asError(answer, poll % 2 === 0 ? 503 : 429),
  ),
  ["a day's limit that is told once", answers(({ poll }) => poll === 2, daily), "postponed"],
  ["a server that is out for an hour", answers(places.status, (answer) => inAnHour(asPage(answer, 503))), "postponed"],
];

export const unjudgedServers: readonly UnjudgedServer[] = servers.map(([name, twist, reason]) => ({
  name,
  twist,
  reason,
}));

/** The account's own limit says nothing about the server. */
function limited(name: string, place: Place, change: Parameters<typeof answers>[1]): (typeof servers)[number] {
  return [name, answers(place, change), "postponed"];
}

function daily(answer: Parameters<typeof asError>[0]) {
  const { body, ...rest } = asError(answer, 429);
  return { ...rest, body: String(body).replace("{", '{"policyName":"DAILY",') };
}

function inAnHour(answer: Parameters<typeof asError>[0]) {
  return withHeaders(answer, { "Retry-After": "3600" });
}
