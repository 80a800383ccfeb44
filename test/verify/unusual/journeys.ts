import { randomUUID } from "node:crypto";
import { taskError } from "../server/bodies.js";
import type { Json } from "../server/twist.js";
import { answers, asError, json, places } from "../twists.js";
import { type UnusualServer, unusual } from "./unusual-server.js";

const UNKNOWN = ["open-question"];

const FILE: Json = {
  id: "1",
  createdAt: "2026-09-14T12:00:00Z",
  updatedAt: "2026-09-14T12:00:00Z",
  archived: false,
  access: "PRIVATE",
};

const paces: readonly UnusualServer[] = [
  unusual("as HubSpot's own", {}),
  unusual("complete at the first poll", { pendingMs: 0, processingMs: 0 }),
  unusual("PROCESSING at once", { pendingMs: 0 }),
  unusual("never PROCESSING", { processingMs: 0 }),
  unusual("an end at the last moment", { processingMs: 58_000 }),
  unusual(
    "202 in flight",
    answers(places.inFlight, (answer) => ({ ...answer, status: 202 })),
    UNKNOWN,
  ),
];

const ends: readonly UnusualServer[] = [
  unusual("a file that cannot be fetched is canceled in silence", json(places.canceled, silent), UNKNOWN),
  unusual(
    "canceled with id and status alone",
    json(places.canceled, ({ taskId, status }) => ({ taskId, status })),
    UNKNOWN,
  ),
  unusual(
    "canceled without a start",
    json(places.canceled, ({ startedAt: _, ...body }) => body),
  ),
  unusual(
    "canceled with null for the start",
    json(places.canceled, (body) => ({ ...body, startedAt: null })),
  ),
  unusual(
    "complete with errors",
    json(places.canceled, (body) => ({ ...body, status: "COMPLETE" })),
    UNKNOWN,
  ),
  unusual(
    "complete with errors that are not counted",
    json(places.canceled, ({ numErrors: _, ...body }) => ({ ...body, status: "COMPLETE" })),
    UNKNOWN,
  ),
  unusual(
    "complete with a number of errors alone",
    json(places.canceled, ({ errors: _, ...body }) => ({ ...body, status: "COMPLETE" })),
    UNKNOWN,
  ),
  unusual(
    "complete with a file and a warning",
    json(places.complete, (body) => ({ ...body, numErrors: 1, errors: [taskError()] })),
  ),
  {
    ...unusual(
      "every file can be fetched",
      json(places.canceled, ({ numErrors: _, errors: __, ...body }) => ({ ...body, status: "COMPLETE", result: FILE })),
    ),
    leaves: 1,
  },
  {
    ...unusual(
      "every import gets the same file",
      json(places.end, ({ numErrors: _, errors: __, ...body }) => ({ ...body, status: "COMPLETE", result: FILE })),
      ["result-as-asked"],
    ),
    leaves: 1,
  },
  unusual(
    "no file can be fetched",
    json(places.complete, ({ result: _, ...body }) => ({
      ...body,
      status: "CANCELED",
      numErrors: 1,
      errors: [taskError()],
    })),
  ),
  unusual(
    "a url whose host cannot exist is refused at once",
    answers(
      ({ kind, task }) => kind === "accept" && task?.isFailing === true,
      (answer) => asError(answer, 400, "The url cannot be fetched."),
    ),
    UNKNOWN,
  ),
  unusual(
    "an unknown id is answered 400",
    answers(
      ({ refusal }) => refusal === "unknown-id",
      (answer) => ({ ...answer, status: 400 }),
    ),
    UNKNOWN,
  ),
];

const ids: readonly UnusualServer[] = [
  unusual("numbers as ids", { createId: (serial) => String(75_676_812_386 + serial) }),
  unusual("UUIDs as ids", { createId: () => randomUUID() }),
  unusual("ids of 200 characters", { createId: (serial) => `${serial}${"x".repeat(199)}` }),
  unusual("ids of one character", { createId: (serial) => String(serial) }),
  unusual("ids with spaces, slashes and accents", { createId: (serial) => `tâche ${serial}/a+b:c;d=e&f?g#h%` }),
  unusual("ids of base64 with padding", { createId: (serial) => `AAAAEZ6w/G${serial}+==` }),
];

/** Ways of tasks that are rarely seen, and that the contract leaves open. */
export const unusualJourneys: readonly UnusualServer[] = [...paces, ...ends, ...ids];

function silent({ numErrors: _, errors: __, ...body }: Json): Json {
  return body;
}
