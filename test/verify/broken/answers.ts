import type { Answer } from "../server/twist.js";
import { answers, asError, asPage, type Place, type PlaceName, places, withHeaders, withValue } from "../twists.js";
import type { BrokenServer } from "./broken-server.js";

/** Statuses that the contract does not declare. */
const statuses: readonly BrokenServer[] = [
  ...answered("locator", [200, 201, 302, 409, 418, 422]),
  ...answered("pending", [201, 206, 301, 307, 410, 418]),
  ...answered("complete", [201, 203, 405, 408, 520]),
  ...answered("canceled", [410, 422, 424]),
  ...answered("deletion", [200, 202]),
  {
    name: "pending is answered 204",
    twist: answers(places.pending, (answer) => ({
      ...withHeaders(answer, { "Content-Type": undefined }),
      status: 204,
      body: "",
    })),
    fails: ["status-declared"],
  },
  {
    name: "an end under 202",
    twist: answers(places.end, (answer) => ({ ...answer, status: 202 })),
    fails: ["schema"],
    at: "/status",
  },
];

/** Headers in another form than the contract gives. */
const headers: readonly BrokenServer[] = [
  header("X-HubSpot-RateLimit-Max", "many"),
  header("X-HubSpot-RateLimit-Max", ""),
  header("X-HubSpot-RateLimit-Remaining", "-1"),
  header("X-HubSpot-RateLimit-Interval-Milliseconds", "10s"),
  header("X-HubSpot-RateLimit-Daily", "250000.5"),
  header("X-HubSpot-RateLimit-Daily-Remaining", "99999999999"),
  header("X-HubSpot-RateLimit-Secondly", "10, 10"),
  header("X-HubSpot-RateLimit-Secondly-Remaining", "unlimited"),
  header("X-HubSpot-Correlation-Id", "42"),
  {
    ...header("X-HubSpot-Correlation-Id", "not-a-uuid", places.refusal),
    name: "refusals with a correlation id of another form",
  },
  {
    name: "a 477 that says when by a date",
    twist: answers(places.firstPoll, (answer) => ({
      ...withHeaders(asError(answer, 477), { "Retry-After": "Mon, 14 Sep 2026 12:00:01 GMT" }),
    })),
    fails: ["headers"],
  },
  ...["soon", "1.5"].map((wait) => ({
    name: `429 with Retry-After ${wait}`,
    twist: answers(places.firstPoll, (answer) => withHeaders(asError(answer, 429), { "Retry-After": wait })),
    fails: ["headers"],
  })),
  {
    name: "refusals with another correlation id than the header",
    twist: answers(places.refusal, (answer) =>
      mapped(answer, "/correlationId", "01a09f40-b241-7c31-9b5e-ffffffffffff"),
    ),
    fails: ["correlation-id"],
    at: "/correlationId",
  },
  {
    name: "a 429 with another correlation id than the header",
    twist: answers(places.firstPoll, (answer) => ({
      ...mapped(asError(answer, 429), "/correlationId", "01a09f40-b241-7c31-9b5e-ffffffffffff"),
    })),
    fails: ["correlation-id"],
    at: "/correlationId",
  },
];

/** Answers that say "not now", wrongly. */
const notNow: readonly BrokenServer[] = [
  {
    name: "a 429 as a page",
    twist: answers(places.firstPoll, (answer) => asPage(answer, 429)),
    fails: ["content-type"],
  },
  {
    name: "a 502 as plain text",
    twist: answers(places.firstPoll, (answer) => ({
      ...withHeaders(answer, { "Content-Type": "text/plain" }),
      body: "Bad gateway",
      status: 502,
    })),
    fails: ["content-type"],
  },
  {
    name: "a 503 as an empty page",
    twist: answers(places.firstPoll, (answer) => ({ ...asPage(answer, 503), body: "" })),
    fails: ["schema"],
  },
  {
    name: "a 504 that says JSON, and is a page",
    twist: answers(places.firstPoll, (answer) => ({ ...answer, body: asPage(answer).body, status: 504 })),
    fails: ["body-json"],
  },
  {
    name: "a 423 without a message",
    twist: answers(places.firstPoll, (answer) => ({ ...mapped(asError(answer, 423), "/message", undefined) })),
    fails: ["schema"],
    at: "/message",
  },
  {
    name: "a 500 with a stack",
    twist: answers(places.firstPoll, (answer) => ({
      ...answer,
      body: JSON.stringify({ error: "boom", stack: ["at x"] }),
      status: 500,
    })),
    fails: ["schema"],
    at: "/message",
  },
];

/** Servers whose statuses and headers are none that the contract gives. */
export const brokenAnswers: readonly BrokenServer[] = [...statuses, ...headers, ...notNow];

function answered(place: PlaceName, wrong: readonly number[]): readonly BrokenServer[] {
  return wrong.map((status) => ({
    name: `${place} is answered ${status}`,
    twist: answers(places[place], (answer) => ({ ...withHeaders(answer, { Location: "/elsewhere" }), status })),
    fails: ["status-declared"],
  }));
}

function header(name: string, value: string, place: Place = () => true): BrokenServer {
  return {
    name: `${name}: ${value}`,
    twist: answers(place, (answer) => withHeaders(answer, { [name]: value })),
    fails: ["headers"],
  };
}

function mapped(answer: Answer, pointer: string, value: unknown): Answer {
  return { ...answer, body: JSON.stringify(withValue(JSON.parse(String(answer.body)), pointer, value)) };
}
