import { isoDate } from "../instant.js";
import { checkResult } from "./check-result.js";
import { contractInForce } from "./contract.js";
import { cover } from "./coverage.js";
import { findLeftBehind, findMayBeLeft } from "./left-behind.js";
import { observeQuestions } from "./observe-questions.js";
import { byResponse } from "./order.js";
import { type Recording, readRecording, type TaskRecord } from "./read.js";
import { answeredAt } from "./read-exchange.js";
import type { LeftOut } from "./recording/har.js";
import type { RecordedExchange } from "./recording/recording.js";
import type { CheckResult, Conclusion, Report, SkippedCheck, TaskSummary } from "./report.js";
import { serverRules } from "./server-rules/rules.js";
import { findHidden } from "./skipped.js";
import { isTransient } from "./transient.js";
import { findUnjudged } from "./unjudged.js";

export interface JudgeOptions {
  /** The address that was called. Default: that of the first exchange. */
  readonly target?: string;
  /** How long a task may take, in milliseconds. Default 60 000. */
  readonly timeoutMs?: number;
  /** Whether drift fails, too. Default false. */
  readonly strict?: boolean;
  /** Ids of the only checks to judge; default all. */
  readonly only?: readonly string[];
  /** Ids of checks to leave out. */
  readonly skip?: readonly string[];
  /** Whether the recording was broken off. Default false. */
  readonly interrupted?: boolean;
  /** Whether the files that the run made were to be kept. Default false. */
  readonly keep?: boolean;
  /** What of the recording is not judged, as `fromHar` tells it. Default nothing. */
  readonly leftOut?: readonly LeftOut[];
}

/**
 * Judges recorded exchanges by the contract. Pure: the same recording gets the same report, online or years later.
 *
 * @param exchanges in the order in which they were sent
 * @example judge(fromHar(JSON.parse(text)).exchanges).conclusion; // "conforms"
 */
export function judge(exchanges: readonly RecordedExchange[], options: JudgeOptions = {}): Report {
  const { timeoutMs = 60_000, strict = false, interrupted = false, keep = false, leftOut = [] } = options;
  const { contract, validate } = contractInForce();
  const recording = readRecording(contract, exchanges, { timeoutMs });
  const isChosen = choiceOf(options);
  const results = serverRules.map((rule) => checkResult(rule, rule.judge(recording, validate)));
  const checks = results.filter(isChosen).map((check) => (strict ? check : withDrift(check)));
  const left = results.filter((check) => !isChosen(check));
  const reasons = findUnjudged(recording, { interrupted });
  const unjudged = reasons.length > 0 ? reasons : findHidden(recording, { checks, left });
  const mayBeLeft = keep ? [] : findMayBeLeft(recording);
  const conclusion = conclude(checks, { isUnjudged: unjudged.length > 0 });
  const start = exchanges[0]?.startedAt ?? 0;
  const end = exchanges.reduce((latest, exchange) => Math.max(latest, answeredAt({ exchange })), start);
  return {
    conclusion,
    exitCode: ({ conforms: 0, violates: 1, unjudged: 3 } as const)[conclusion],
    target: options.target ?? originOf(exchanges[0]),
    startedAt: isoDate(start),
    durationMs: end - start,
    requests: exchanges.length,
    isStrict: strict,
    checks,
    unjudged,
    ...(left.length > 0 && { skipped: left.map(({ id, sentence }): SkippedCheck => ({ id, sentence })) }),
    waits: countWaits(recording),
    tasks: recording.tasks.map((task) => summary(task, start)),
    questions: observeQuestions(recording).map(({ departures: _, ...rest }) => rest),
    coverage: cover(recording),
    leftBehind: keep ? [] : findLeftBehind(recording),
    ...(mayBeLeft.length > 0 && { mayBeLeft }),
    ...(leftOut.length > 0 && { leftOut }),
  };
}

function choiceOf({ only = [], skip = [] }: JudgeOptions): (check: Pick<CheckResult, "id">) => boolean {
  return ({ id }) => (only.length === 0 || only.includes(id)) && !skip.includes(id);
}

/** Drift fails a strict run alone. */
function withDrift(check: CheckResult): CheckResult {
  return check.severity === "drift" && check.result === "fail" ? { ...check, result: "drift" } : check;
}

function conclude(checks: readonly CheckResult[], { isUnjudged }: { readonly isUnjudged: boolean }): Conclusion {
  if (checks.some(({ result }) => result === "fail")) return "violates";
  return isUnjudged ? "unjudged" : "conforms";
}

function countWaits({ exchanges }: Recording): Readonly<Record<string, number>> {
  const waits: Record<string, number> = {};
  for (const { response } of exchanges) {
    if (response && isTransient(response.status)) waits[response.status] = (waits[response.status] ?? 0) + 1;
  }
  return waits;
}

/** In the order of the responses: in that order a client saw the task. */
function summary({ id, journey, accepted, calls, polls }: TaskRecord, start: number): TaskSummary {
  const states = new Map(polls.map(({ index, state }) => [index, state]));
  return {
    id,
    ...(journey && { journey }),
    ...(accepted && { importExchange: accepted.index, importedAtMs: accepted.exchange.startedAt - start }),
    polls: byResponse(calls).map((call) => {
      const { index, response } = call;
      const state = states.get(index);
      const atMs = answeredAt(call) - start;
      return { exchange: index, atMs, ...(response && { status: response.status }), ...(state && { state }) };
    }),
  };
}

function originOf(exchange: RecordedExchange | undefined): string {
  return exchange ? new URL(exchange.request.url).origin : "";
}
