import type { StandardError } from "../contract/contract.js";
import type { Fault } from "./fault.js";
import type { Parameter } from "./parameters.js";
import type { ScenarioSource } from "./source.js";

/** A task's course, step by step, with the faults in its responses. Parsed from a file by `parseScenario`. */
export interface Scenario {
  /**
   * The name with which it is chosen: its file's name, with the parameters that differ from their defaults,
   * `rate-limited;burst=3`.
   */
  readonly name: string;
  /** One line for people. */
  readonly summary: string;
  /** How a good client reacts, in a sentence. */
  readonly client?: string;
  readonly tags: readonly string[];
  /** At least one; the task leaves each after a while, except the last. */
  readonly steps: readonly Step[];
  /** The first one whose conditions are true applies. */
  readonly faults: readonly Fault[];
  /** Ids of the checks of `verify` that its responses fail; absent if they follow the contract. */
  readonly breaks?: readonly string[];
  /** The file's properties, whatever the import requested. */
  readonly file?: FileLook;
  /** The rate limits of a session's requests under it. */
  readonly limits?: Limits;
  /** Its parameters, in the file's order. */
  readonly parameters?: readonly Parameter[];
  /** Its source, if it has parameters: other values give another scenario. */
  readonly source?: ScenarioSource;
  /** Set if the scenario was recorded from a server. Its steps then have the recorded responses. */
  readonly recording?: TaskRecording;
}

/** The file's properties that a scenario can choose. */
export interface FileLook {
  /** With its extension, and with anything that a hostile user could enter. */
  readonly name?: string;
  /** Bytes. */
  readonly size?: number;
  /** How long before the import's end it was created: a duplicate is an older file. */
  readonly createdAgoMs?: number;
}

/** How many requests are accepted in a window; more get a 429 until the window is over. */
export interface Limits {
  readonly tenSecondly?: number;
  readonly secondly?: number;
  readonly daily?: number;
}

/** The name of a limit's effect in the journal and the coverage. */
export function limitLabel(limit: keyof Limits): string {
  return `limit ${limit}`;
}

/** The properties of a recorded task, beside its responses. */
interface TaskRecording {
  /** Imports of this url get this scenario. */
  readonly importUrl?: string;
  /** The task's recorded id; in the responses it is replaced by the new task's id. */
  readonly taskId: string;
  /**
   * When the import was sent, in epoch milliseconds; each date is rendered at the same distance from the new import.
   */
  readonly importedAt: number;
  /** The responses to the imports of that url, in order; the last one is repeated. */
  readonly imports: readonly RecordedAnswer[];
}

/** A recorded response, repeated unchanged except for id, links and dates. */
export interface RecordedAnswer {
  /** 0 without a response; then `wire` says why. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly wire?: { readonly kind: "reset" | "black-hole" };
}

export type Step = FlightStep | EndStep;

interface FlightStep {
  readonly state: "PENDING" | "PROCESSING";
  /** Milliseconds; Infinity if only a person moves it on. */
  readonly forMs: number;
  /** How many polls see it, under pace `polls`. */
  readonly polls: number;
  readonly recorded?: RecordedAnswer;
}

export type EndStep =
  | (PlainEnd & { readonly recorded?: RecordedAnswer })
  /** The import fails, in the form that the option `failure` chooses: HubSpot's behaviour is not published. */
  | { readonly state: "FAILURE"; readonly error?: Partial<StandardError> };

/** An end that does not depend on an option. */
export interface PlainEnd {
  readonly state: "COMPLETE" | "CANCELED";
  readonly errors: number;
  /** The properties of its errors that differ from the default. */
  readonly error?: Partial<StandardError>;
  /** Whether it shows a file; by default, COMPLETE without errors does. */
  readonly result?: boolean;
}

/** Whether a task with this end shows a file. */
export function hasFile(end: EndStep): boolean {
  return end.state !== "FAILURE" && (end.result ?? (end.state === "COMPLETE" && end.errors === 0));
}
