import { isLength } from "../../duration.js";
import { findEffectProblems } from "../fault/effect-problems.js";
import { range } from "../fault/fault.js";
import { type Arguments, defaultArguments, namesAskedFor, readArgument, substitute } from "./parameters.js";
import type { FaultSource, RangeSource, ScenarioProblem, ScenarioSource } from "./source.js";

/**
 * What a JSON Schema cannot say of a scenario: parameters are declared and used, the last step stays, the others pass, a
 * task never goes back, and a range of polls begins before it ends.
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
    ...durationProblems("/file/createdAgo", file?.createdAgo),
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
      if (!asked.has(name)) return [{ pointer, message: `nothing in this file asks for $${name}.` }];
      if (readArgument(parameter, String(parameter.default)) !== undefined) return [];
      return [{ pointer: `${pointer}/default`, message: `"${parameter.default}" is no value of this parameter.` }];
    }),
  ];
}

const FLIGHT = ["PENDING", "PROCESSING"];

function findStepProblems(steps: ScenarioSource["steps"]): readonly ScenarioProblem[] {
  if (steps.length === 0) return [{ pointer: "/steps", message: "needs at least one step." }];
  return steps.flatMap(({ state, for: duration, polls = 1 }, index) => {
    const pointer = `/steps/${index}`;
    if (![...FLIGHT, "COMPLETE", "CANCELED", "FAILURE"].includes(state)) {
      return [{ pointer: `${pointer}/state`, message: `"${state}" is no state of a scenario.` }];
    }
    const unusable = durationProblems(`${pointer}/for`, duration);
    if (unusable.length > 0) return unusable;
    if (!isCount(polls)) return [{ pointer: `${pointer}/polls`, message: `${polls} is not a number of polls.` }];
    const isLast = index === steps.length - 1;
    const before = steps[index - 1]?.state ?? "PENDING";
    if (isLast && duration !== undefined) {
      return [{ pointer: `${pointer}/for`, message: "the last step is kept for good. Remove for, or add a step." }];
    }
    if (!isLast && !FLIGHT.includes(state)) return [{ pointer, message: `${state} is an end. Make it the last step.` }];
    if (!isLast && duration === undefined) return [{ pointer, message: "only the last step may lack for." }];
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
      message: `${JSON.stringify(on)} must be ["checkImportStatus"] where ${name} is given: the status call alone has it.`,
    })),
    ...(imports === undefined || onImport
      ? []
      : [{ pointer: `${pointer}/on`, message: 'must be ["importFromUrl"] where imports is given.' }]),
    ...rangeProblems(`${pointer}/polls`, polls),
    ...rangeProblems(`${pointer}/imports`, imports),
    ...durationProblems(`${pointer}/afterEnd`, afterEnd),
    ...durationProblems(`${pointer}/afterImport`, afterImport),
    ...findEffectProblems(effect, pointer),
    ...(effect.accepted && !onImport
      ? [{ pointer: `${pointer}/accepted`, message: "only an import can be accepted: on: [importFromUrl]." }]
      : []),
  ];
}

function rangeProblems(pointer: string, source: RangeSource | undefined): readonly ScenarioProblem[] {
  if (source === undefined) return [];
  const [first, last] = range(source);
  if (!isCount(first) || !(isCount(last) || last === Number.POSITIVE_INFINITY))
    return [{ pointer, message: "counts from 1, in whole numbers." }];
  return first <= last ? [] : [{ pointer, message: `[${first}, ${last}] ends before it begins.` }];
}

function durationProblems(pointer: string, duration: string | undefined): readonly ScenarioProblem[] {
  if (duration === undefined || isLength(duration)) return [];
  return [{ pointer, message: `"${duration}" is not a duration. Write 2s or 2000ms.` }];
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1;
}
