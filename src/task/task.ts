import type { StandardError } from "../contract/contract.js";
import type { Draft } from "./draft.js";
import type { FileLook, PlainEnd, Scenario } from "./scenario.js";

/** What moves a task from one step to the next. */
export type Pace = "time" | "polls" | "manual" | "immediate";

/** One import: all that decides what it shows, and when. */
export interface Task {
  readonly id: string;
  /** Epoch milliseconds. */
  readonly requestedAt: number;
  /** 0 to 2³²−1; decides what the request leaves open. */
  readonly seed: number;
  readonly scenario: Scenario;
  readonly draft: Draft;
  readonly pace: Pace;
  /** How many times faster than the scenario says its steps pass, under pace `time`. */
  readonly speed: number;
  /** When a person moved it on, in epoch milliseconds; counts under pace `manual`. */
  readonly moves: readonly number[];
  /** The state that a person chose for it, whatever its scenario says; it stays until they choose another. */
  readonly forced?: Forced;
  /** Its end, once a client was told. */
  readonly settled?: Settled;
}

/**
 * An end that a client was told: other settings, another text of its scenario or a machine's clock that is set back leave
 * it as it is. A person takes it back who turns the session's clock back before it. Instants in epoch milliseconds.
 */
export interface Settled {
  readonly end: PlainEnd;
  readonly startedAt: number;
  readonly completedAt: number;
  /** What the scenario decided of the file. */
  readonly file?: FileLook;
}

/** A state that a person chose, and when; instants in epoch milliseconds. */
export type Forced =
  | { readonly state: "PENDING"; readonly at: number }
  | { readonly state: "PROCESSING"; readonly at: number; readonly startedAt: number }
  | {
      readonly state: "COMPLETE" | "CANCELED";
      readonly at: number;
      readonly startedAt: number;
      /** What a canceled task's error says; the rest is as in any other. */
      readonly error?: Partial<StandardError>;
    };
