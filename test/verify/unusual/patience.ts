import type { Twist } from "../server/twist.js";
import { answers, asError, asPage, type Place, places, withHeaders } from "../twists.js";
import { type UnusualServer, unusual } from "./unusual-server.js";

const notNow: readonly UnusualServer[] = [
  ...[423, 429, 477, 500, 502, 503, 504, 521, 523, 524].map((status) =>
    unusual(
      `${status} once`,
      answers(places.firstPoll, (answer) => asError(answer, status)),
    ),
  ),
  ...[500, 502, 503, 524].map((status) =>
    unusual(
      `${status} as a page once`,
      answers(places.firstPoll, (answer) => asPage(answer, status)),
    ),
  ),
  unusual(
    "502 as a page in Latin-1",
    answers(places.firstPoll, (answer) => ({
      ...withHeaders(asPage(answer, 502), { "Content-Type": "text/html; charset=iso-8859-1" }),
      body: Buffer.from("<h1>Passerelle défaillante</h1>", "latin1"),
    })),
  ),
  ...["2", "0", "2, 2", "Mon, 14 Sep 2026 12:00:03 GMT", "Monday, 14-Sep-26 12:00:03 GMT"].map((wait) =>
    unusual(
      `429 with Retry-After ${wait}`,
      answers(places.firstPoll, (answer) => withHeaders(asError(answer, 429), { "Retry-After": wait })),
    ),
  ),
  unusual(
    "477 with Retry-After 30",
    answers(places.firstPoll, (answer) => withHeaders(asError(answer, 477), { "Retry-After": "30" })),
  ),
  unusual(
    "503 with Retry-After, five times",
    answers(
      ({ kind, poll }) => kind === "poll" && poll < 6,
      (answer) => withHeaders(asError(answer, 503), { "Retry-After": "3" }),
    ),
  ),
  unusual(
    "429 to each kind of request once",
    onceEach((answer) => asError(answer, 429)),
  ),
  unusual(
    "502 as a page to each kind of request once",
    onceEach((answer) => asPage(answer, 502)),
  ),
  unusual(
    "500 to each refusal once",
    onceEach((answer) => asError(answer, 500), places.refusal),
  ),
  unusual(
    "429 to looks after the end",
    answers(
      ({ look }) => look === 2 || look === 4,
      (answer) => asError(answer, 429),
    ),
  ),
  unusual(
    "500 to a look after the end",
    answers(
      ({ look }) => look === 3,
      (answer) => asError(answer, 500),
    ),
  ),
  unusual(
    "a poll without an answer",
    answers(places.firstPoll, () => (socket) => socket.destroy()),
  ),
  unusual(
    "a look without an answer",
    answers(
      ({ look }) => look === 2,
      () => (socket) => socket.destroy(),
    ),
  ),
  unusual(
    "a refusal without an answer",
    onceEach(() => (socket) => socket.destroy(), places.refusal),
  ),
  unusual(
    "an outage of half a minute",
    answers(
      ({ kind, task, now }) => kind === "poll" && now < (task?.requestedAt ?? 0) + 30_000,
      (answer) => asPage(answer, 503),
    ),
  ),
];

const deletions: readonly UnusualServer[] = [
  ...[404, 405, 501].map((status) =>
    undeleted(`${status} to a deletion, as a page`, (answer) => asPage(answer, status)),
  ),
  ...[404, 405, 501, 403, 500].map((status) =>
    undeleted(`${status} to a deletion`, (answer) => asError(answer, status)),
  ),
  undeleted("404 to a deletion, in another form", (answer) => ({
    ...asError(answer, 404),
    body: '{"detail":"Not Found"}',
  })),
  undeleted("404 to a deletion, and nothing else", (answer) => ({ ...answer, status: 404 })),
  undeleted("no answer to a deletion", () => (socket) => socket.destroy()),
];

/** Servers that are busy, out or mute for a while, or delete nothing. */
export const unusualPatience: readonly UnusualServer[] = [...notNow, ...deletions];

type Change = Parameters<typeof answers>[1];

function undeleted(name: string, change: Change): UnusualServer {
  return { ...unusual(name, answers(places.deletion, change)), leaves: 1 };
}

/** The first answer of each kind otherwise: of each refusal, too. */
function onceEach(change: Change, place: Place = () => true): Twist {
  const seen = new Set<string>();
  return answers((context) => {
    const { method, kind, refusal } = context;
    const key = `${method} ${kind} ${refusal}`;
    if (!place(context) || seen.has(key)) return false;
    seen.add(key);
    return true;
  }, change);
}
