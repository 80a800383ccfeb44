import { ageText } from "../../../src/duration.js";
import { renderConduct } from "../../../src/report/conduct/kinds.js";
import type { Simulator } from "../../../src/simulator/simulator.js";
import type { Conduct } from "../../../src/verify/journal/session-conduct.js";
import type { ControlOperation, Schemas } from "../operations.js";
import { journalTable, tasksTable, taskText } from "./tables.js";

/** Makes a text of an operation's JSON answer. @param path the request's parameters */
type Render = (answer: never, path: { readonly session: string }) => string;

/** How answers look in other types than JSON, by operation and media type; the document declares which there are. */
export type Renderers = { readonly [Id in ControlOperation]?: Readonly<Record<string, Render>> };

/** What people read. */
export function createRenderers(simulator: Simulator): Renderers {
  /** The short names of a session's tasks by id; none of one that was removed while it was judged, for a look must not make it. */
  function namesOf(session: string): ReadonlyMap<string, string> {
    const tasks = simulator.hasSession(session) ? simulator.session(session).tasks() : [];
    return new Map(tasks.map(({ id, name }) => [id, name]));
  }

  /** With the names that people know tasks by; the judge knows ids alone. */
  function named({ clients, ...rest }: Schemas["Conduct"]): Conduct {
    const namesIn = new Map<string, ReadonlyMap<string, string>>();
    const shown = clients.map((client) => {
      // Many clients of a session have its tasks in common.
      const names = namesIn.get(client.session) ?? namesOf(client.session);
      namesIn.set(client.session, names);
      const nameOf = (id: string) => names.get(id) ?? id;
      const inText = (text: string) => text.replace(/[^\s"'/]{11,}/g, nameOf);
      const checks = client.checks.map((check) => ({
        ...check,
        findings: check.findings.map((finding) => ({ ...finding, actual: inText(finding.actual) })),
      }));
      const tasks = client.tasks.map((task) => ({ ...task, id: nameOf(task.id) }));
      return { ...client, checks, tasks, stillPolled: client.stillPolled.map(nameOf) };
    });
    // The document's type says of what the judge gave less than the judge's own.
    return { ...rest, clients: shown } as Conduct;
  }

  const conduct = {
    "text/plain": (answer: Schemas["Conduct"]) => renderConduct("text", { conduct: named(answer) }),
    "text/markdown": (answer: Schemas["Conduct"]) => renderConduct("markdown", { conduct: named(answer) }),
    "text/html": (answer: Schemas["Conduct"]) => renderConduct("html", { conduct: named(answer) }),
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
