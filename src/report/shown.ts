import { curlCommand, TOKEN_VARIABLE } from "../exchange/curl.js";
import type { RecordedExchange } from "../exchange/exchange.js";
import { grouped } from "../grouped.js";
import type { CheckResult, Report, TaskSummary } from "../judge/report.js";
import { printable, shortened } from "../text.js";

/** The exchanges of one recording or session for a page. */
export interface Shown {
  /** Its heading; empty if it is the only one of a page. */
  readonly title: string;
  /** Exchanges by their numbers: here `exchange` and `importExchange` are not indexes. */
  readonly tasks: readonly ShownTask[];
  readonly exchanges: readonly ShownExchange[];
}

export interface ShownTask extends TaskSummary {
  /** Its short name, such as `rate-limited#3`; absent in recordings without one. */
  readonly name?: string;
}

export interface ShownExchange extends RecordedExchange {
  /** From 1 in a recording; in a session, its number in the journal. */
  readonly number: number;
  /** The short name of its task, if it is known. */
  readonly task?: string;
  /** The request as a curl command. */
  readonly curl?: string;
}

/** A check with the number of an exchange with a finding: a server's response, or a client's request. */
export interface Proof {
  readonly number: number;
  readonly check: CheckResult;
  readonly isOfServer: boolean;
}

/** Returns a server's recording for a page: its exchanges are numbered from 1. */
export function shownOf({
  report,
  exchanges,
}: {
  readonly report: Pick<Report, "tasks" | "conduct">;
  readonly exchanges: readonly RecordedExchange[];
}): Shown {
  return {
    title: "",
    tasks: numbered(report.tasks, (position) => position + 1),
    exchanges: exchanges.map((exchange, position) => ({
      ...exchange,
      number: position + 1,
      ...(report.conduct && { curl: curlOf(exchange) }),
    })),
  };
}

/** Returns the tasks with numbers in place of indexes. */
export function numbered(
  tasks: readonly TaskSummary[],
  numberAt: (position: number) => number,
): readonly TaskSummary[] {
  return tasks.map((task) => ({
    ...task,
    ...(task.importExchange !== undefined && { importExchange: numberAt(task.importExchange) }),
    polls: task.polls.map((poll) => ({ ...poll, exchange: numberAt(poll.exchange) })),
  }));
}

function curlOf({ request }: RecordedExchange): string {
  const { method, url, headers, body } = request;
  return curlCommand({ method, url, headers, body, ...("authorization" in headers && { bearer: TOKEN_VARIABLE }) });
}

/** A check with the name of the client or server that it judged. */
interface Judged {
  readonly role: "server" | "app" | "client";
  readonly check: CheckResult;
}

/**
 * Returns the checks with findings, by the number of the exchange. For a client, only the requests that broke the rule
 * count.
 */
export function proofsIn(failures: readonly Judged[]): ReadonlyMap<number, readonly Proof[]> {
  const proofs = failures.flatMap(({ role, check }) => {
    const found = new Set(check.findings.flatMap(({ exchanges, guilty = exchanges }) => guilty));
    return [...found].map((one) => ({ number: one + offsetOf(role), check, isOfServer: role === "server" }));
  });
  return grouped(proofs, ({ number }) => number);
}

/** Returns what to add to a finding's exchanges to get their numbers: a client's are numbers already. */
export function offsetOf(role: Judged["role"]): 0 | 1 {
  return role === "client" ? 0 : 1;
}

/** Returns the name of a task for people: its short name, or its id, shortened. */
export function taskName({ id, name }: Pick<ShownTask, "id" | "name">): string {
  return name === undefined ? shortened(printable(id), 44) : shortened(printable(name), 60);
}
