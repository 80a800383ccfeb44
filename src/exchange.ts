import type { OperationId } from "./contract/operation.js";
import type { Violation } from "./contract/validate.js";
import { type Line, sendOver, type Wire } from "./wire.js";

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
    /** 0 where nothing was answered (a `wire` of reset or black-hole), as `Response.error()` has it. */
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Empty when there is none. */
    readonly body: string;
    /** What goes wrong on the way. Of what is reset in mid-body the client sees the status, the headers and half of the body. */
    readonly wire?: Wire;
  };
  /** How the request breaks the contract. */
  readonly violations: readonly Violation[];
  /** Set where the request was turned away before its body was read: for its session, its clock, its token or a limit. */
  readonly isUnjudged?: true;
  /** The scenario that answered, and where its name came from. */
  readonly scenario?: { readonly name: string; readonly why: string; readonly breaks?: readonly string[] };
  /** The session that answered. */
  readonly session?: string;
  /** The task that was started or polled. */
  readonly taskId?: string;
  /** Of an import that began a task: the newest tasks of the same file that had begun earlier and not ended yet. */
  readonly underWay?: readonly string[];
  /** What the task showed, where it showed something. */
  readonly state?: string;
  /** What befell the answer, such as `error rate-limited` or `wire reset`. */
  readonly effect?: string;
  /** Set where a person or a test decided this one answer. */
  readonly isInjected?: true;
  /** The number in the session's journal of the request that its client's transport sent again here, by itself. */
  readonly repeatOf?: number;
}

/**
 * An exchange's answer as the platform's own `Response`, at once unless something goes wrong on the way.
 *
 * @param line the way to the client; a connection that is reset is `Response.error()`, as for `fetch`
 */
export function toResponse(answer: Exchange["response"], line: Line): Response | Promise<Response> {
  const { status, headers, body } = answer;
  const wire = wireOf(answer);
  return wire ? sendOver(answer, wire, line) : new Response(body === "" ? null : body, { status, headers });
}

/** What goes wrong with a response on its way, if anything: there is no body to go wrong in the answer to a HEAD. */
export function wireOf({ body, wire }: Exchange["response"]): Wire | undefined {
  const isSpared = wire === undefined || (body === "" && !["reset", "black-hole"].includes(wire.kind));
  return isSpared ? undefined : wire;
}
