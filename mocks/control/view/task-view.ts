import { isoDate } from "../../../src/instant.js";
import type { TaskLife, TaskView } from "../../../src/simulator/steering.js";
import type { Schemas } from "../operations.js";

export function viewSummary(task: TaskView): Schemas["TaskSummary"] {
  const { id, name, status, scenario, polls, requestedAt, draft } = task;
  return { id, name, status, scenario, polls, requestedAt: isoDate(requestedAt), draft };
}

/** @param exchanges the task's own */
export function viewLife(task: TaskLife, exchanges: readonly Schemas["Exchange"][]): Schemas["Task"] {
  const timeline = task.stages.map(({ at, ...stage }) => ({ ...stage, ...(at !== undefined && { at: isoDate(at) }) }));
  return { ...viewSummary(task), timeline, exchanges };
}
