import type { Context, Json } from "../server/twist.js";
import { OTHER_TOKEN } from "../server.js";
import { answers, asPage, json, type Place, places, statusPath, value, withHeaders } from "../twists.js";
import type { BrokenServer } from "./broken-server.js";

const ALL = { apiVersion: "all" } as const;

const dated =
  (place: Place): Place =>
  (context) =>
    context.version === "2026-03" && place(context);

/** One path among the versions' that shows something else. */
const apart: readonly BrokenServer[] = [
  differing(
    "shows another size",
    value(dated(places.complete), "/result/size", () => 1),
    "/result/size",
  ),
  differing(
    "shows another file",
    value(dated(places.complete), "/result/id", () => "1"),
    "/result/id",
  ),
  differing(
    "writes a date without its fraction",
    value(dated(places.end), "/completedAt", (date) => String(date).replace(/\.\d+/, "")),
    "/completedAt",
  ),
  differing(
    "lacks what another has",
    value(dated(places.complete), "/result/width", () => undefined),
    "/result/width",
  ),
  differing(
    "shows other errors",
    value(dated(places.canceled), "/errors/0/message", () => "It was too large."),
    "/errors",
  ),
  differing("still shows the task under way", json(dated(places.end), underWay), "/status"),
  differing(
    "shows another end",
    json(dated(places.canceled), ({ errors: _, numErrors: __, ...body }, { tasks }) => {
      return { ...body, status: "COMPLETE", result: fileOf(tasks) };
    }),
    "/status",
  ),
  differing(
    "links to another task",
    value(dated(places.end), "/links/status", (_, { origin }) => `${origin}${statusPath("AAAAEZ6whGI")}`),
    "/links/status",
  ),
  differing(
    "answers 202",
    answers(dated(places.end), (answer) => ({ ...answer, status: 202 })),
    undefined,
    ["schema"],
  ),
  {
    name: "a dated path answers with a page and 200",
    twist: answers(dated(places.end), (answer) => asPage(answer)),
    fails: ["content-type"],
    asked: ALL,
  },
  {
    name: "a dated path answers without a content type",
    twist: answers(dated(places.end), (answer) => withHeaders(answer, { "Content-Type": undefined })),
    fails: ["content-type"],
    asked: ALL,
  },
];

/** Servers with a fault that shows in a run by several versions, or by one that is not v3. */
export const brokenVersions: readonly BrokenServer[] = [
  ...apart,
  {
    name: "a dated import's link leads nowhere",
    twist: value(
      places.locator,
      "/links/status",
      (_, { origin, task }) => `${origin}${statusPath(task?.id).replace("v3", "2024-01")}`,
    ),
    fails: ["status-link"],
    asked: { apiVersion: "2026-03" },
  },
  {
    name: "a link to a dated path leads nowhere",
    twist: {
      ...value(
        places.locator,
        "/links/status",
        (_, { origin, task }) => `${origin}${statusPath(task?.id).replace("v3", "2026-09")}`,
      ),
      ...answers(
        ({ version, kind }) => version === "2026-09" && kind !== "nowhere",
        (answer) => asPage(answer, 404),
      ),
    },
    fails: ["status-link"],
    asked: ALL,
  },
  {
    name: "a file of 2025-09 grows",
    twist: value(places.complete, "/result/size", (_, { look }) => 1000 + look),
    fails: ["end-fixed"],
    asked: { apiVersion: "2025-09" },
  },
  {
    name: "another account's token reads the task",
    twist: { lets: "other-account" },
    fails: ["other-account"],
    asked: { otherToken: OTHER_TOKEN },
  },
  {
    name: "another account's token reads the task, in every version",
    twist: { lets: "other-account" },
    fails: ["other-account"],
    asked: { ...ALL, otherToken: OTHER_TOKEN },
  },
];

function differing(
  what: string,
  twist: BrokenServer["twist"],
  at?: string,
  others: readonly string[] = [],
): BrokenServer {
  const fails = [...others, "versions-agree"];
  return { name: `a dated path ${what}`, twist, fails, asked: ALL, ...(at !== undefined && { at }) };
}

function underWay({ taskId, requestedAt, startedAt, links }: Json): Json {
  return { taskId, status: "PROCESSING", requestedAt, startedAt, links };
}

function fileOf(tasks: Context["tasks"]): Json {
  const date = new Date(tasks[0]?.completedAt ?? 0).toISOString();
  return { id: "1", createdAt: date, updatedAt: date, archived: false, access: "PRIVATE" };
}
