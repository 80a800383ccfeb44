import type { RecordedExchange } from "../src/exchange/exchange.js";
import { toHar } from "../src/exchange/har.js";
import { createRedactor, type Redact } from "../src/exchange/redact.js";
import type { ScenarioCoverage } from "../src/exchange/session-journal.js";
import { tasksOf } from "../src/judge/judge.js";
import { type ClientConduct, conductOfAll } from "../src/judge/session-conduct.js";
import { renderHtml } from "../src/report/html.js";
import { attachRecording } from "../src/report/page.js";
import { clientResults } from "../src/report/results.js";
import { numbered, type Shown } from "../src/report/shown.js";
import type { JournalEntry } from "../src/session/journal.js";
import { shortName } from "../src/session/names.js";
import { recorded } from "../src/session/recorded.js";
import { jsonText } from "../src/text.js";
import { curlFor } from "./control/exchange-view.js";
import { inTurns } from "./in-turns.js";
import { version } from "./version.js";

/** The clients of a session with the exchanges by which they were judged. */
export interface JudgedSession {
  readonly session: string;
  readonly clients: readonly ClientConduct[];
  /** The oldest first. */
  readonly entries: readonly JournalEntry[];
}

interface PageOptions {
  /** The subject of the report. Default: the clients' conduct. */
  readonly about?: string;
  readonly coverage?: ScenarioCoverage;
  readonly redactorOf?: (session: string) => Redact;
  /** The recording that the page offers as a download. */
  readonly har?: string;
}

/** The number of requests that fit on a page; a journal keeps no more. */
const MAX_SHOWN = 1000;

/**
 * Renders the conduct of sessions' clients as one page, without secrets. With too many requests for a page, it shows
 * those of the sessions in which a rule was broken.
 *
 * @example await sessionPage([{ session: "default", clients: conduct.clients, entries: journal.entries() }]);
 */
export async function sessionPage(sessions: readonly JudgedSession[], options: PageOptions = {}): Promise<string> {
  const { about, coverage, redactorOf = () => createRedactor([]), har } = options;
  const chosen = withRoom(sessions);
  const shownOf = new Map<ClientConduct, Shown>();
  const clients: ClientConduct[] = [];
  for (const one of sessions) {
    const redact = redactorOf(one.session);
    const entries = chosen.get(one) ?? [];
    const shown = await showEntries(one.session, entries, redact);
    const named = one.clients.map((client) => redact(withNames(client, namesIn(one.entries))));
    for (const client of named) if (entries.length > 0) shownOf.set(client, shown);
    clients.push(...named);
  }
  const title = (one: Shown) => (new Set(shownOf.values()).size === 1 ? { ...one, title: "" } : one);
  const titled = new Map([...new Set(shownOf.values())].map((one) => [one, title(one)]));
  const results = clientResults(
    { conduct: conductOfAll(clients), ...(coverage && { coverage }) },
    {
      ...(about !== undefined && { about }),
      shownOf: (client) => titled.get(shownOf.get(client) as Shown),
    },
  );
  return attachRecording(renderHtml(results), har);
}

/** Chooses the sessions that a page has room for, those with a broken rule first, each with its newest exchanges. */
function withRoom(sessions: readonly JudgedSession[]): ReadonlyMap<JudgedSession, readonly JournalEntry[]> {
  const isBad = ({ clients }: JudgedSession) => clients.some(({ result }) => result === "fail");
  const chosen = new Map<JudgedSession, readonly JournalEntry[]>();
  let room = MAX_SHOWN;
  for (const one of [...sessions.filter(isBad), ...sessions.filter((session) => !isBad(session))]) {
    const entries = one.entries.slice(-MAX_SHOWN);
    if (entries.length > room) continue;
    room -= entries.length;
    chosen.set(one, entries);
  }
  return chosen;
}

/**
 * On the clients' clock, by which they are judged. Without requests that a transport repeated, since its client does
 * not know of them.
 */
async function showEntries(session: string, entries: readonly JournalEntry[], redact: Redact): Promise<Shown> {
  const own = entries.filter(({ repeatOf }) => repeatOf === undefined);
  const exchanges = await inTurns(own, (entry) => {
    const exchange = redact({ ...whole(recorded(entry)), durationMs: entry.tookMs ?? -1 });
    const task = entry.progress && redact(shortName(entry.progress));
    const curl = curlFor({ request: exchange.request, session });
    return { ...exchange, number: entry.id, curl, ...(task !== undefined && { task }) };
  });
  const names = new Map(exchanges.map(({ number, task }) => [number, task]));
  const tasks = numbered(tasksOf(exchanges), (position) => exchanges[position]?.number ?? 0);
  return {
    title: `Session ${session}`,
    exchanges,
    tasks: tasks.map((task) => {
      const name = names.get(task.polls[0]?.exchange ?? task.importExchange ?? 0);
      return { ...task, ...(name !== undefined && { name }) };
    }),
  };
}

/** The short names of a session's tasks by id. */
function namesIn(entries: readonly JournalEntry[]): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap(({ taskId, progress }) => (taskId && progress ? [[taskId, shortName(progress)] as const] : [])),
  );
}

/** Replaces tasks' ids, the only ones that the judge knows, by their short names. */
export function withNames(client: ClientConduct, names: ReadonlyMap<string, string>): ClientConduct {
  const nameOf = (id: string) => names.get(id) ?? id;
  const inText = (text: string) => text.replace(/[^\s"'/]{11,}/g, nameOf);
  const checks = client.checks.map((check) => ({
    ...check,
    findings: check.findings.map((finding) => ({ ...finding, actual: inText(finding.actual) })),
  }));
  const tasks = client.tasks.map((task) => ({ ...task, id: nameOf(task.id) }));
  return { ...client, checks, tasks, stillPolled: client.stillPolled.map(nameOf) };
}

/**
 * Renders the exchanges of a journal as a HAR file, redacted and as the client knows them: without requests that its
 * transport repeated. The dates are the session's, as in the responses.
 *
 * @param target the address that the client used
 */
export async function journalHar(journal: readonly JournalEntry[], target: string): Promise<string> {
  const entries = journal.filter(({ repeatOf }) => repeatOf === undefined);
  const redact = createRedactor([]);
  const exchanges = await inTurns(entries, (entry) =>
    redact({ ...whole(recorded(entry)), durationMs: entry.tookMs ?? 0, startedAt: entry.at }),
  );
  // Escaped as by `verify --record`: a terminal prints the text and obeys nothing in it.
  return jsonText(toHar(exchanges, { version, target }));
}

/** A response that was sent slowly is complete in the journal. */
function whole<Some extends RecordedExchange>(one: Some): Some {
  const { flaw, ...response } = one.response ?? {};
  return flaw === "not-recorded" && one.response ? { ...one, response: response as typeof one.response } : one;
}
