import type { RecordedExchange } from "../exchange/exchange.js";
import type { SessionExchange, SessionJournal } from "../exchange/session-journal.js";
import { grouped } from "../grouped.js";
import { judgeConduct } from "./conduct.js";
import type { ConductCheck, ConductReport, TaskConduct } from "./report.js";

/** How the clients of a mock behaved. Exchanges are numbers in their session's journal. */
export interface Conduct {
  /** `fail` if one client broke a rule, `not-exercised` if there was nothing to judge. */
  readonly result: ConductReport["result"];
  readonly clients: readonly ClientConduct[];
}

/** How one client behaved in one session. */
export interface ClientConduct extends ConductReport {
  readonly session: string;
  /** Its `X-Mock-Client`, else its `User-Agent`, else `unnamed`. */
  readonly client: string;
  /** How many older exchanges of the session were evicted from the journal, and so not judged. */
  readonly forgotten: number;
}

/** At another pace than `time`, a test may leave out its client's waits; then only the responses take time. */
const LEAST_PASSING_MS = 200;

/**
 * Judges each client of a session by the session's journal. Pure.
 *
 * @see docs/conduct.md
 * @example judgeSession({ session: "default", entries: journal.entries().map(recorded), forgotten: 0, watchedUntil: Date.now() });
 */
export function judgeSession({ session, entries, forgotten, watchedUntil }: SessionJournal): readonly ClientConduct[] {
  return [...byClient(entries)].map(([client, own]) => {
    const report = judgeConduct(withOverlaps(own), {
      leastPassingMs: isTimed(own) ? 0 : LEAST_PASSING_MS,
      watchedUntil,
    });
    const ids = (positions: readonly number[]) => positions.flatMap((position) => own[position]?.id ?? []);
    return {
      session,
      client,
      forgotten,
      result: report.result,
      checks: report.checks.map((check) => ({
        ...check,
        exchanges: ids(check.exchanges),
        findings: check.findings.map(({ guilty, ...finding }) => ({
          ...finding,
          exchanges: ids(finding.exchanges),
          ...(guilty && { guilty: ids(guilty) }),
        })),
      })),
      tasks: report.tasks.map(({ id, checks }) => ({
        id,
        checks: checks.map((check) => ({ ...check, exchanges: ids(check.exchanges) })),
      })),
      stillPolled: report.stillPolled,
      versions: (report.versions ?? []).map((one) => ({ ...one, afterNotice: ids(one.afterNotice) })),
    };
  });
}

/** Whether only time moves all tasks that a client polled. */
function isTimed(exchanges: readonly SessionExchange[]): boolean {
  return exchanges.every(({ pace = "time" }) => pace === "time");
}

/** Merges the conduct of several clients. */
export function conductOfAll(clients: readonly ClientConduct[]): Conduct {
  return { result: sumOf(clients.map(({ result }) => result)), clients };
}

/**
 * Returns the part of a conduct that concerns one task.
 *
 * @param taskId if no client requested it, the result has no client
 */
export function conductTowards(taskId: string, { clients }: Conduct): Conduct {
  return conductOfAll(
    clients.flatMap((client) => client.tasks.filter(({ id }) => id === taskId).map((task) => narrowed(client, task))),
  );
}

function narrowed({ versions: _, ...client }: ClientConduct, task: TaskConduct): ClientConduct {
  const checks = client.checks.flatMap((check) => {
    const own = task.checks.find(({ id }) => id === check.id);
    return own ? [{ ...check, ...own, findings: findingsIn(check, own) }] : [];
  });
  const stillPolled = client.stillPolled.filter((id) => id === task.id);
  return { ...client, result: sumOf(checks.map(({ result }) => result)), checks, tasks: [task], stillPolled };
}

/** Several tasks may share a finding; this returns one task's part of it. */
function findingsIn({ findings }: ConductCheck, { exchanges }: Pick<ConductCheck, "exchanges">) {
  const ofTask = new Set(exchanges);
  return findings.flatMap((finding) => {
    const own = finding.exchanges.filter((id) => ofTask.has(id));
    if (own.length === 0) return [];
    if (own.length === finding.exchanges.length || !finding.guilty) return [{ ...finding, exchanges: own }];
    return [{ ...finding, exchanges: own, guilty: finding.guilty.filter((id) => ofTask.has(id)) }];
  });
}

function sumOf(results: readonly ConductReport["result"][]): ConductReport["result"] {
  return results.find((one) => one === "fail") ?? results.find((one) => one === "pass") ?? "not-exercised";
}

/** The client of requests without a name, such as those of a test's `fetch`. */
const UNNAMED = "unnamed";

/**
 * Groups a session's exchanges by client, without those that a transport repeated, which the client does not know of. A
 * client is identified by `X-Mock-Client`, else by its `User-Agent`; not by its token, since a client with a new token
 * after a 401 is the same client.
 */
function byClient(entries: readonly SessionExchange[]): ReadonlyMap<string, readonly SessionExchange[]> {
  return grouped(
    entries.filter(({ repeatOf }) => repeatOf === undefined),
    ({ request: { headers } }) => headers["x-mock-client"]?.trim() || headers["user-agent"]?.trim() || UNNAMED,
  );
}

/** Marks the requests that may have overlapped. @param exchanges those of one client, the oldest first */
function withOverlaps(exchanges: readonly SessionExchange[]): readonly RecordedExchange[] {
  const lasting = findOverlapping(exchanges);
  return exchanges.map((exchange) => {
    const durationMs = lasting.get(exchange);
    return durationMs === undefined ? exchange : { ...exchange, durationMs, isPerhapsOverlapping: true };
  });
}

/** A request that comes this soon after another like it can have been sent before that one's response was read. */
const OVERLAPPING_MS = 10;

/**
 * Finds the requests that may have overlapped another like them, each with the assumed duration of its response in
 * milliseconds: until both had arrived.
 *
 * Two concurrent parts of a page send pairs, and so does a client that retries at once. A pair counts as the latter if
 * the client sends single requests just before and after it. Three at once are not a pair.
 *
 * @param exchanges those of one client, the oldest first
 */
function findOverlapping(exchanges: readonly SessionExchange[]): ReadonlyMap<SessionExchange, number> {
  const lasting = new Map<SessionExchange, number>();
  for (const bursts of burstsByRequest(exchanges)) {
    const isPair = (position: number) => bursts[position]?.length === 2;
    bursts.forEach((burst, position) => {
      const isAmongPairs = position === 0 || isPair(position - 1) || isPair(position + 1);
      if (!isPair(position) || !isAmongPairs) return;
      const lastAt = Math.max(...burst.map(({ startedAt }) => startedAt));
      for (const exchange of burst) lasting.set(exchange, lastAt + 1 - exchange.startedAt);
    });
  }
  return lasting;
}

type Burst = SessionExchange[];

/** Splits identical requests where the client waited. */
function burstsByRequest(exchanges: readonly SessionExchange[]): readonly (readonly Burst[])[] {
  const byRequest = new Map<string, Burst[]>();
  for (const exchange of exchanges) {
    const { method, url, body } = exchange.request;
    const key = JSON.stringify([method, url, body]);
    const bursts = byRequest.get(key) ?? [];
    byRequest.set(key, bursts);
    const burst = bursts.at(-1);
    const before = burst?.at(-1);
    if (burst && before && exchange.startedAt - before.startedAt <= OVERLAPPING_MS) burst.push(exchange);
    else bursts.push([exchange]);
  }
  return [...byRequest.values()];
}
