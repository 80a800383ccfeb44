import type { RecordedExchange } from "./exchange.js";

/** The last exchanges of one of a mock's sessions. */
export interface SessionJournal {
  /** The session's name. */
  readonly session: string;
  /** The oldest first. */
  readonly entries: readonly SessionExchange[];
  /** How many older ones are forgotten. */
  readonly forgotten: number;
  /** What it is for its clients when they are judged, in epoch milliseconds: a request would have been seen until then. */
  readonly watchedUntil: number;
}

/** An exchange of a session, as its client made it. */
export interface SessionExchange extends RecordedExchange {
  /** Its number in the session. */
  readonly id: number;
  /** Of a request about a task: what moves it. Where that is not `time`, a client's waits may be shortened to nothing. */
  readonly pace?: "time" | "polls" | "manual" | "immediate";
  /** The number of the exchange that the client's transport sent again here, by itself. */
  readonly repeatOf?: number;
}

/** How much of what the mock can do a run has met; what is declared nowhere has no part in it. */
export interface ScenarioCoverage {
  /** Of everything listed, in percent, 0 to 100. */
  readonly percent: number;
  readonly scenarios: Share;
  readonly states: Share;
  readonly faults: Share;
}

/** What there is to meet, in two parts. */
export interface Share {
  readonly met: readonly string[];
  readonly missed: readonly string[];
}
