import type { LeftOut } from "../exchange/har.js";
import type { Coverage } from "./coverage.js";
import type { Observation } from "./observe-questions.js";
import type { Evidence, Finding, Inconclusive, RuleResult, Severity } from "./rule.js";
import type { SeenVersion } from "./versions-seen.js";

/** `conforms`: nothing broken. `violates`: something is. `unjudged`: too little was seen to say either. */
export type Conclusion = "conforms" | "violates" | "unjudged";

/** What a judged recording comes to: data for every kind of report. @see spec/report.schema.json */
export interface Report {
  readonly conclusion: Conclusion;
  /** 0 conforms, 1 violates, 3 unjudged. */
  readonly exitCode: 0 | 1 | 3;
  /** The address that was called, without credentials; of a recording, that of its first exchange. */
  readonly target: string;
  /** ISO date of the first request. */
  readonly startedAt: string;
  readonly durationMs: number;
  readonly requests: number;
  /** The versions of the API that the requests were sent to, in the order of their first requests. */
  readonly versions: readonly SeenVersion[];
  readonly isStrict: boolean;
  readonly checks: readonly CheckResult[];
  /** Why something could not be judged; empty when everything could. */
  readonly unjudged: readonly Inconclusive[];
  /** The checks that were left out, by `skip` or `only`; absent where all were judged. */
  readonly skipped?: readonly SkippedCheck[];
  /** Answers that asked for patience, by status, such as `{ "429": 2 }`. */
  readonly waits: Readonly<Record<string, number>>;
  readonly tasks: readonly TaskSummary[];
  readonly questions: readonly Pick<Observation, "id" | "question" | "assumed" | "observed">[];
  readonly coverage: Coverage;
  /** Files that the run made and could not delete. */
  readonly leftBehind: readonly LeftBehind[];
  /** Files that the run may have made, of which no answer tells; absent where there are none. */
  readonly mayBeLeft?: readonly MayBeLeft[];
  /** What of a recording is not judged, and why; absent where all of it is. */
  readonly leftOut?: readonly LeftOut[];
  /** How the app behaved whose session was recorded; absent for a run of this kit's. It does not change the conclusion. */
  readonly conduct?: ConductReport;
}

export interface CheckResult {
  readonly id: string;
  readonly sentence: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  /** `drift`: it found something that breaks no promise; in a strict run that is `fail`. */
  readonly result: RuleResult | "drift";
  /** How many things were judged. */
  readonly judged: number;
  /** What to do when it fails. */
  readonly next: string;
  readonly findings: readonly Finding[];
}

export type SkippedCheck = Pick<CheckResult, "id" | "sentence">;

export interface TaskSummary {
  readonly id: string;
  /** `complete`, `fail`, or absent for a task of a foreign recording. */
  readonly journey?: string;
  /** Position of its import in the recording; absent where that begins later. */
  readonly importExchange?: number;
  /** Milliseconds after the run's start at which the import was sent. */
  readonly importedAtMs?: number;
  /** In the order of their answers. */
  readonly polls: readonly PollSummary[];
}

export interface PollSummary {
  /** Position in the recording. */
  readonly exchange: number;
  /** Milliseconds after the run's start at which the answer had come, or was no longer waited for. */
  readonly atMs: number;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** Absent where the answer showed none. */
  readonly state?: string;
}

export interface MayBeLeft {
  /** Where it would be, without its extension. */
  readonly path: string;
  /** Why nobody knows. */
  readonly why: string;
}

export interface LeftBehind {
  readonly fileId: string;
  readonly path?: string;
  /** Why it is still there. */
  readonly why: string;
}

/** A check whose severity is not looked at: what it finds is a failure. */
export interface RuleCheck extends CheckResult {
  readonly result: RuleResult;
}

/** How a client behaved. */
export interface ConductReport {
  /** `fail` if one check failed, `not-exercised` if none had anything to judge. */
  readonly result: RuleResult;
  readonly checks: readonly ConductCheck[];
  readonly tasks: readonly TaskConduct[];
  /**
   * The tasks that did not move, and that the client was still polling when it was judged. Whether it would have given them
   * up, nobody saw.
   */
  readonly stillPolled: readonly string[];
  /** The versions of the API that the client called; absent from the conduct towards one task. */
  readonly versions?: readonly CalledVersion[];
}

/** A version of the API that a client called. It changes no result. */
export interface CalledVersion extends SeenVersion {
  /** The requests that were sent after a response with `Deprecation` or `Sunset`: positions in the recording. */
  readonly afterNotice: readonly number[];
}

export interface ConductCheck extends RuleCheck {
  /** What proves the result: positions in the recording. */
  readonly exchanges: readonly number[];
}

/** How a client behaved towards one task. */
export interface TaskConduct {
  readonly id: string;
  readonly checks: readonly Pick<ConductCheck, "id" | "result" | "judged" | "exchanges">[];
}
