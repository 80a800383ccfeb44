import type { StandardError } from "../contract/contract.js";
import { milliseconds } from "../time.js";
import { UserError } from "../user-error.js";
import { parseFault, range } from "./fault.js";
import {
  type Arguments,
  defaultArguments,
  namesAskedFor,
  parametersOf,
  readArgument,
  substitute,
  withSharedParameters,
} from "./parameters.js";
import { findDurationProblems, findEffectProblems } from "./read-effect.js";
import type { Scenario, Step } from "./scenario.js";
import type { FaultSource, RangeSource, ScenarioProblem, ScenarioSource, StepSource } from "./source.js";

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

/**
 * Checks what a JSON Schema cannot express: parameters are declared and used, only the last step stays, a task never
 * goes back, and a range of polls begins before it ends.
 *
 * @param given values of its parameters; default their defaults
 * @example findProblems({ summary: "s", steps: [{ state: "PENDING", for: "1s" }] })[0].pointer; // "/steps/0/for"
 */
export function findProblems(source: ScenarioSource, given: Arguments = {}): readonly ScenarioProblem[] {
  if (!Array.isArray((source as Partial<ScenarioSource> | undefined)?.steps)) {
    return [{ pointer: "/steps", message: "is missing. A scenario's source is an object with summary and steps." }];
  }
  const ofParameters = findParameterProblems(source);
  if (ofParameters.length > 0) return ofParameters;
  const { steps, faults = [], file } = substitute(source, { ...defaultArguments(source), ...given });
  return [
    ...findStepProblems(steps),
    ...faults.flatMap((fault, index) => findFaultProblems(fault, `/faults/${index}`)),
    ...findDurationProblems("/file/createdAgo", file?.createdAgo),
  ];
}

function findParameterProblems(source: ScenarioSource): readonly ScenarioProblem[] {
  const { parameters = {}, summary: _, client: __, ...rest } = source;
  const asked = namesAskedFor(rest);
  const declared = Object.keys(parameters);
  const undeclared = [...asked].filter(([name]) => !declared.includes(name));
  return [
    ...undeclared.map(([name, pointer]) => ({ pointer, message: `$${name} is not declared. Add it to parameters.` })),
    ...Object.entries(parameters).flatMap(([name, parameter]) => {
      const pointer = `/parameters/${name}`;
      if (!asked.has(name)) return [{ pointer, message: `$${name} is not used in this file. Remove the parameter.` }];
      if (readArgument(parameter, String(parameter.default)) !== undefined) return [];
      return [
        { pointer: `${pointer}/default`, message: `"${parameter.default}" is not a valid value of this parameter.` },
      ];
    }),
  ];
}

const FLIGHT = ["PENDING", "PROCESSING"];

function findStepProblems(steps: ScenarioSource["steps"]): readonly ScenarioProblem[] {
  if (steps.length === 0) return [{ pointer: "/steps", message: "needs at least one step." }];
  return steps.flatMap(({ state, for: duration, polls = 1 }, index) => {
    const pointer = `/steps/${index}`;
    if (![...FLIGHT, "COMPLETE", "CANCELED", "FAILURE"].includes(state)) {
      return [
        {
          pointer: `${pointer}/state`,
          message: `"${state}" is not a state. Write PENDING, PROCESSING, COMPLETE, CANCELED or FAILURE.`,
        },
      ];
    }
    const unusable = findDurationProblems(`${pointer}/for`, duration);
    if (unusable.length > 0) return unusable;
    if (!isCount(polls))
      return [{ pointer: `${pointer}/polls`, message: `must be a whole number of at least 1; got ${polls}.` }];
    const isLast = index === steps.length - 1;
    const before = steps[index - 1]?.state ?? "PENDING";
    if (isLast && duration !== undefined) {
      return [{ pointer: `${pointer}/for`, message: "the last step has no duration. Remove for, or add a step." }];
    }
    if (!isLast && !FLIGHT.includes(state))
      return [{ pointer, message: `${state} is a final state. Make it the last step.` }];
    if (!isLast && duration === undefined)
      return [{ pointer, message: "for is missing. Only the last step may omit it." }];
    if (FLIGHT.includes(state) && FLIGHT.indexOf(state) < FLIGHT.indexOf(before)) {
      return [{ pointer, message: `a task never goes back from ${before} to ${state}.` }];
    }
    return [];
  });
}

function findFaultProblems(fault: FaultSource, pointer: string): readonly ScenarioProblem[] {
  const { on = ["checkImportStatus"], polls, imports, during, afterEnd, afterImport, until: _, ...effect } = fault;
  const onStatus = on.length === 1 && on[0] === "checkImportStatus";
  const onImport = on.length === 1 && on[0] === "importFromUrl";
  const ofStatus = Object.entries({ polls, during, afterEnd, afterImport }).filter(
    ([, value]) => value !== undefined && !onStatus,
  );
  return [
    ...ofStatus.map(([name]) => ({
      pointer: `${pointer}/on`,
      message: `${JSON.stringify(on)} must be ["checkImportStatus"] if ${name} is given, because only status requests have it.`,
    })),
    ...(imports === undefined || onImport
      ? []
      : [{ pointer: `${pointer}/on`, message: 'must be ["importFromUrl"] if imports is given.' }]),
    ...rangeProblems(`${pointer}/polls`, polls),
    ...rangeProblems(`${pointer}/imports`, imports),
    ...findDurationProblems(`${pointer}/afterEnd`, afterEnd),
    ...findDurationProblems(`${pointer}/afterImport`, afterImport),
    ...findEffectProblems(effect, pointer),
    ...(effect.accepted && !onImport
      ? [
          {
            pointer: `${pointer}/accepted`,
            message: "needs on: [importFromUrl], because only an import can be accepted.",
          },
        ]
      : []),
  ];
}

function rangeProblems(pointer: string, source: RangeSource | undefined): readonly ScenarioProblem[] {
  if (source === undefined) return [];
  const [first, last] = range(source);
  if (!isCount(first) || !(isCount(last) || last === Number.POSITIVE_INFINITY))
    return [{ pointer, message: "must be a whole number of at least 1, or a range of two." }];
  return first <= last ? [] : [{ pointer, message: `must not end before it begins; got [${first}, ${last}].` }];
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1;
}
