import type { SchemaError } from "../schema-error.js";
import { UserError } from "../user-error.js";
import { nearestEffect } from "./nearest-effect.js";
import { type Arguments, defaultArguments, extremesOf, substitute } from "./parameters.js";
import { parseScenario } from "./parse.js";
import { findProblems } from "./problems.js";
import type { Scenario } from "./scenario.js";
import { schemaProblem } from "./schema-problem.js";
import type { ScenarioProblem, ScenarioSource } from "./source.js";
import { validateScenario } from "./validate.gen.js";

const validate = validateScenario as ((source: unknown) => boolean) & { errors?: readonly SchemaError[] | null };

/**
 * Defines a scenario in code. It is validated by the same JSON Schema and the same rules as a file.
 *
 * @param name with which it is chosen: lower-case letters, digits and single hyphens
 * @throws UserError `scenario-file`, with the invalid property
 * @see docs/scenarios.md
 * @example const quick = defineScenario("quick", { summary: "Is complete at once.", steps: [{ state: "COMPLETE" }] });
 */
export function defineScenario(name: string, source: ScenarioSource): Scenario {
  if (!isScenarioName(name)) throw new UserError("scenario-file", `"${name}": ${NAME_RULE}`);
  requireJson(name, source);
  const problem = findSourceProblem(source);
  if (problem) throw new UserError("scenario-file", `${name} ${problem.pointer}: ${problem.message}`);
  return parseScenario(name, source);
}

/** In code, a value may be one that JSON cannot represent. */
function requireJson(name: string, source: ScenarioSource): void {
  try {
    JSON.stringify(source);
  } catch {
    throw new UserError("scenario-file", `${name} cannot be written as JSON. Remove BigInts and circular references.`);
  }
}

/**
 * Returns the first problem of a scenario's source; undefined if it is valid.
 *
 * @param source parsed YAML or JSON of any shape
 */
export function findSourceProblem(source: unknown): ScenarioProblem | undefined {
  const ofShape = shapeProblem(source);
  if (ofShape) return ofShape;
  const scenario = source as ScenarioSource;
  const [ofMeaning] = findProblems(scenario);
  if (ofMeaning || !scenario.parameters) return ofMeaning;
  // A parameter may be used anywhere; only its value shows whether it is valid there.
  const defaults = defaultArguments(scenario);
  return shapeProblem(substitute(scenario, defaults)) ?? extremeProblem(scenario, defaults, scenario.parameters);
}

/**
 * All values that a request can choose must be valid, as well as the file's own: the least, the greatest, each listed
 * value, any text.
 */
function extremeProblem(
  scenario: ScenarioSource,
  defaults: Arguments,
  parameters: NonNullable<ScenarioSource["parameters"]>,
): ScenarioProblem | undefined {
  for (const [name, parameter] of Object.entries(parameters)) {
    for (const value of extremesOf(parameter)) {
      const problem = shapeProblem(substitute(scenario, { ...defaults, [name]: value }));
      if (!problem) continue;
      const message = `may be ${JSON.stringify(value)}, which is invalid at ${problem.pointer}: ${problem.message}`;
      return { pointer: `/parameters/${name}`, message: `${message} Give it a minimum and a maximum, or values.` };
    }
  }
  return undefined;
}

/** Returns the fault that a misspelt name probably means. */
function nearestFault(source: unknown, pointer: string): string | undefined {
  const [, index, property = ""] = /^\/faults\/(\d+)\/([^/]+)$/.exec(pointer) ?? [];
  if (index === undefined) return undefined;
  // The schema reports the error at this place, so both exist.
  const fault = (source as { readonly faults: readonly Readonly<Record<string, unknown>>[] }).faults[Number(index)];
  const [meant] = Object.entries(nearestEffect({ [property]: fault?.[property] }) ?? {});
  return meant && `Write ${meant.join(": ")}.`;
}

export const NAME_RULE = "a scenario's name is lower-case letters, digits and single hyphens.";

export function isScenarioName(name: string): boolean {
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name);
}

function shapeProblem(source: unknown): ScenarioProblem | undefined {
  if (validate(source)) return undefined;
  const meant = (pointer: string) => nearestFault(source, pointer);
  return schemaProblem(validate.errors ?? [], { least: "summary and steps", meant });
}
