import type { Context, Twist } from "../server/twist.js";
import { answers, asError, json, type Place, places, statusPath } from "../twists.js";
import { type BrokenServer, wrongValue } from "./broken-server.js";

const FOR_EVER_MS = 1e12;

const anyStatus = { at: "/taskId", place: places.status };

/** Tasks that are mixed up or lost. */
const identities: readonly BrokenServer[] = [
  wrongValue("task-id", "every poll shows another id", anyStatus, () => "AAAAEZ6whGI"),
  wrongValue("task-id", "the two tasks are swapped", anyStatus, (_, context) => otherId(context)),
  wrongValue("task-id", "the id is in small letters", anyStatus, (id) => String(id).toLowerCase()),
  wrongValue("task-id", "the id changes at the end", { at: "/taskId", place: places.complete }, (id) => `${id}A`),
  {
    name: "two imports get one id",
    twist: json(places.locator, (_, { tasks, origin }) => {
      const id = tasks[0]?.id;
      return { id, links: { status: `${origin}${statusPath(id)}` } };
    }),
    fails: ["task-id"],
    at: "/id",
  },
  lost("a token is refused once, and taken again", places.firstPoll, 401),
  lost("a token lacks scopes once, and has them again", ({ look }) => look === 2, 403),
  lost("a task is not found at first", places.firstPoll, 404),
  lost("a task is never found", places.status, 404),
  lost("an id is refused that was given", places.status, 400),
  lost("a task is not found while it is processed", places.processing, 404),
  lost("a task is forgotten after its end", places.laterLook, 404),
];

/** Tasks that go another way than from PENDING over PROCESSING to an end. */
const ways: readonly BrokenServer[] = [
  wayward("state-order", "a task goes back to PENDING", places.processing, (body, { poll }) =>
    poll > 2 ? { ...body, status: "PENDING" } : body,
  ),
  wayward("state-order", "a task goes to and fro", places.inFlight, (body, { poll }) => ({
    ...body,
    status: poll % 2 ? "PROCESSING" : "PENDING",
  })),
  wayward("terminal-state", "an ended task is PENDING again", places.laterLook, ({ taskId }) => ({
    taskId,
    status: "PENDING",
  })),
  wayward("terminal-state", "an ended task is PROCESSING once", places.end, ({ taskId, ...body }, { look }) =>
    look === 2 ? { taskId, status: "PROCESSING" } : { taskId, ...body },
  ),
  wayward("terminal-state", "a complete task is canceled later", later(places.complete), ({ result: _, ...body }) => ({
    ...body,
    status: "CANCELED",
  })),
  wayward("terminal-state", "a canceled task completes later", later(places.canceled), (body) => ({
    ...body,
    status: "COMPLETE",
  })),
  wayward("ends-in-time", "the import that fails never ends", places.canceled, ({ taskId }) => ({
    taskId,
    status: "PROCESSING",
  })),
  endless("a task is PENDING for ever", { pendingMs: FOR_EVER_MS }),
  endless("a task is PROCESSING for ever", { processingMs: FOR_EVER_MS }),
  endless("a task takes longer than the timeout", { processingMs: 90_000 }),
];

const afterImport: Place = ({ kind, method }) => kind !== "accept" && method !== "DELETE";

/** Outages that do not end. */
const outages: readonly BrokenServer[] = [
  ...[423, 500, 502, 503, 504, 524].map((status) =>
    out(`${status} for ever once a task was accepted`, places.status, (answer) => asError(answer, status)),
  ),
  ...[500, 503].map((status) =>
    out(`${status} for ever to all that comes after the imports`, afterImport, (answer) => asError(answer, status)),
  ),
  ...[500, 503].map((status) =>
    out(`${status} for ever once the end was seen`, places.laterLook, (answer) => asError(answer, status)),
  ),
  out("503 for ever, to come back in nine seconds", places.status, (answer) => ({
    ...asError(answer, 503),
    headers: { ...answer.headers, "Retry-After": "9" },
  })),
  out(
    "503 for ever from the second poll on",
    ({ poll }) => poll > 1,
    (answer) => asError(answer, 503),
  ),
];

/** Servers that mix up, lose or never end tasks. */
export const brokenTasks: readonly BrokenServer[] = [...identities, ...ways, ...outages];

function otherId({ tasks, task }: Context): string | undefined {
  return tasks.find((one) => one.serial !== task?.serial)?.id;
}

function later(place: Place): Place {
  return (context) => places.laterLook(context) && place(context);
}

function lost(name: string, place: Place, status: number): BrokenServer {
  return { name, twist: answers(place, (answer) => asError(answer, status)), fails: ["task-known"] };
}

function wayward(check: string, name: string, place: Place, change: Parameters<typeof json>[1]): BrokenServer {
  return { name, twist: json(place, change), fails: [check], at: "/status" };
}

function endless(name: string, twist: Twist): BrokenServer {
  return { name, twist, fails: ["ends-in-time"], at: "/status" };
}

function out(name: string, place: Place, change: Parameters<typeof answers>[1]): BrokenServer {
  return { name, twist: answers(place, change), fails: ["availability"] };
}
