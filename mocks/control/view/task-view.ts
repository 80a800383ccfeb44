import type { TaskLife, TaskView } from "../../../src/simulator/steering.js";
import type { Parameter } from "../../../src/task/scenario/parameters.js";
import type { Scenario } from "../../../src/task/scenario.js";
import type { Schemas } from "../operations.js";
import { isoDate } from "./exchange-view.js";

export function viewSummary(task: TaskView): Schemas["TaskSummary"] {
  const { id, status, scenario, polls, requestedAt, draft } = task;
  return { id, status, scenario, polls, requestedAt: isoDate(requestedAt), draft };
}

/** @param exchanges the task's own */
export function viewLife(task: TaskLife, exchanges: readonly Schemas["Exchange"][]): Schemas["Task"] {
  const timeline = task.stages.map(({ at, ...stage }) => ({ ...stage, ...(at !== undefined && { at: isoDate(at) }) }));
  return { ...viewSummary(task), timeline, exchanges };
}

export function viewScenario({
  name,
  summary,
  client,
  tags,
  breaks,
  parameters,
}: Scenario): Schemas["ScenarioSummary"] {
  return {
    name,
    summary,
    tags,
    ...(client !== undefined && { client }),
    ...(breaks && { breaks }),
    ...(parameters && { parameters: parameters.map(viewParameter) }),
  };
}

function viewParameter({ name, default: value, allowed, description }: Parameter) {
  return { name, default: String(value), allowed, ...(description !== undefined && { description }) };
}
