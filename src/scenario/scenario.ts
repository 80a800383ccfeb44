import type { StandardError } from "../contract/contract.js";
import type { Fault } from "./fault.js";
import type { Parameter } from "./parameters.js";
import type { ScenarioSource } from "./source.js";

/** What a task does, step by step, and what goes wrong on the way. Read from a file by `parseScenario`. */
export interface Scenario {
  /** What it is chosen by: its file's name, and such parameters as have not their default, `rate-limited;burst=3`. */
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  /** What a good client does, in a sentence. */
  readonly client?: string;
  readonly tags: readonly string[];
  /** At least one; all but the last are left after a while, the last is kept for good. */
  readonly steps: readonly Step[];
  /** The first that applies to a request wins. */
  readonly faults: readonly Fault[];
  /** The checks of `verify` that its answers fail, by id; absent when they keep the contract. */
  readonly breaks?: readonly string[];
  /** What its file is, whatever the import asked for. */
  readonly file?: FileLook;
  /** How many calls under it a session may make. */
  readonly limits?: Limits;
  /** What it can be told, in the file's order. */
  readonly parameters?: readonly Parameter[];
  /** What it was made from, where it has parameters: other values make another scenario. */
  readonly source?: ScenarioSource;
  /** Set where the scenario is what a server once did. Its steps then say what was answered. */
  readonly recording?: TaskRecording;
}

/** What of a file a scenario decides. */
export interface FileLook {
  /** With its extension, and with whatever a hostile person would put there. */
  readonly name?: string;
  /** Bytes. */
  readonly size?: number;
  /** How long before the import's end it was made: a duplicate is an older file. */
  readonly createdAgoMs?: number;
}

/** How many calls are answered in a while; more get a 429 until the while is over. */
export interface Limits {
  readonly tenSecondly?: number;
  readonly secondly?: number;
  readonly daily?: number;
}

/** How the journal and the coverage name what a limit does to a request over it. */
export function limitLabel(limit: keyof Limits): string {
  return `limit ${limit}`;
}

/** What a recorded task was, beside its answers. */
interface TaskRecording {
  /** Imports of this url get this scenario. */
  readonly importUrl?: string;
  /** The task's id then; in what is answered it becomes the task's id of today. */
  readonly taskId: string;
  /** When the import was sent, in epoch milliseconds; dates are rendered as far from today's import as they were from it. */
  readonly importedAt: number;
  /** What the imports of that url were answered, in order; the last one goes on. */
  readonly imports: readonly RecordedAnswer[];
}

/** An answer that is given again, word for word but for id, links and dates. */
export interface RecordedAnswer {
  /** 0 where none came, and `wire` says how. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly wire?: { readonly kind: "reset" | "black-hole" };
}

export type Step = FlightStep | EndStep;

interface FlightStep {
  readonly state: "PENDING" | "PROCESSING";
  /** Milliseconds; Infinity when nothing but a person moves it on. */
  readonly forMs: number;
  /** How many polls see it, when polls are what moves tasks. */
  readonly polls: number;
  readonly recorded?: RecordedAnswer;
}

export type EndStep =
  | (PlainEnd & { readonly recorded?: RecordedAnswer })
  /** The import fails, in the way that the `failure` option chooses: what HubSpot does is not published. */
  | { readonly state: "FAILURE"; readonly error?: Partial<StandardError> };

/** An end that no option decides. */
export interface PlainEnd {
  readonly state: "COMPLETE" | "CANCELED";
  readonly errors: number;
  /** What its errors say, where that is not the usual. */
  readonly error?: Partial<StandardError>;
  /** Whether it shows a file; where it does not say, COMPLETE without errors does. */
  readonly result?: boolean;
}

/** Whether a task that ends so shows a file. */
export function hasFile(end: EndStep): boolean {
  return end.state !== "FAILURE" && (end.result ?? (end.state === "COMPLETE" && end.errors === 0));
}
