import type { LeftOut } from "../exchange/har.js";
import type { Coverage } from "./coverage.js";
import type { Observation } from "./observe-questions.js";
import type { Evidence, Finding, Inconclusive, RuleResult, Severity } from "./rule.js";

/** `conforms`: no violation. `violates`: at least one. `unjudged`: the recording is insufficient for a verdict. */
export type Conclusion = "conforms" | "violates" | "unjudged";

/** The result of judging a recording: data for every kind of report. @see spec/report.schema.json */
export interface Report {
  readonly conclusion: Conclusion;
  /** 0 conforms, 1 violates, 3 unjudged. */
  readonly exitCode: 0 | 1 | 3;
  /** The server's address, without credentials; for a recording, that of its first exchange. */
  readonly target: string;
  /** ISO date of the first request. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly requests: number;
  /** The versions of the API that the requests were sent to, in the order of their first requests. */
  readonly versions: readonly SeenVersion[];
  readonly isStrict: boolean;
  readonly checks: readonly CheckResult[];
  /** Why something could not be judged; empty if everything could. */
  readonly unjudged: readonly Inconclusive[];
  /** The checks that were skipped, by `skip` or `only`; absent if all were judged. */
  readonly skipped?: readonly SkippedCheck[];
  /** Responses that asked the client to wait, by status, such as `{ "429": 2 }`. */
  readonly waits: Readonly<Record<string, number>>;
  readonly tasks: readonly TaskSummary[];
  readonly questions: readonly Pick<Observation, "id" | "question" | "assumed" | "observed">[];
  readonly coverage: Coverage;
  /** Files that the run created and could not delete. */
  readonly leftBehind: readonly LeftBehind[];
  /** Files that the run may have created, although no response shows them; absent if there are none. */
  readonly mayBeLeft?: readonly MayBeLeft[];
  /** The parts of a recording that are not judged, and why; absent if there are none. */
  readonly leftOut?: readonly LeftOut[];
  /**
   * The conduct of the app whose session was recorded; absent for a run of this kit. It does not change the conclusion.
   */
  readonly conduct?: ConductReport;
}

/** A version of the API that requests were sent to. */
export interface SeenVersion {
  /** Such as `v3` or `2026-03`. */
  readonly version: string;
  /** The month or day from which HubSpot does not support it, in ISO 8601; absent if it is not published. */
  readonly supportedUntil?: string;
  readonly requests: number;
  /** The Deprecation header of a response (RFC 9745). HubSpot documents none. */
  readonly deprecation?: string;
  /** The Sunset header of a response (RFC 8594). */
  readonly sunset?: string;
}

export interface CheckResult {
  readonly id: string;
  readonly sentence: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  /** `drift`: it found a difference that breaks no promise; in a strict run that is `fail`. */
  readonly result: RuleResult | "drift";
  /** How many things were judged. */
  readonly judged: number;
  /** What to do if it fails. */
  readonly next: string;
  readonly findings: readonly Finding[];
}

export type SkippedCheck = Pick<CheckResult, "id" | "sentence">;

export interface TaskSummary {
  readonly id: string;
  /** `complete`, `fail`, or absent for a task in another tool's recording. */
  readonly journey?: string;
  /** Index of its import in the recording; absent if the recording begins later. */
  readonly importExchange?: number;
  /** Milliseconds after the run's start at which the import was sent. */
  readonly importedAtMs?: number;
  /** In the order of their responses. */
  readonly polls: readonly PollSummary[];
}

export interface PollSummary {
  /** Index in the recording. */
  readonly exchange: number;
  /** Milliseconds after the run's start at which the response arrived, or the client stopped waiting for it. */
  readonly atMs: number;
  /** HTTP status; absent without a response. */
  readonly status?: number;
  /** Absent if the response showed none. */
  readonly state?: string;
}

export interface MayBeLeft {
  /** Its expected path, without the extension. */
  readonly path: string;
  /** Why it is unknown. */
  readonly why: string;
}

export interface LeftBehind {
  readonly fileId: string;
  readonly path?: string;
  /** Why it was not deleted. */
  readonly why: string;
}

/** A check without a severity: each of its findings is a failure. */
export interface RuleCheck extends CheckResult {
  readonly result: RuleResult;
}

/** How a client behaved. */
export interface ConductReport {
  /** `fail` if one check failed, `not-exercised` if no check had anything to judge. */
  readonly result: RuleResult;
  readonly checks: readonly ConductCheck[];
  readonly tasks: readonly TaskConduct[];
  /**
   * The tasks that did not change, and that the client was still polling when it was judged. Whether it would have
   * given up is unknown.
   */
  readonly stillPolled: readonly string[];
  /** The versions of the API that the client called; absent from the conduct towards one task. */
  readonly versions?: readonly CalledVersion[];
}

/** A version of the API that a client called. It changes no result. */
export interface CalledVersion extends SeenVersion {
  /** The requests that were sent after a response with `Deprecation` or `Sunset`: indexes in the recording. */
  readonly afterNotice: readonly number[];
}

export interface ConductCheck extends RuleCheck {
  /** What proves the result: indexes in the recording. */
  readonly exchanges: readonly number[];
}

/** How a client behaved towards one task. */
export interface TaskConduct {
  readonly id: string;
  readonly checks: readonly Pick<ConductCheck, "id" | "result" | "judged" | "exchanges">[];
}
