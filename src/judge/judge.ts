import type { RecordedExchange } from "../exchange/exchange.js";
import type { LeftOut } from "../exchange/har.js";
import { isoDate } from "../time.js";
import { cover } from "./coverage.js";
import { findInconclusive } from "./inconclusive.js";
import { findLeftover, findPossiblyLeftover } from "./leftover-files.js";
import { observeQuestions } from "./observe-questions.js";
import { answeredAt, isEnd, isLink, isTransient } from "./read-exchange.js";
import { byResponse, type Recording, readRecording, type TaskRecord } from "./recording.js";
import type { CheckResult, Conclusion, Report, RuleCheck, SkippedCheck, TaskSummary } from "./report.js";
import type { Finding, Inconclusive, Rule, RuleResult, Verdict } from "./rule.js";
import { contractInForce } from "./schema.js";
import { serverRules } from "./server-rules/rules.js";
import { versionsSeen } from "./versions-seen.js";

export interface JudgeOptions {
  /** The address of the server. Default: that of the first exchange. */
  readonly target?: string;
  /**
   * How long a server may be waited for, in milliseconds. Default 60 000. A task may take as long; in a recording that
   * is not a run of `verify`, only if this is given.
   */
  readonly timeoutMs?: number;
  /** Whether drift counts as a failure. Default false. */
  readonly strict?: boolean;
  /** Ids of the only checks to judge; default all. */
  readonly only?: readonly string[];
  /** Ids of checks to skip. */
  readonly skip?: readonly string[];
  /** Whether the recording was aborted. Default false. */
  readonly interrupted?: boolean;
  /** Whether the run was asked to keep its files. Default false. */
  readonly keep?: boolean;
  /** The parts of the recording that are not judged, as `fromHar` returns them. Default none. */
  readonly leftOut?: readonly LeftOut[];
}

/**
 * Judges recorded exchanges by the contract. Pure: the same recording always gets the same report.
 *
 * @param exchanges in the order in which they were sent
 * @example judge(fromHar(JSON.parse(text)).exchanges).conclusion; // "conforms"
 */
export function judge(exchanges: readonly RecordedExchange[], options: JudgeOptions = {}): Report {
  const { timeoutMs = 60_000, strict = false, interrupted = false, keep = false, leftOut = [] } = options;
  const { contract, validate } = contractInForce();
  const isRun = exchanges.some(({ step }) => step !== undefined);
  const longestTaskMs = options.timeoutMs ?? (isRun ? timeoutMs : Number.POSITIVE_INFINITY);
  const recording = readRecording(contract, exchanges, { timeoutMs, longestTaskMs });
  const isChosen = choiceOf(options);
  const left = serverRules.filter((rule) => !isChosen(rule));
  const outcomeOf = (rule: (typeof serverRules)[number]) => {
    const found: readonly (Verdict | Inconclusive)[] = rule.judge(recording, validate);
    return { check: checkResult(rule, found.filter(isVerdict)), declined: found.filter(isInconclusive) };
  };
  const outcomes = serverRules.filter((rule) => isChosen(rule) || "mayDecline" in rule).map(outcomeOf);
  const judged = outcomes.map(({ check }) => check).filter(isChosen);
  const checks = judged.map((check) => (strict ? check : withDrift(check)));
  const declined = outcomes.flatMap((one) => one.declined);
  const reasons = findInconclusive(recording, { interrupted, declined });
  const judgeLeft = () => left.map((rule) => outcomeOf(rule).check);
  const unjudged = reasons.length > 0 || left.length === 0 ? reasons : findHidden(recording, { checks, judgeLeft });
  const mayBeLeft = keep ? [] : findPossiblyLeftover(recording);
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
    versions: versionsSeen(exchanges),
    isStrict: strict,
    checks,
    unjudged,
    ...(left.length > 0 && { skipped: left.map(({ id, sentence }): SkippedCheck => ({ id, sentence })) }),
    waits: countWaits(recording),
    tasks: recording.tasks.map((task) => summary(task, start)),
    questions: observeQuestions(recording).map(({ departures: _, ...rest }) => rest),
    coverage: cover(recording),
    leftBehind: keep ? [] : findLeftover(recording),
    ...(mayBeLeft.length > 0 && { mayBeLeft }),
    ...(leftOut.length > 0 && { leftOut }),
  };
}

function isVerdict(one: Verdict | Inconclusive): one is Verdict {
  return "problems" in one;
}

function isInconclusive(one: Verdict | Inconclusive): one is Inconclusive {
  return !isVerdict(one);
}

function choiceOf({ only = [], skip = [] }: JudgeOptions): (check: Pick<CheckResult, "id">) => boolean {
  return ({ id }) => (only.length === 0 || only.includes(id)) && !skip.includes(id);
}

/** Drift alone fails only a strict run. */
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

/** In the order of the responses, in which a client saw the task. */
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

/**
 * Returns the tasks of recorded exchanges without judging anything.
 *
 * @example tasksOf(exchanges)[0]?.polls.length; // 5
 */
export function tasksOf(exchanges: readonly RecordedExchange[]): readonly TaskSummary[] {
  const { contract } = contractInForce();
  const { tasks } = readRecording(contract, exchanges, { timeoutMs: Number.POSITIVE_INFINITY });
  return tasks.map((task) => summary(task, exchanges[0]?.startedAt ?? 0));
}

function originOf(exchange: RecordedExchange | undefined): string {
  return exchange ? new URL(exchange.request.url).origin : "";
}

/** Combines a rule's verdicts into a result. */
export function checkResult(
  { id, sentence, severity, evidence, next }: Omit<Rule, "judge">,
  verdicts: readonly Verdict[],
): RuleCheck {
  const broken = verdicts.filter(({ problems }) => problems.length > 0);
  const found = broken.flatMap(({ exchanges, guilty, about, problems }) =>
    problems.map((problem) => ({
      finding: { rule: id, severity, ...problem, exchanges, ...(guilty && { guilty }) },
      about,
    })),
  );
  const result = resultOf(verdicts);
  return { id, sentence, severity, evidence, result, judged: verdicts.length, next, findings: merged(found) };
}

/** One violation makes the rule violated; without verdicts it is neither violated nor kept. */
export function resultOf(verdicts: readonly Verdict[]): RuleResult {
  if (verdicts.length === 0) return "not-exercised";
  return verdicts.some(({ problems }) => problems.length > 0) ? "fail" : "pass";
}

/** Merges equal problems of several responses into one finding, with all of them as its proof. */
function merged(
  found: readonly { readonly finding: Finding; readonly about: number | undefined }[],
): readonly Finding[] {
  const groups = new Map<string, { finding: Finding; exchanges: Set<number>; guilty: Set<number> }>();
  for (const { finding, about } of found) {
    const { exchanges, guilty = [], ...rest } = finding;
    const key = JSON.stringify([rest, about]);
    const group = groups.get(key) ?? { finding, exchanges: new Set(), guilty: new Set() };
    groups.set(key, group);
    for (const index of exchanges) group.exchanges.add(index);
    for (const index of guilty) group.guilty.add(index);
  }
  return [...groups.values()].map(({ finding, exchanges, guilty }) => ({
    ...finding,
    exchanges: ascending(exchanges),
    ...(finding.guilty && { guilty: ascending(guilty) }),
  }));
}

function ascending(numbers: ReadonlySet<number>): readonly number[] {
  return [...numbers].sort((a, b) => a - b);
}

/**
 * Returns why the remaining checks are insufficient. A body that cannot be read hides the state of its task: with
 * `body-json` skipped, no other check would report it.
 *
 * @param checks those that were judged
 * @param judgeLeft judges those that were skipped, which matters only where a task has not ended
 */
function findHidden(
  { tasks }: Pick<Recording, "tasks">,
  { checks, judgeLeft }: { readonly checks: readonly CheckResult[]; readonly judgeLeft: () => readonly RuleCheck[] },
): readonly Inconclusive[] {
  if (checks.every(({ result }) => result === "not-exercised")) {
    return [
      hidden(
        "The run had nothing that the chosen checks could judge.",
        "Choose more checks: verify --list prints them.",
      ),
    ];
  }
  const open = tasks.filter((task) => !isEnded(task));
  if (open.length === 0) return [];
  const broken = judgeLeft().filter(({ severity, result }) => severity === "violation" && result === "fail");
  const causes = new Set(open.flatMap((task) => causesOf(task, broken)));
  if (causes.size === 0) return [];
  const ids = [...causes].join(", ");
  return [
    hidden(
      `The end of a task was not observed, and the checks that may explain it are skipped: ${ids}.`,
      `Run it again without skipping ${ids}. Without them, the end of a task cannot be judged.`,
    ),
  ];
}

function hidden(message: string, next: string): Inconclusive {
  return { reason: "check-skipped", message, next };
}

function isEnded({ polls }: TaskRecord): boolean {
  return polls.some(({ state }) => isEnd(state));
}

/**
 * This kit's runs poll until the end. An app may stop earlier: in its recording, only a last response without a state
 * hides an end.
 */
function causesOf({ journey, calls, polls }: TaskRecord, broken: readonly CheckResult[]): readonly string[] {
  const asked = calls.filter(({ exchange }) => !isLink(exchange)).map(({ index }) => index);
  const last = asked.slice(-1).filter((index) => !polls.some((poll) => poll.index === index));
  const telling = new Set(journey === undefined ? last : asked);
  return broken.flatMap(({ id, findings }) =>
    findings.some(({ exchanges }) => exchanges.some((index) => telling.has(index))) ? [id] : [],
  );
}
