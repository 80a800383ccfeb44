import type { Context } from "hono";
import { STATES } from "../../src/contract/contract.js";
import { VERSIONS } from "../../src/contract/operations.js";
import { catalogueOf, requireScenario } from "../../src/session/choose-scenario.js";
import { type Criteria, findEntries } from "../../src/session/expectation.js";
import type { SessionControl } from "../../src/session/session-control.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { nearestNames, shownValue } from "../../src/text.js";
import { UserError } from "../../src/user-error.js";
import { inTurns } from "../in-turns.js";
import { curlFor, type ExchangeView } from "./exchange-view.js";
import { baseOf, type Handlers, invalid, requireSession, type Schemas } from "./operations.js";

type Handled =
  | "listExchanges"
  | "clearJournal"
  | "exportJournal"
  | "readExchange"
  | "readCurl"
  | "verifyJournal"
  | "readConduct"
  | "readReport"
  | "readConductOfAll"
  | "readCoverage";

/** What was asked and answered, and whether it was as expected. */
export function journalHandlers(simulator: Simulator, view: ExchangeView): Pick<Handlers, Handled> {
  function viewOne(session: SessionControl, id: number): Schemas["Exchange"] {
    const journal = session.journal();
    const entry = journal.entries().find((one) => one.id === id);
    if (entry) return view.of(entry, session.name, journal);
    const sentence = `the journal of session "${session.name}" has no exchange ${id}.`;
    throw new UserError("unknown-exchange", `${sentence} It was evicted, or never existed. List the journal.`);
  }

  /** With the pseudonyms that the sessions' journals have. */
  async function redactedConduct(session?: string): Promise<Schemas["Conduct"]> {
    const { conductInTurns } = await loadConduct();
    const conduct = await conductInTurns(simulator, session);
    const redact = (client: (typeof conduct.clients)[number]) =>
      view.redactorOf(simulator.session(client.session).journal())(client);
    return { ...conduct, clients: [...(await inTurns(conduct.clients, redact))] };
  }

  /** A filter with a letter wrong finds nothing, which looks as if nothing had happened. */
  function requireKnown(session: SessionControl, { scenario, taskId, state, version }: Criteria): void {
    const finds = (criteria: Criteria) => findEntries(session.journal().entries(), criteria).length > 0;
    if (scenario !== undefined && !finds({ scenario })) requireScenario(scenario, catalogueOf(simulator.scenarios()));
    if (state !== undefined && !STATES.some((one) => one === state) && !finds({ state })) {
      const [nearest = STATES.join(", ")] = nearestNames(state, STATES);
      const message = `must be a state that a task has shown; got ${shownValue(state)}. Write ${nearest}.`;
      throw invalid([{ pointer: "/query/state", message }]);
    }
    if (version !== undefined && !VERSIONS.includes(version) && !finds({ version })) {
      const [nearest = VERSIONS.join(", ")] = nearestNames(version, VERSIONS);
      const message = `must be a version of the contract; got ${shownValue(version)}. Write ${nearest}.`;
      throw invalid([{ pointer: "/query/version", message }]);
    }
    if (taskId !== undefined && !finds({ taskId })) session.task(taskId);
  }

  return {
    async listExchanges({ path, query }) {
      const { since = 0, limit, task, taskId: id = task, ...criteria } = query;
      const session = requireSession(simulator, path);
      const taskId = id === undefined ? {} : { taskId: session.taskId(id) };
      const journal = session.journal();
      requireKnown(session, { ...criteria, ...taskId } as Criteria);
      const newer = journal.entries().filter(({ id }) => id > since);
      const found = findEntries(newer, { ...criteria, ...taskId } as Criteria);
      const shown = limit === undefined ? found : found.slice(-limit);
      return {
        exchanges: [...(await inTurns(shown, (entry) => view.of(entry, session.name, journal)))],
        forgotten: journal.forgotten(),
      };
    },
    clearJournal: ({ path }) => requireSession(simulator, path).journal().clear(),
    async exportJournal({ path, context }) {
      const text = await harOf(requireSession(simulator, path), context);
      return new Response(text, { headers: { "Content-Type": "application/json" } });
    },
    async readReport({ path, context }) {
      const session = requireSession(simulator, path);
      const [{ conductInTurns }, { sessionPage }] = await Promise.all([loadConduct(), loadReport()]);
      const { clients } = await conductInTurns(simulator, session.name);
      const journal = session.journal();
      const page = await sessionPage([{ session: session.name, clients, entries: journal.entries() }], {
        about: `Session ${session.name}`,
        redactorOf: () => view.redactorOf(journal),
        har: await harOf(session, context),
      });
      return new Response(page, { headers: { "Content-Type": "text/html;charset=utf-8" } });
    },
    readExchange: ({ path }) => viewOne(requireSession(simulator, path), path.exchange),
    readCurl({ path }) {
      const command = curlFor(viewOne(requireSession(simulator, path), path.exchange));
      return new Response(`${command}\n`, { headers: { "Content-Type": "text/plain;charset=utf-8" } });
    },
    verifyJournal: ({ path, body }) => requireSession(simulator, path).verify(body),
    readConduct: ({ path }) => redactedConduct(requireSession(simulator, path).name),
    readConductOfAll: () => redactedConduct(),
    readCoverage: ({ path }) => requireSession(simulator, path).coverage(),
  };
}

// The judge and the reports are most of the code, and a page that opens needs neither.
const loadConduct = () => import("../conduct.js");
const loadReport = () => import("../session-report.js");

async function harOf(session: SessionControl, context: Context): Promise<string> {
  const { journalHar } = await loadReport();
  return journalHar(session.journal().entries(), baseOf(context));
}
