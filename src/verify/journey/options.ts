import type { JudgeOptions } from "../judge.js";
import type { Journey } from "../recording/recording.js";

export interface VerifyOptions extends Pick<JudgeOptions, "strict" | "only" | "skip" | "keep"> {
  /** The address before `/files/v3`, such as `https://api.hubapi.com`. */
  readonly baseUrl: string;
  /** The account's token. It is sent to `baseUrl`'s host and HubSpot's own, and written nowhere. */
  readonly token: string;
  /** A file that the server can fetch. Default: a small picture of the W3C's. */
  readonly importUrl?: string;
  /** A file that it cannot. Default: one on a host that cannot exist. */
  readonly failingUrl?: string;
  /** Default `/import-kit`. */
  readonly folderPath?: string;
  /** Default `PRIVATE`. */
  readonly access?: string;
  /** The first pause between two polls, in milliseconds; each is half as long again. Default 1000. */
  readonly pollIntervalMs?: number;
  /** How long a task may take, in milliseconds. Default 60 000. */
  readonly timeoutMs?: number;
  /** Ends the run; the files that it made are deleted all the same. */
  readonly signal?: AbortSignal;
  /** Called when something happens that people would like to see. */
  readonly onProgress?: (progress: Progress) => void;
  /** Default the platform's. */
  readonly fetch?: typeof fetch;
  /** The clock, in epoch milliseconds. Default `Date.now`. */
  readonly now?: () => number;
  /** Waits; early, if the signal is aborted meanwhile. Default the platform's timer. */
  readonly sleep?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** Something that happened in a run. */
export interface Progress {
  readonly journey: Journey | "refusals" | "cleanup";
  /** In a few words, such as `PROCESSING` or `429, waiting 2 s`. */
  readonly message: string;
  /** Requests sent so far. */
  readonly requests: number;
}
