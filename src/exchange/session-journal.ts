import type { RecordedExchange } from "./exchange.js";

/** The last exchanges of one of a mock's sessions. */
export interface SessionJournal {
  /** The session's name. */
  readonly session: string;
  /** The oldest first. */
  readonly entries: readonly SessionExchange[];
  /** How many older ones were evicted. */
  readonly forgotten: number;
  /** Until when the session has been observed, in epoch milliseconds: any request up to then is in the journal. */
  readonly watchedUntil: number;
}

/** An exchange of a session. */
export interface SessionExchange extends RecordedExchange {
  /** Its number in the session. */
  readonly id: number;
  /**
   * Of a request about a task: what moves the task. If it is not `time`, a client's waits may be shortened to nothing.
   */
  readonly pace?: "time" | "polls" | "manual" | "immediate";
  /** The number of the exchange that the client's transport repeated here by itself. */
  readonly repeatOf?: number;
}

/** How much of what the mock can do was exercised in a run. It covers listed parts only. */
export interface ScenarioCoverage {
  /** Of everything listed, in percent, 0 to 100. */
  readonly percent: number;
  readonly scenarios: Share;
  readonly states: Share;
  readonly faults: Share;
}

/** The parts of the mock that a run can exercise, in two groups. */
export interface Share {
  readonly met: readonly string[];
  readonly missed: readonly string[];
}
