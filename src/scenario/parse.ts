import type { StandardError } from "../contract/contract.js";
import { milliseconds } from "../time.js";
import { UserError } from "../user-error.js";
import { parseFault } from "./fault.js";
import { type Arguments, defaultArguments, parametersOf, substitute, withSharedParameters } from "./parameters.js";
import { findProblems } from "./problems.js";
import type { Scenario, Step } from "./scenario.js";
import type { ScenarioProblem, ScenarioSource, StepSource } from "./source.js";

/**
 * Parses a scenario from its source, which `spec/scenario.schema.json` describes. Assumes a valid source:
 * `defineScenario` validates it.
 *
 * @param name with which it is chosen: lower-case letters, digits and hyphens
 * @throws UserError `scenario-file`, with the invalid property
 * @example parseScenario("stuck", { summary: "Never starts.", steps: [{ state: "PENDING" }] }).steps[0].forMs; // Infinity
 */
export function parseScenario(name: string, given: ScenarioSource): Scenario {
  const [problem] = findProblems(given);
  if (problem) throw new UserError("scenario-file", `${name} ${problem.pointer}: ${problem.message}`);
  const source = withSharedParameters(given);
  const { summary, client, tags = [], breaks } = source;
  const parameters = parametersOf(source);
  return {
    name,
    summary,
    ...(client !== undefined && { client }),
    tags,
    ...behaviourOf(source, {}),
    ...(breaks !== undefined && { breaks }),
    ...(parameters.length > 0 && { parameters, source }),
  };
}

/**
 * Returns the same scenario with other values of its parameters.
 *
 * @param name its new name
 * @returns the problem if the values contradict each other
 */
export function instantiate(scenario: Scenario, name: string, given: Arguments): Scenario | ScenarioProblem {
  const { source } = scenario;
  if (!source) return scenario;
  const [problem] = findProblems(source, given);
  return problem ?? { ...scenario, ...behaviourOf(source, given), name };
}

type Behaviour = Pick<Scenario, "steps" | "faults" | "file" | "limits">;

function behaviourOf(source: ScenarioSource, given: Arguments): Behaviour {
  const { steps, faults = [], file, limits } = substitute(source, { ...defaultArguments(source), ...given });
  return {
    steps: steps.map(parseStep),
    faults: faults.map(parseFault),
    ...(file && { file: parseFile(file) }),
    ...(limits && { limits: limits as NonNullable<Scenario["limits"]> }),
  };
}

function parseStep({ state, for: duration, polls = 1, errors = 0, error: given, result }: StepSource): Step {
  // The schema has checked the form; a subcategory and details are sent unchanged.
  const error = given as Partial<StandardError> | undefined;
  switch (state) {
    case "PENDING":
    case "PROCESSING":
      return {
        state,
        forMs: duration === undefined ? Number.POSITIVE_INFINITY : milliseconds(duration),
        polls: polls as number,
      };
    case "FAILURE":
      return { state, ...(error && { error }) };
    default:
      return {
        state: state as "COMPLETE" | "CANCELED",
        errors: errors as number,
        ...(error && { error }),
        ...(result !== undefined && { result }),
      };
  }
}

function parseFile({ name, size, createdAgo }: NonNullable<ScenarioSource["file"]>): NonNullable<Scenario["file"]> {
  return {
    ...(name !== undefined && { name }),
    ...(size !== undefined && { size: size as number }),
    ...(createdAgo !== undefined && { createdAgoMs: milliseconds(createdAgo) }),
  };
}
