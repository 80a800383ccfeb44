import type { Limits, Scenario } from "../scenario/scenario.js";
import type { Unknowns } from "../task/status-body.js";
import type { Pace } from "../task/task.js";
import type { Session } from "./session.js";
import type { TaskStorage } from "./storage.js";

/** Every scenario a simulator knows, by name. */
export type Catalogue = ReadonlyMap<string, Scenario>;

/** What holds for all calls of one session. */
export interface World {
  /** The session's name. */
  readonly name: string;
  readonly catalogue: Catalogue;
  readonly seed: number;
  readonly pace: Pace;
  readonly speed: number;
  readonly unknowns: Unknowns;
  /** Limits of all the session's calls together; a scenario's own count beside them. */
  readonly limits: Limits;
  readonly session: Session;
  /** Where tasks are kept over a page's reload, if anywhere. */
  readonly storage: TaskStorage | undefined;
}
