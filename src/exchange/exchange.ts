import type { OperationId } from "../contract/contract.js";
import type { Violation } from "../contract/validate.js";
import type { RunStep } from "./run-step.js";
import { isSilent, type Line, sendOver, type Wire } from "./wire.js";

/** HTTP gives these statuses no body. */
export const STATUSES_WITHOUT_BODY: readonly number[] = [204, 205, 304];

/** A response as it is sent to a client. */
export type SentResponse = Exchange["response"];

/** One request with its response, and the reason for it. */
export interface Exchange {
  readonly request: {
    readonly method: string;
    readonly path: string;
    /** The body's JSON, if it has one that can be parsed. */
    readonly body?: unknown;
  };
  /** Undefined when the request is for no operation of the contract. */
  readonly operation: OperationId | undefined;
  readonly response: {
    /** 0 without a response (a `wire` of reset or black-hole), as in `Response.error()`. */
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    /** Empty without a body. */
    readonly body: string;
    /**
     * A network fault. If the connection is reset in mid-body, the client sees the status, the headers and half of the
     * body.
     */
    readonly wire?: Wire;
  };
  /** How the request breaks the contract. */
  readonly violations: readonly Violation[];
  /** Set if the request was rejected before its body was read: for its session, its clock, its token or a limit. */
  readonly isUnjudged?: true;
  /** The scenario that responded, and where its name came from. */
  readonly scenario?: { readonly name: string; readonly why: string; readonly breaks?: readonly string[] };
  /** The session that responded. */
  readonly session?: string;
  /** The task that was started or polled. */
  readonly taskId?: string;
  /** Of an import that began a task: the newest tasks of the same file that had begun earlier and not ended yet. */
  readonly underWay?: readonly string[];
  /** The state that the response showed, if any. */
  readonly state?: string;
  /** The effects that were applied to the response, such as `error rate-limited` or `wire reset`. */
  readonly effect?: string;
  /** Set if a person or a test chose this one response. */
  readonly isInjected?: true;
  /** The number in the session's journal of the request that the client's transport repeated here by itself. */
  readonly repeatOf?: number;
}

/**
 * Returns an exchange's response as the platform's own `Response`, at once unless it has a network fault.
 *
 * @param line the connection to the client; one that is reset gives `Response.error()`, as with `fetch`
 */
export function toResponse(answer: Exchange["response"], line: Line): Response | Promise<Response> {
  const { status, headers, body } = answer;
  const wire = wireOf(answer);
  return wire ? sendOver(answer, wire, line) : new Response(body === "" ? null : body, { status, headers });
}

/** Returns a response's network fault, if any: a response to HEAD has no body that could fail. */
export function wireOf({ body, wire }: Exchange["response"]): Wire | undefined {
  return wire && (body !== "" || isSilent(wire.kind)) ? wire : undefined;
}

/** One request with its response, as seen from outside. Redacted before it leaves this kit. */
export interface RecordedExchange {
  /** Epoch milliseconds at which the request was sent. */
  readonly startedAt: number;
  /** Set if the recorder wrote whole seconds: the request was sent within the second that begins at `startedAt`. */
  readonly isToTheSecond?: true;
  /** Milliseconds until the body's last byte; negative if unknown, as in HAR. */
  readonly durationMs: number;
  /**
   * Whether it may have overlapped another like it: a server recorded it, which cannot distinguish two overlapping
   * requests from a repetition. Then neither proves that the client took account of a response.
   */
  readonly isPerhapsOverlapping?: true;
  /** Of an import: tasks of the same file that had not ended when it came. Absent if unknown. */
  readonly underWay?: readonly string[];
  /**
   * Distinguishes the pages of a browser that sent the requests: a page that is loaded anew does not know what the one
   * before saw. Absent if unknown.
   */
  readonly page?: string;
  /** Absent in recordings of others: most rules need only the method and path. */
  readonly step?: RunStep;
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    /** Whether headers may be missing: then the absence of one proves nothing. */
    readonly areHeadersLeftOut?: true;
    readonly body?: string;
    /** Whether it had a body, as far as is known, that the recording lacks. */
    readonly isBodyLeftOut?: true;
    /** Distinguishes the client's tokens without showing them; absent if unknown. */
    readonly tokenId?: string;
  };
  /** Absent without a response; then `failure` says why. */
  readonly response?: {
    readonly status: number;
    /** Names in lower case. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    /**
     * Why nothing can be concluded from the body: it ended before its announced end, it is not in the coding that its
     * Content-Encoding names, it is not UTF-8, or a recording of another tool lacks it.
     */
    readonly flaw?: BodyFlaw;
    /**
     * The response that the client had stored, if this is a 304 to the client's own condition. The server says that it
     * still holds.
     */
    readonly stored?: {
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly flaw?: BodyFlaw;
    };
  };
  /**
   * `unreachable`: no connection; `dropped`: the connection ended without a response; `timeout`: no response in time;
   * `not-http`: a response that is not HTTP; `client-gone`: the client did not wait for the response, as far as is
   * known.
   */
  readonly failure?: {
    readonly kind: "unreachable" | "dropped" | "timeout" | "not-http" | "client-gone";
    readonly message: string;
  };
}

/**
 * The number of bytes of it that a run receives before it is aborted. Parsed as JSON, they may take thirty times as
 * much memory.
 */
export const MOST_EXCESS = 16 * 1024 * 1024;

/** The length beyond which a body belongs to no response of this API, in characters. */
export function excessOf({ response }: RecordedExchange): number {
  return Math.max(0, (response?.body.length ?? 0) - 64 * 1024);
}

type BodyFlaw = "incomplete" | "undecodable" | "not-utf-8" | "not-recorded";
