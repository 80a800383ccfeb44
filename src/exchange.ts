import type { OperationId } from "./contract/operation.js";
import type { Violation } from "./contract/validate.js";

/** One request with its answer, and why that answer. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    /** Its JSON, where it has one that can be parsed. */
    readonly body?: unknown;
  };
  /** Undefined when the request is for no operation of the contract. */
  readonly operation: OperationId | undefined;
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Empty when there is none. */
    readonly body: string;
  };
  /** How the request breaks the contract. */
  readonly violations: readonly Violation[];
  /** The scenario that answered, and where its name came from. */
  readonly scenario?: { readonly name: string; readonly why: string; readonly breaks?: readonly string[] };
  /** The task that was started or polled. */
  readonly taskId?: string;
  /** What the task showed, where it showed something. */
  readonly state?: string;
}

/** An exchange's answer as the platform's own `Response`. */
export function toResponse({ status, headers, body }: Exchange["response"]): Response {
  return new Response(body === "" ? null : body, { status, headers });
}
