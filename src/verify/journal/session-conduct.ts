import { judgeConduct } from "../conduct.js";
import type { ConductCheck, ConductReport, TaskConduct } from "../report.js";
import { byClient } from "./clients.js";
import type { SessionJournal, WitnessedExchange } from "./journal.js";
import { recordOf } from "./record.js";

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
  /** How many older exchanges of the session the journal has forgotten, and so nobody judged. */
  readonly forgotten: number;
}

/** Under another pace than `time` a test may leave out its client's waits; then the answers alone take time. */
const LEAST_PASSING_MS = 200;

/**
 * Judges each client of a session by the session's journal. Pure.
 *
 * @see docs/conduct.md
 * @example judgeSession({ session: "default", entries: journal.entries(), forgotten: 0, watchedUntil: Date.now() });
 */
export function judgeSession({ session, entries, forgotten, watchedUntil }: SessionJournal): readonly ClientConduct[] {
  return [...byClient(entries)].map(([client, own]) => {
    const report = judgeConduct(recordOf(own), { leastPassingMs: isTimed(own) ? 0 : LEAST_PASSING_MS, watchedUntil });
    const ids = (positions: readonly number[]) => positions.flatMap((position) => own[position]?.id ?? []);
    return {
      session,
      client,
      forgotten,
      result: report.result,
      checks: report.checks.map((check) => ({
        ...check,
        exchanges: ids(check.exchanges),
        findings: check.findings.map((finding) => ({ ...finding, exchanges: ids(finding.exchanges) })),
      })),
      tasks: report.tasks.map(({ id, checks }) => ({
        id,
        checks: checks.map((check) => ({ ...check, exchanges: ids(check.exchanges) })),
      })),
      stillPolled: report.stillPolled,
    };
  });
}

/** Whether time alone moves all tasks that a client asked for. */
function isTimed(entries: readonly WitnessedExchange[]): boolean {
  return entries.every(({ progress }) => progress === undefined || progress.pace === "time");
}

/** Several clients' conduct in one. */
export function conductOfAll(clients: readonly ClientConduct[]): Conduct {
  return { result: sumOf(clients.map(({ result }) => result)), clients };
}

/**
 * What a conduct says of one task: what was found there, and nothing of the client's other tasks.
 *
 * @param taskId without a client that asked for it, there is no client in the answer
 */
export function conductTowards(taskId: string, { clients }: Conduct): Conduct {
  return conductOfAll(
    clients.flatMap((client) => client.tasks.filter(({ id }) => id === taskId).map((task) => narrowed(client, task))),
  );
}

function narrowed(client: ClientConduct, task: TaskConduct): ClientConduct {
  const checks = client.checks.flatMap((check) => {
    const own = task.checks.find(({ id }) => id === check.id);
    return own ? [{ ...check, ...own, findings: findingsIn(check, own) }] : [];
  });
  const stillPolled = client.stillPolled.filter((id) => id === task.id);
  return { ...client, result: sumOf(checks.map(({ result }) => result)), checks, tasks: [task], stillPolled };
}

/** What two tasks show alike is one finding; here, one task's part of it. */
function findingsIn({ findings }: ConductCheck, { exchanges }: Pick<ConductCheck, "exchanges">) {
  const ofTask = new Set(exchanges);
  return findings.flatMap((finding) => {
    const own = finding.exchanges.filter((id) => ofTask.has(id));
    return own.length === 0 ? [] : [{ ...finding, exchanges: own }];
  });
}

function sumOf(results: readonly ConductReport["result"][]): ConductReport["result"] {
  return results.find((one) => one === "fail") ?? results.find((one) => one === "pass") ?? "not-exercised";
}
