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
}
