import { checkResult, resultOf } from "./check-result.js";
import { clientRules, timedRules } from "./client-rules/rules.js";
import { isClockStanding } from "./client-rules/standing-clock.js";
import { contractInForce } from "./contract.js";
import { readRecording, type TaskRecord } from "./read.js";
import type { RecordedExchange } from "./recording/recording.js";
import type { CheckResult } from "./report.js";
import type { Verdict } from "./rule.js";

/** How a client behaved. */
export interface ConductReport {
  /** `fail` if one check failed, `not-exercised` if none had anything to judge. */
  readonly result: CheckResult["result"];
  readonly checks: readonly ConductCheck[];
  readonly tasks: readonly TaskConduct[];
}

export interface ConductCheck extends CheckResult {
  /** What proves the result: positions in the recording. */
  readonly exchanges: readonly number[];
}

/** How a client behaved towards one task. */
export interface TaskConduct {
  readonly id: string;
  readonly checks: readonly Pick<ConductCheck, "id" | "result" | "judged" | "exchanges">[];
}

/**
 * Judges by its recorded exchanges whether a client polls as HubSpot's API needs it. Pure.
 *
 * @param exchanges those of one client, in any number of tasks; two clients in one recording look like one that is hasty
 * @param leastPassingMs a client half of whose pauses are no longer than so many milliseconds is taken for one whose clock stands,
 *   and rules about time are not exercised. Default 0
 * @see docs/conduct.md
 * @example judgeConduct(exchanges).checks.find(({ id }) => id === "stops-at-end")?.result; // "pass"
 */
export function judgeConduct(
  exchanges: readonly RecordedExchange[],
  { leastPassingMs = 0 }: { readonly leastPassingMs?: number } = {},
): ConductReport {
  const { contract, validate } = contractInForce();
  // No rule of a client's asks for the timeout: it is the contract check's patience.
  const recording = readRecording(contract, exchanges, { timeoutMs: Number.POSITIVE_INFINITY });
  const unjudged = isClockStanding(recording, leastPassingMs) ? timedRules : [];
  const judged = clientRules.map((rule) => ({
    rule,
    verdicts: unjudged.includes(rule) ? [] : rule.judge(recording, validate),
  }));
  return {
    result: resultOf(judged.flatMap(({ verdicts }) => verdicts)),
    checks: judged.map(({ rule, verdicts }) => ({ ...checkResult(rule, verdicts), exchanges: proof(verdicts) })),
    tasks: [...exchangesByTask(recording.tasks)].map(([id, own]) => ({
      id,
      checks: judged.map(({ rule, verdicts }) => {
        const about = verdicts.filter((verdict) => verdict.exchanges.some((index) => own.has(index)));
        return { id: rule.id, result: resultOf(about), judged: about.length, exchanges: proof(about) };
      }),
    })),
  };
}

/** What fails outweighs what passes. */
function proof(verdicts: readonly Verdict[]): readonly number[] {
  const failing = verdicts.filter(({ problems }) => problems.length > 0);
  const shown = failing.length > 0 ? failing : verdicts;
  return [...new Set(shown.flatMap(({ exchanges }) => exchanges))].sort((a, b) => a - b);
}

function exchangesByTask(tasks: readonly TaskRecord[]): ReadonlyMap<string, ReadonlySet<number>> {
  const byTask = new Map<string, ReadonlySet<number>>();
  for (const { id, accepted, calls } of tasks) {
    const own = [...(accepted ? [accepted.index] : []), ...calls.map(({ index }) => index)];
    byTask.set(id, new Set([...(byTask.get(id) ?? []), ...own]));
  }
  return byTask;
}
