import { nextChangeInMs } from "../../task/timeline.js";
import { UserError } from "../../user-error.js";
import type { Entry } from "../entry.js";

/**
 * Milliseconds until a task changes by itself.
 *
 * @throws UserError `no-change` if only a poll or a person can change it, or nothing can
 */
export function nextChange({ task, answered }: Entry, now: number): number {
  const milliseconds = nextChangeInMs(task, now, answered);
  if (milliseconds !== undefined) return milliseconds;
  const why = task.pace === "time" ? "it stays as it is" : `its pace is ${task.pace}, not time`;
  throw new UserError("no-change", `no time changes task ${task.id}: ${why}. Force a state, or start another task.`);
}
