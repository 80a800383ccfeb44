import { taskPath } from "../../src/contract/operations.js";
import { grouped } from "../../src/grouped.js";
import type { ClientConduct, Conduct } from "../../src/judge/session-conduct.js";
import { addressOf } from "../../src/session/names.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { printable, shortened } from "../../src/text.js";
import { ageText, timeOfDay } from "../../src/time.js";
import type { ExchangeView } from "./exchange-view.js";
import type { ControlOperation, Schemas } from "./operations.js";

/** Makes a text of an operation's JSON answer. @param path the request's parameters */
type Render = (answer: never, path: { readonly session: string }) => string | Promise<string>;

/** How answers look in other types than JSON, by operation and media type; the document declares which there are. */
export type Renderers = { readonly [Id in ControlOperation]?: Readonly<Record<string, Render>> };

/** What people read. */
export function createRenderers(simulator: Simulator, view: ExchangeView): Renderers {
  /** The short names of a session's tasks by id; none of one that was removed while it was judged, for a look must not make it. */
  function namesOf(session: string): ReadonlyMap<string, string> {
    const tasks = simulator.hasSession(session) ? simulator.session(session).tasks() : [];
    return new Map(tasks.map(({ id, name }) => [id, name]));
  }

  /** With the names that people know tasks by; the judge knows ids alone. */
  async function named({ clients, ...rest }: Schemas["Conduct"]): Promise<Conduct> {
    const { withNames } = await import("../session-report.js");
    const namesIn = new Map<string, ReadonlyMap<string, string>>();
    const shown = clients.map((client) => {
      // Many clients of a session have its tasks in common.
      const names = namesIn.get(client.session) ?? namesOf(client.session);
      namesIn.set(client.session, names);
      return withNames(client as ClientConduct, names);
    });
    return { ...rest, clients: shown };
  }

  /** A page with the requests of each session that still exists. */
  async function conductPage({ clients }: Conduct): Promise<string> {
    const { sessionPage } = await import("../session-report.js");
    const sessions = [...grouped(clients, ({ session }) => session)].map(([session, own]) => {
      const entries = simulator.hasSession(session) ? simulator.session(session).journal().entries() : [];
      return { session, clients: own, entries };
    });
    return sessionPage(sessions, { redactorOf: (session) => view.redactorOf(simulator.session(session).journal()) });
  }

  async function reportOf(format: "text" | "markdown", answer: Schemas["Conduct"]): Promise<string> {
    const { clientResults } = await import("../../src/report/results.js");
    const { render } = await import("../../src/report/render.js");
    return render[format](clientResults({ conduct: await named(answer) }));
  }
  const conduct = {
    "text/plain": (answer: Schemas["Conduct"]) => reportOf("text", answer),
    "text/markdown": (answer: Schemas["Conduct"]) => reportOf("markdown", answer),
    // The document's type gives less than the judge's own of what the judge returned.
    "text/html": (answer: Schemas["Conduct"]) => conductPage(answer as Conduct),
  };
  const nowOf = (session: string) => simulator.session(session).clock.now();
  /** Times in a table are the session's; who compares them with the log has to know that they differ. */
  function clockLine(session: string): string {
    const { base, shows } = simulator.session(session).clock.setting();
    const apart = shows - base;
    return Math.abs(apart) < 1000
      ? ""
      : `clock: ${ageText(Math.abs(apart))} ${apart > 0 ? "ahead of" : "behind"} the mock's log\n\n`;
  }
  const task = {
    "text/plain": (answer: Schemas["Task"], { session }: Parameters<Render>[1]) =>
      clockLine(session) + taskText(answer, nowOf(session)),
  };
  return {
    readTask: task,
    forceState: task,
    listTasks: {
      "text/plain": (answer: Schemas["TaskList"], { session }) =>
        clockLine(session) + tasksTable(answer, nowOf(session)),
    },
    listExchanges: {
      "text/plain": (answer: Schemas["Journal"], { session }) => clockLine(session) + journalTable(answer),
    },
    readConduct: conduct,
    readConductOfAll: conduct,
  };
}

/** A session's tasks, one a line, the newest last. @param now what its clock shows, in epoch milliseconds */
function tasksTable({ tasks }: Schemas["TaskList"], now: number): string {
  if (tasks.length === 0) return "No task yet. Start one with an import, or poll a scenario's name.\n";
  const rows = tasks.map(({ name, status, scenario, requestedAt, polls, draft }) => {
    const began = Date.parse(requestedAt);
    return [name, status, scenario, ageText(now - began), `${polls}`, timeOfDay(began), draft.fileName];
  });
  const name = tasks.at(-1)?.name ?? "";
  return `${renderTable([["task", "state", "scenario", "age", "polls", "began", "file"], ...rows])}
In a URL, write only the number: ${addressOf(name)}. In HubSpot's own path: …${taskPath(name.replace("#", "%23"))}.
`;
}

/** One task with its timeline and its exchanges, each in a table. */
function taskText(task: Schemas["Task"], now: number): string {
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
function journalTable({ exchanges, forgotten }: Schemas["Journal"]): string {
  const rest = forgotten > 0 ? `${forgotten} older exchanges were evicted.\n` : "";
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

/** A cell longer than this would push all others off the screen. */
const MAX_CELL = 48;

/**
 * Rows as lines of aligned columns, the first one with their names. Whatever a client wrote is made printable; the last column
 * has all the room that there is.
 *
 * @example renderTable([["task", "state"], ["happy#1", "PENDING"]]); // "task     state\nhappy#1  PENDING\n"
 */
function renderTable(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) =>
    row.map((text, column) => (column === row.length - 1 ? printable(text) : shortened(printable(text), MAX_CELL))),
  );
  const widthOf = (column: number) => cells.reduce((most, row) => Math.max(most, [...(row[column] ?? "")].length), 0);
  const widths = (cells[0] ?? []).map((_, column, row) => (column === row.length - 1 ? 0 : widthOf(column)));
  const padded = (text: string, column: number) =>
    text + " ".repeat(Math.max(0, (widths[column] ?? 0) - [...text].length));
  return cells.map((row) => `${row.map(padded).join("  ").trimEnd()}\n`).join("");
}
