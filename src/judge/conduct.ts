import type { RecordedExchange } from "../exchange/exchange.js";
import { stillPolled } from "./client-rules/bounded-polling.js";
import { isClockFrozen, readClient } from "./client-rules/client-recording.js";
import { clientRules, timedRules } from "./client-rules/rules.js";
import { checkResult, resultOf } from "./judge.js";
import { acceptedId, type ReadExchange } from "./read-exchange.js";
import { type Recording, readRecording } from "./recording.js";
import type { ConductReport } from "./report.js";
import type { Verdict } from "./rule.js";
import { contractInForce } from "./schema.js";
import { calledVersions } from "./versions-seen.js";

/**
 * Judges by a client's recorded exchanges whether it polls as HubSpot's API requires. Pure.
 *
 * @param exchanges of one client, with any number of tasks; two clients in one recording look like one that polls too
 * fast
 * @param leastPassingMs if at least half of the client's pauses are at most this many milliseconds, its clock counts as
 * frozen, and rules about time are not exercised. Default 0
 * @param watchedUntil until when a further request would have been recorded, in epoch milliseconds on the client's
 * clock: a client has given up only after a silence. Default: when the last response arrived
 * @see docs/conduct.md
 * @example judgeConduct(exchanges).checks.find(({ id }) => id === "stops-at-end")?.result; // "pass"
 */
export function judgeConduct(
  exchanges: readonly RecordedExchange[],
  { leastPassingMs = 0, watchedUntil }: { readonly leastPassingMs?: number; readonly watchedUntil?: number } = {},
): ConductReport {
  const { contract } = contractInForce();
  // No rule for clients needs the timeout: it is an option of the contract check.
  const read = readRecording(contract, exchanges.map(asTheClientReads), { timeoutMs: Number.POSITIVE_INFINITY });
  const recording = readClient(read, watchedUntil);
  const isStanding = isClockFrozen(recording, leastPassingMs);
  const unjudged = isStanding ? timedRules : [];
  const judged = clientRules.map((rule) => {
    const verdicts = unjudged.includes(rule) ? [] : rule.judge(recording);
    return { rule, verdicts, byTask: verdictsByTask(verdicts, { ...recording, exchanges: read.exchanges }) };
  });
  const taskIds = new Set(recording.tasks.map(({ id }) => id));
  return {
    result: resultOf(judged.flatMap(({ verdicts }) => verdicts)),
    checks: judged.map(({ rule, verdicts }) => ({ ...checkResult(rule, verdicts), exchanges: proof(verdicts) })),
    tasks: [...taskIds].map((id) => ({
      id,
      checks: judged.map(({ rule, byTask }) => {
        const about = byTask.get(id) ?? [];
        return { id: rule.id, result: resultOf(about), judged: about.length, exchanges: proof(about) };
      }),
    })),
    stillPolled: isStanding ? [] : stillPolled(recording),
    versions: calledVersions(recording),
  };
}

/** `fetch().json()` and similar functions skip a byte order mark, which JSON must not have. */
function asTheClientReads(exchange: RecordedExchange): RecordedExchange {
  const { response } = exchange;
  if (!response?.body.startsWith("\uFEFF")) return exchange;
  return { ...exchange, response: { ...response, body: response.body.slice(1) } };
}

/** One failure outweighs all passes. */
function proof(verdicts: readonly Verdict[]): readonly number[] {
  const failing = verdicts.filter(({ problems }) => problems.length > 0);
  const shown = failing.length > 0 ? failing : verdicts;
  return [...new Set(shown.flatMap(({ exchanges }) => exchanges))].sort((a, b) => a - b);
}

/** The verdicts that concern a task: those proved by one of its exchanges. */
function verdictsByTask(
  verdicts: readonly Verdict[],
  { exchanges, tasks }: Recording,
): ReadonlyMap<string, readonly Verdict[]> {
  const taskIds = new Set(tasks.map(({ id }) => id));
  const byTask = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const about = new Set(verdict.exchanges.flatMap((index) => exchanges[index] ?? []).flatMap(taskOf));
    for (const id of about) {
      if (!taskIds.has(id)) continue;
      const own = byTask.get(id);
      if (own) own.push(verdict);
      else byTask.set(id, [verdict]);
    }
  }
  return byTask;
}

/** Returns the task that an exchange polls or starts. */
function taskOf(exchange: ReadExchange): readonly string[] {
  const id = exchange.operation === "checkImportStatus" ? exchange.id : acceptedId(exchange);
  return id === undefined ? [] : [id];
}
