import type { OperationId } from "../contract/contract.js";
import type { Violation } from "../contract/validate.js";
import type { RunStep } from "./run-step.js";
import { isSilent, type Line, sendOver, type Wire } from "./wire.js";

/** HTTP gives these statuses no body. */
export const STATUSES_WITHOUT_BODY: readonly number[] = [204, 205, 304];

/** What is sent to a client. */
export type SentResponse = Exchange["response"];

/** One request with its response, and the reason for it. */
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

/** What goes wrong with a response on its way, if anything: nothing can go wrong with the body in the response to a HEAD. */
export function wireOf({ body, wire }: Exchange["response"]): Wire | undefined {
  return wire && (body !== "" || isSilent(wire.kind)) ? wire : undefined;
}

/** One request with what came back, as it was seen from outside. Redacted before it leaves this kit. */
export interface RecordedExchange {
  /** Epoch milliseconds at which the request was sent. */
  readonly startedAt: number;
  /** Until the body's last byte, in milliseconds; negative where nobody knows, as in HAR. */
  readonly durationMs: number;
  /**
   * It may have been sent at the same time as another like it: what saw it was a server, which cannot tell two that
   * overlap from a second try. Neither proves then that an answer was heeded.
   */
  readonly isPerhapsOverlapping?: true;
  /** Of an import: tasks of the same file that had not ended when it came. Absent where nobody who knows was asked. */
  readonly underWay?: readonly string[];
  /** Absent in recordings of others: then the method and path say enough for most rules. */
  readonly step?: RunStep;
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    /** It may have had more of them: that one is not there says nothing. */
    readonly areHeadersLeftOut?: true;
    readonly body?: string;
    /** It had a body, as far as anyone knows, and the recording does not have it. */
    readonly isBodyLeftOut?: true;
    /** Tells the client's tokens apart without showing them; absent where nobody looked. */
    readonly tokenId?: string;
  };
  /** Absent when no answer came; then `failure` says why. */
  readonly response?: {
    readonly status: number;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    /**
     * The body ended before its announced end; its bytes are not UTF-8; or a recording of somebody else's tells nothing of
     * it, so that nothing can be said of it.
     */
    readonly flaw?: BodyFlaw;
    /** The answer that a client had kept, where this is a 304 to the client's own condition. It is what the server says. */
    readonly stored?: {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly flaw?: BodyFlaw;
    };
  };
  /**
   * `unreachable`: no connection; `dropped`: a connection, and then its end without an answer; `timeout`: none in time;
   * `not-http`: bytes that are no HTTP; `client-gone`: the client did not wait for it, as far as anyone knows.
   */
  readonly failure?: {
    readonly kind: "unreachable" | "dropped" | "timeout" | "not-http" | "client-gone";
    readonly message: string;
  };
}

/** How much of that a run receives before it is broken off. Read as JSON, it may take thirty times as much of the memory. */
export const MOST_EXCESS = 16 * 1024 * 1024;

/** The characters of a body beyond what any of this API's has. */
export function excessOf({ response }: RecordedExchange): number {
  return Math.max(0, (response?.body.length ?? 0) - 64 * 1024);
}

type BodyFlaw = "incomplete" | "not-utf-8" | "not-recorded";
