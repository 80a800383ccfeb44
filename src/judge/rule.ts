import type { Recording } from "./recording.js";
import type { Validate } from "./schema.js";

/** The kind of evidence that a rule is based on. @see spec/evidence.md */
export type Evidence = "documented" | "live" | "inferred" | "http";

/** A problem in one thing that a rule judged. */
export type Problem = Pick<Finding, "pointer" | "expected" | "actual" | "line">;

/** A rule's verdict on one thing: without problems, the rule is kept. */
export interface Verdict {
  /** The exchanges that prove it: indexes in the recording. */
  readonly exchanges: readonly number[];
  /** For a client: the requests that broke the rule. `exchanges` also has what comes before them. */
  readonly guilty?: readonly number[];
  /** The first exchange of the group that it is about, if equal problems of other groups are separate findings. */
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
  /** Stable, since users write it in `--skip`. */
  readonly id: string;
  /** One sentence that is true if the rule is kept. */
  readonly sentence: string;
  readonly severity: Severity;
  readonly evidence: Evidence;
  /** What to do if it is broken. */
  readonly next: string;
  /** Judges everything in the recording that it applies to. No verdicts mean that nothing exercised it. */
  readonly judge: (recording: Recording, validate: Validate) => readonly Verdict[];
}

/** A rule that may return why there can be no verdict. This counts even if the rule is skipped. */
export interface DecliningRule extends Omit<Rule, "judge"> {
  readonly mayDecline: true;
  readonly judge: (recording: Recording, validate: Validate) => readonly (Verdict | Inconclusive)[];
}

/** The result of a rule. */
export type RuleResult = "pass" | "fail" | "not-exercised";

/** A verdict on one exchange. */
export function verdict(index: number, ...problems: readonly Problem[]): Verdict {
  return { exchanges: [index], problems };
}

/** The severity of a broken rule: the contract is violated, or the server differs where nothing was promised. */
export type Severity = "violation" | "drift";

/** An observation about recorded exchanges. It is data; `src/report` renders it for people. */
export interface Finding {
  /** The rule that reports it, such as `schema`. */
  readonly rule: string;
  readonly severity: Severity;
  /** The place in the response's body, as a JSON pointer; absent if it is not about a single place in a body. */
  readonly pointer?: string;
  /** What the contract says, in a few words. */
  readonly expected: string;
  /** What the response had instead, shortened. */
  readonly actual: string;
  /** Line of `spec/openapi.yaml` with the rule, from 1; absent if the document has no such line. */
  readonly line?: number;
  /** The exchanges that show it: indexes in the recording. */
  readonly exchanges: readonly number[];
  /** The requests by which a client broke the rule; absent where a server broke it. */
  readonly guilty?: readonly number[];
}
