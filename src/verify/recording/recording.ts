/** The two imports of a run: one that should complete, one whose file cannot be fetched. */
export type Journey = "complete" | "fail";

/** The requests that a server has to refuse. */
export type Refusal = "no-token" | "wrong-token" | "undecodable-id" | "unknown-id" | "missing-url" | "wrong-enum";

/**
 * What a request was sent for. Absent in recordings of others: then the method and path say enough for most rules.
 * `settle` is a poll after the end, `link` a poll of the address that the server gave.
 */
export type Purpose =
  | `${Journey}/${"import" | "poll" | "settle" | "link"}`
  | `refusal/${Refusal}`
  | `cleanup/${"poll" | "delete"}`;

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
  readonly isPerhapsTogether?: true;
  /** Of an import: tasks of the same file that had not ended when it came. Absent where nobody who knows was asked. */
  readonly underWay?: readonly string[];
  readonly purpose?: Purpose;
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
