import { pathOf } from "../../src/contract/operations.js";
import { readEffect } from "../../src/scenario/read-effect.js";
import { baseName } from "../../src/scenario/reference.js";
import type { ScenarioProblem } from "../../src/scenario/source.js";
import { findEntries } from "../../src/session/expectation.js";
import type { JournalEntry } from "../../src/session/journal.js";
import { addressOf, listNames } from "../../src/session/names.js";
import type { SessionControl } from "../../src/session/session-control.js";
import { reasonFor } from "../../src/simulator/reason.js";
import { createSimulator, type Simulator } from "../../src/simulator/simulator.js";
import { isoDate } from "../../src/time.js";
import { inTurns } from "../in-turns.js";
import { type ExchangeView, viewLife, viewResponse, viewSummary, viewTimeline } from "./exchange-view.js";
import { baseOf, type Handlers, Rejected, requireSession, type Schemas } from "./operations.js";

type Handled =
  | "listTasks"
  | "readTask"
  | "previewPoll"
  | "deleteTask"
  | "forceState"
  | "injectAnswer"
  | "moveTask"
  | "moveTasks";

function invalidEffect({ pointer, message }: ScenarioProblem): Rejected {
  const place = `/body${pointer.replace(/\/$/, "")}`;
  return new Rejected("invalid-request", `${place} ${message} See docs/scenarios.md.`, [{ pointer: place, message }]);
}

/**
 * Rejects the removal of the task "canceled" while others are named after its scenario: clients cut an address at `#`, so
 * that canceled#3 arrives as canceled.
 */
function requireUncut(session: SessionControl, text: string): void {
  const tasks = session.tasks();
  const others = tasks.filter(({ id, scenario }) => id !== text && baseName(scenario) === text);
  const own = tasks.find(({ id }) => id === text);
  if (!own || others.length === 0) return;
  const names = listNames([...others, own].map(({ name }) => name));
  const sentence = `"${text}" may be one of ${names}, because a URL ends at #.`;
  throw new Rejected("ambiguous-task", `${sentence} Write only the number, as in ${addressOf(own.name)}.`);
}

/** The tasks of a session. */
export function taskHandlers(simulator: Simulator, view: ExchangeView): Pick<Handlers, Handled> {
  function viewTask(session: SessionControl, id: string): Schemas["Task"] {
    const task = session.task(id);
    const journal = session.journal();
    const own = findEntries(journal.entries(), { taskId: task.id });
    return viewLife(
      task,
      own.map((entry) => view.of(entry, session.name, journal)),
    );
  }

  return {
    async listTasks({ path, query }) {
      const session = requireSession(simulator, path);
      if (!query.timeline) return { tasks: session.tasks(query.limit).map(viewSummary) };
      const viewed = await inTurns(session.lives(query.limit), (view) => {
        const task = view();
        return { ...viewSummary(task), timeline: viewTimeline(task.stages) };
      });
      return { tasks: [...viewed] };
    },
    previewPoll({ path, query, context }) {
      const session = requireSession(simulator, path);
      const at = query.at === undefined ? session.clock.now() : Date.parse(query.at);
      const poll = { id: path.task, base: baseOf(context), at, after: query.after ?? 0 };
      const entry = previewPoll(simulator, session, poll);
      const { state, effect, response } = entry;
      return {
        at: isoDate(at),
        reason: reasonFor(entry),
        ...(state !== undefined && { state }),
        ...(effect !== undefined && { effect }),
        response: viewResponse(response),
      };
    },
    readTask: ({ path }) => viewTask(requireSession(simulator, path), path.task),
    deleteTask({ path }) {
      const session = requireSession(simulator, path);
      requireUncut(session, path.task);
      const { id, name } = session.task(path.task);
      session.remove(id);
      return { id, name };
    },
    forceState({ path, body }) {
      const session = requireSession(simulator, path);
      session.force(path.task, body);
      return viewTask(session, path.task);
    },
    injectAnswer({ path, body }) {
      const { times, after, ...source } = body;
      const read = readEffect(source, body);
      if ("problem" in read) throw invalidEffect(read.problem);
      requireSession(simulator, path).inject(path.task, read.effect, times, after);
    },
    moveTask: ({ path }) => ({ moved: requireSession(simulator, path).next(path.task) }),
    moveTasks: ({ path }) => ({ moved: requireSession(simulator, path).next() }),
  };
}

/** Which poll is looked at. */
interface PreviewedPoll {
  /** The task's id or short name. */
  readonly id: string;
  /** The mock's address as its client called it. */
  readonly base: string;
  /** The moment of the session's clock, in epoch milliseconds. */
  readonly at: number;
  /** How many other polls come before it. */
  readonly after: number;
}

/**
 * What a poll would get: it is sent to a copy of the session with this one task, which is thrown away.
 *
 * @throws UserError `unknown-task`
 */
function previewPoll(
  simulator: Simulator,
  session: SessionControl,
  { id, base, at, after }: PreviewedPoll,
): JournalEntry {
  const task = session.taskId(id);
  const instant = session.clock.now();
  const basePath = new URL(base).pathname;
  const copy = createSimulator({ scenarios: simulator.scenarios(), now: () => instant, basePath });
  copy.restore(session.name, session.snapshotOf(task));
  const { clock, journal } = copy.session(session.name);
  clock.freeze();
  clock.set(at);
  const headers = new Headers({ Authorization: "Bearer preview", "X-Mock-Session": session.name });
  const url = base + pathOf("checkImportStatus", encodeURIComponent(task));
  for (let poll = 0; poll <= after; poll += 1) copy.exchange({ method: "GET", url, headers }, { kind: "empty" });
  return journal().entries().at(-1) as JournalEntry;
}
