import type { OperationId, StandardError, TaskStatus } from "../contract/contract.js";
import type { ErrorName } from "../contract/hubspot-error.js";

/** A value of a file, or the parameter that it is taken from. */
type Scalar<Value> = Value | `$${string}`;

/** A parameter as it stands in a file. `values` lists what it may be, where that is a choice of a few. */
export interface ParameterSource {
  readonly type?: "duration" | "integer" | "string";
  readonly default: string | number;
  readonly description?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly values?: readonly (string | number)[];
}

/** A scenario as it stands in a file. @see spec/scenario.schema.json */
export interface ScenarioSource {
  readonly summary: string;
  readonly client?: string;
  readonly tags?: readonly string[];
  readonly parameters?: Readonly<Record<string, ParameterSource>>;
  readonly breaks?: readonly string[];
  readonly steps: readonly StepSource[];
  readonly faults?: readonly FaultSource[];
  readonly file?: {
    readonly name?: Scalar<string>;
    readonly size?: Scalar<number>;
    readonly createdAgo?: Scalar<string>;
  };
  readonly limits?: {
    readonly tenSecondly?: Scalar<number>;
    readonly secondly?: Scalar<number>;
    readonly daily?: Scalar<number>;
  };
}

export interface StepSource {
  readonly state: Scalar<TaskStatus["status"] | "FAILURE">;
  readonly for?: Scalar<string>;
  readonly polls?: Scalar<number>;
  readonly errors?: Scalar<number>;
  readonly error?: Partial<StandardError>;
  readonly result?: boolean;
}

export type FaultSource = EffectSource & {
  readonly on?: readonly OperationId[];
  readonly polls?: RangeSource;
  readonly imports?: RangeSource;
  readonly during?: readonly TaskStatus["status"][];
  readonly afterEnd?: Scalar<string>;
  readonly afterImport?: Scalar<string>;
  readonly until?: "new-token";
};

/** One, the first and the last, the first and how many, or all after so many. */
export type RangeSource =
  | Scalar<number>
  | readonly [Scalar<number>, Scalar<number>]
  | { readonly first: Scalar<number>; readonly count: Scalar<number> }
  | { readonly after: Scalar<number> };

/** What becomes of an answer, as it stands in a file or in JSON: one of `error`, `page`, `body`, `wire`, `alter` and `answer`. */
export interface EffectSource {
  readonly error?: Scalar<ErrorName>;
  readonly page?: Scalar<number>;
  readonly retryAfter?: Scalar<string>;
  readonly body?: Scalar<BodyFlaw>;
  readonly wire?: Scalar<WireFault>;
  readonly chunks?: Scalar<number>;
  readonly pause?: Scalar<string>;
  readonly alter?: readonly AlterationSource[];
  readonly answer?: AnswerSource;
  readonly accepted?: boolean;
}

/** An answer in words of one's own; a body that is no text is sent as JSON. */
export interface AnswerSource {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** What is wrong with a body that tells the right thing. */
export type BodyFlaw =
  | "truncated"
  | "malformed"
  | "empty"
  | "byte-order-mark"
  | "wrong-type"
  | "too-long-length"
  | "too-short-length";

export type WireFault = "reset" | "reset-mid-body" | "drip" | "black-hole";

export type AlterationSource =
  | { readonly set: string; readonly to: unknown }
  | { readonly remove: string }
  | { readonly shift: string; readonly by: Scalar<string> }
  | { readonly rehost: string; readonly to: Scalar<string> };

/** What is wrong with a source, and where. */
export interface ScenarioProblem {
  /** JSON pointer, such as `/steps/1/for`. */
  readonly pointer: string;
  readonly message: string;
}
