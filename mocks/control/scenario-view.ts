import type { Scenario } from "../../src/scenario/scenario.js";
import type { Schemas } from "./operations.js";

export function viewScenario(scenario: Scenario): Schemas["ScenarioSummary"] {
  const { name, summary, client, tags, breaks, parameters } = scenario;
  return {
    name,
    summary,
    tags: [...tags],
    ...(client !== undefined && { client }),
    ...(breaks && { breaks: [...breaks] }),
    ...(parameters && {
      parameters: parameters.map(({ values, ...rest }) => ({ ...rest, ...(values && { values: [...values] }) })),
    }),
  };
}

/** A scenario with its course. */
export function viewWholeScenario(scenario: Scenario): Schemas["Scenario"] {
  const steps = scenario.steps.map((step) => ({
    state: step.state,
    ...("forMs" in step && Number.isFinite(step.forMs) && { forMs: step.forMs }),
    ...("polls" in step && { polls: step.polls }),
  }));
  return { ...viewScenario(scenario), steps, faults: scenario.faults.map((fault) => ({ ...fault })) };
}
