import { STATES } from "../../src/contract/contract.js";
import { VERSIONS } from "../../src/contract/versions.js";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { toHar } from "../../src/exchange/har.js";
import { createRedactor } from "../../src/exchange/redact.js";
import { catalogueOf, requireScenario } from "../../src/session/choose-scenario.js";
import { type Criteria, findEntries } from "../../src/session/expectation.js";
import type { JournalEntry } from "../../src/session/journal.js";
import { recorded } from "../../src/session/recorded.js";
import type { SessionControl } from "../../src/session/session-control.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { jsonText, nearestNames, shownValue } from "../../src/text.js";
import { UserError } from "../../src/user-error.js";
import { conductInTurns } from "../conduct.js";
import { inTurns } from "../in-turns.js";
import { version } from "../version.js";
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

  /** With the session's dates, which the responses show, too; and whole, where it came in drops. */
  function recordedAt(entry: JournalEntry): RecordedExchange {
    const one = recorded(entry);
    const { flaw, ...response } = one.response ?? {};
    const whole = flaw === "not-recorded" && one.response ? { response: response as typeof one.response } : {};
    return { ...one, ...whole, durationMs: entry.tookMs ?? 0, startedAt: entry.at };
  }

  /** With the pseudonyms that the sessions' journals have. */
  async function redactedConduct(session?: string): Promise<Schemas["Conduct"]> {
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
      // As the client has it, which knows nothing of what its transport sent again.
      const all = requireSession(simulator, path).journal().entries();
      const entries = all.filter(({ repeatOf }) => repeatOf === undefined);
      const redact = createRedactor([]);
      const exchanges = await inTurns(entries, (entry) => redact(recordedAt(entry)));
      // As `verify --record` writes it: who looks at the file in a terminal sees what it says, and obeys none of it.
      const text = jsonText(toHar(exchanges, { version, target: baseOf(context) }));
      return new Response(text, { headers: { "Content-Type": "application/json" } });
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
