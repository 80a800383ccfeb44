import { forgetOldest } from "../../forget-oldest.js";
import type { Scenario } from "../scenario.js";
import { type Arguments, type Parameter, readArgument, valueText } from "./parameters.js";
import { instantiate } from "./parse.js";
import type { ParameterSource } from "./source.js";

/** Why a reference leads to no scenario. */
export interface ReferenceProblem {
  readonly code: "UNKNOWN_SCENARIO" | "UNKNOWN_PARAMETER" | "INVALID_PARAMETER";
  readonly message: string;
  /** What would have done: names of parameters, or values. */
  readonly known: readonly string[];
}

/**
 * The scenario that a reference means: a name, and after it parameters that are not to have their defaults. Its own name
 * is the reference in its shortest form, so that a task's id, a header and a report all say the same.
 *
 * @param reference such as `rate-limited;retryAfter=5;burst=3`
 * @returns undefined if there is no scenario of that name
 */
export function findScenario(
  catalogue: ReadonlyMap<string, Scenario>,
  reference: string,
): Scenario | ReferenceProblem | undefined {
  const named = catalogue.get(reference);
  if (named) return named;
  const [name = "", ...assignments] = reference.split(";").map((part) => part.trim());
  const scenario = catalogue.get(name);
  if (!scenario) return undefined;
  const known = made.get(scenario)?.get(reference);
  if (known) return known;
  const found = withArguments(scenario, assignments.filter(Boolean));
  if ("code" in found) return found;
  // A client can write it in any length.
  if (reference.length <= MAX_REFERENCE) remember(scenario, reference, found);
  return found;
}

/** The name without its parameters. @example baseName("rate-limited;burst=3"); // "rate-limited" */
export function baseName(reference: string): string {
  const end = reference.indexOf(";");
  return (end === -1 ? reference : reference.slice(0, end)).trim();
}

/** Most calls of a run ask for the same few; a client that makes up ever new ones must not fill the memory. */
const made = new WeakMap<Scenario, Map<string, Scenario>>();
const MAX_MADE = 50;
const MAX_REFERENCE = 500;

function remember(scenario: Scenario, reference: string, one: Scenario): void {
  const kept = made.get(scenario) ?? new Map<string, Scenario>();
  made.set(scenario, kept.set(reference, one));
  forgetOldest(kept, MAX_MADE);
}

function withArguments(scenario: Scenario, assignments: readonly string[]): Scenario | ReferenceProblem {
  const { parameters = [], source } = scenario;
  const declared = source?.parameters ?? {};
  const given = new Map<string, string | number>();
  for (const assignment of assignments) {
    const [name = "", ...rest] = assignment.split("=");
    const parameter = parameters.find((one) => one.name === name.trim());
    const declaration = parameter && declared[parameter.name];
    if (!parameter || !declaration) return unknownParameter(scenario, name);
    if (given.has(parameter.name)) return givenTwice(parameter);
    const value = readArgument(declaration, decoded(rest.join("=").trim()));
    if (value === undefined) return badValue(parameter, rest.join("="));
    given.set(parameter.name, value);
  }
  if (!source) return scenario;
  const name = shortest(scenario, given, declared);
  return name === scenario.name ? scenario : instantiated(scenario, name, Object.fromEntries(given));
}

function instantiated(scenario: Scenario, name: string, given: Arguments): Scenario | ReferenceProblem {
  const one = instantiate(scenario, name, given);
  if (!("pointer" in one)) return one;
  const message = `The values of ${name} do not go together: ${one.pointer}: ${one.message}`;
  return { code: "INVALID_PARAMETER", message, known: (scenario.parameters ?? []).map(described) };
}

function shortest(
  { name, parameters = [] }: Scenario,
  given: ReadonlyMap<string, string | number>,
  declared: Readonly<Record<string, ParameterSource>>,
): string {
  const parts = parameters.flatMap((parameter) => {
    const value = given.get(parameter.name);
    const declaration = declared[parameter.name];
    const text = value === undefined || !declaration ? parameter.default : valueText(declaration, value);
    return text === parameter.default ? [] : [`${parameter.name}=${text}`];
  });
  return [name, ...parts].join(";");
}

function unknownParameter({ name, parameters = [] }: Scenario, asked: string): ReferenceProblem {
  const known = parameters.map(described);
  const list = known.length > 0 ? `It has: ${known.join("; ")}.` : "It has none.";
  const message = `The scenario "${name}" has no parameter "${asked.slice(0, 60)}". ${list}`;
  return { code: "UNKNOWN_PARAMETER", message, known };
}

function givenTwice({ name }: Parameter): ReferenceProblem {
  return { code: "INVALID_PARAMETER", message: `${name} is given twice. Give it once.`, known: [] };
}

function badValue(parameter: Parameter, text: string): ReferenceProblem {
  const message = `${parameter.name}: "${text.slice(0, 60)}" will not do. Write ${parameter.allowed}.`;
  return { code: "INVALID_PARAMETER", message, known: [...(parameter.values ?? [described(parameter)])] };
}

/** @example described(burst); // "burst (a whole number from 1 to 100; default 1)" */
function described(parameter: Parameter): string {
  return `${parameter.name} (${parameter.allowed}; default ${parameter.default})`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
