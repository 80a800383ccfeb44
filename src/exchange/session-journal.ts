/** The last exchanges of one of a mock's sessions, as the mock saw them. */
export interface SessionJournal {
  /** The session's name. */
  readonly session: string;
  /** The oldest first. */
  readonly entries: readonly WitnessedExchange[];
  /** How many older ones are forgotten. */
  readonly forgotten: number;
  /** What it is for its clients when they are judged, in epoch milliseconds: a call would have been seen until then. */
  readonly watchedUntil: number;
}

/**
 * An exchange as a server saw it: what the judge needs of a journal's entry. It names no journal of ours, so that the
 * judge goes on knowing no mock.
 */
export interface WitnessedExchange {
  /** Its number in the session. */
  readonly id: number;
  /** When it was for the client, in epoch milliseconds. */
  readonly clientAt: number;
  readonly request: { readonly method: string };
  readonly response: {
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
    /** What befell the answer on its way, where something did. */
    readonly wire?: { readonly kind: WireFault };
  };
  /** For calls about a task: what moves it. Where that is not `time`, a client's waits may be shortened to nothing. */
  readonly progress?: { readonly pace: "time" | "polls" | "manual" | "immediate" };
  /** The number of the exchange that the client's transport sent again here, by itself. */
  readonly repeatOf?: number;
  /** Of an import: tasks of the same file that had not ended then. Absent where the server does not say. */
  readonly underWay?: readonly string[];
  /** How the request breaks the contract. */
  readonly violations: readonly { readonly pointer: string }[];
  readonly sent: {
    readonly url: string;
    /** Names in lower case. Without the token. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly tokenId?: string;
  };
}

/** Cut off before or within the answer, kept waiting for ever, served in drops, or given another length than it has. */
export type WireFault = "reset" | "reset-mid-body" | "black-hole" | "drip" | "wrong-length";

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
