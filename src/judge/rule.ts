import type { Recording } from "./recording.js";
import type { Validate } from "./schema.js";

/** How well the ground is known that a rule stands on. @see spec/evidence.md */
export type Evidence = "documented" | "live" | "inferred" | "http";

/** What is wrong with one thing that a rule looked at. */
export type Problem = Pick<Finding, "pointer" | "expected" | "actual" | "line">;

/** One thing that a rule looked at: fine, unless there are problems. */
export interface Verdict {
  /** The exchanges that prove it: positions in the recording. */
  readonly exchanges: readonly number[];
  /** Of a client: the requests by which it broke the rule. `exchanges` also has what comes before them. */
  readonly guilty?: readonly number[];
  /** The first exchange of those that it is about, where equal problems of others are none of the same finding. */
  readonly about?: number;
  readonly problems: readonly Problem[];
}

/** Why something could not be judged. */
export interface Inconclusive {
  readonly reason:
    | "unreachable"
    | "token-refused"
    | "not-accepted"
    | "postponed"
    | "interrupted"
    | "no-exchange"
    | "unordered"
    | "check-skipped";
  readonly message: string;
  readonly next: string;
}

/** A rule over recorded exchanges. It is pure: the same recording gets the same verdicts. */
export interface Rule {
  /** Stable: it stands in people's `--skip`. */
  readonly id: string;
  /** One sentence that holds when the rule is kept. */
  readonly sentence: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  /** What to do when it is broken. */
  readonly next: string;
  /**
   * Judges everything in the recording that it applies to: a verdict, or the reason why there can be none. Without verdicts,
   * nothing exercised it.
   */
  readonly judge: (recording: Recording, validate: Validate) => readonly (Verdict | Inconclusive)[];
}

/** What a rule's verdicts come to. */
export type RuleResult = "pass" | "fail" | "not-exercised";

/** A verdict on one exchange. */
export function verdict(index: number, ...problems: readonly Problem[]): Verdict {
  return { exchanges: [index], problems };
}

/** How bad it is when a rule is broken: the contract is violated, or reality has moved where nothing was promised. */
export type Severity = "violation" | "drift";

/** Something noticed about recorded exchanges. It is data; words for people are made in `src/report`. */
export interface Finding {
  /** The rule that noticed it, such as `schema`. */
  readonly rule: string;
  readonly severity: Severity;
  /** Where in the answer's body, as a JSON pointer; absent where it is not about one place in a body. */
  readonly pointer?: string;
  /** What the contract says, in a few words. */
  readonly expected: string;
  /** What came instead, cut to a length that people read. */
  readonly actual: string;
  /** Line of `spec/openapi.yaml` that says so, from 1; absent for rules that the document has no line for. */
  readonly line?: number;
  /** Which exchanges show it: positions in the recording, from 0. */
  readonly exchanges: readonly number[];
  /** The requests by which a client broke the rule; absent where a server broke it. */
  readonly guilty?: readonly number[];
}
