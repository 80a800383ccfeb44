import { ageText } from "../../../src/duration.js";
import { timeOfDay } from "../../../src/instant.js";
import { renderTable } from "../../../src/report/table.js";
import { addressOf } from "../../../src/simulator/short-name.js";
import type { Schemas } from "../operations.js";

/** A session's tasks, one a line, the newest last. @param now what its clock shows, in epoch milliseconds */
export function tasksTable({ tasks }: Schemas["TaskList"], now: number): string {
  if (tasks.length === 0) return "No task yet. Start one with an import, or poll a scenario's name.\n";
  const rows = tasks.map(({ name, status, scenario, requestedAt, polls, draft }) => {
    const began = Date.parse(requestedAt);
    return [name, status, scenario, ageText(now - began), `${polls}`, timeOfDay(began), draft.fileName];
  });
  const name = tasks.at(-1)?.name ?? "";
  return `${renderTable([["task", "state", "scenario", "age", "polls", "began", "file"], ...rows])}
In an address write the number alone: ${addressOf(name)}. In HubSpot's own path: …/tasks/${name.replace("#", "%23")}/status.
`;
}

/** One task with its timeline and its exchanges, each in a table. */
export function taskText(task: Schemas["Task"], now: number): string {
  const stages = task.timeline.map(({ state, isReached, at }) => [
    state,
    isReached ? "reached" : "to come",
    at === undefined ? "-" : timeOfDay(Date.parse(at)),
  ]);
  const parts = [
    tasksTable({ tasks: [task] }, now),
    renderTable([["state", "", "time"], ...stages]),
    journalTable({ exchanges: task.exchanges, forgotten: 0 }),
  ];
  return parts.join("\n");
}

/** A session's exchanges, one a line, the newest last. */
export function journalTable({ exchanges, forgotten }: Schemas["Journal"]): string {
  const rest = forgotten > 0 ? `${forgotten} older exchanges are forgotten.\n` : "";
  if (exchanges.length === 0) return `No exchange.\n${rest}`;
  const rows = exchanges.map(({ id, at, task = "-", state = "-", request, operation, response, reason }) => [
    `${id}`,
    timeOfDay(Date.parse(at)),
    operation ? REQUESTS[operation] : `${request.method} ${new URL(request.url).pathname}`,
    task,
    response.status === undefined ? "none" : `${response.status}`,
    state,
    "Retry-After" in response.headers ? `${reason} Retry-After: ${response.headers["Retry-After"]}.` : reason,
  ]);
  return renderTable([["#", "time", "request", "task", "status", "state", "why"], ...rows]) + rest;
}

const REQUESTS: Readonly<Record<NonNullable<Schemas["Exchange"]["operation"]>, string>> = {
  importFromUrl: "import",
  checkImportStatus: "poll",
  deleteFile: "delete",
};
