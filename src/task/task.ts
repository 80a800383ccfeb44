import type { StandardError } from "../contract/contract.js";
import type { Draft } from "./draft.js";
import type { Scenario } from "./scenario.js";

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
  /** The end that a person chose for it, whatever its scenario says. */
  readonly forced?: ForcedEnd;
}

export interface ForcedEnd {
  readonly state: "COMPLETE" | "CANCELED";
  /** When, in epoch milliseconds. */
  readonly at: number;
  /** What a canceled task's error says; the rest is as in any other. */
  readonly error?: Partial<StandardError>;
}
