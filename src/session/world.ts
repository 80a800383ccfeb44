import type { Limits, Scenario } from "../scenario/scenario.js";
import type { Unknowns } from "../task/status-body.js";
import type { Pace } from "../task/task.js";
import type { Session } from "./session.js";
import type { TaskStorage } from "./storage.js";

/** Every scenario a simulator knows, by name. */
export type Catalogue = ReadonlyMap<string, Scenario>;

/** A session with its settings. */
export interface World {
  /** The session's name. */
  readonly name: string;
  readonly catalogue: Catalogue;
  readonly seed: number;
  readonly pace: Pace;
  readonly speed: number;
  readonly unknowns: Unknowns;
  /** Limits of all the session's requests together. Those of a scenario apply as well. */
  readonly limits: Limits;
  readonly session: Session;
  /** Where tasks outlive the page, if anywhere. */
  readonly storage: TaskStorage | undefined;
  /** The versions of the API that there are; undefined for all. */
  readonly apiVersions: readonly string[] | undefined;
}
