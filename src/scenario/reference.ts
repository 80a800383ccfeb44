import type { MockError } from "../contract/hubspot-error.js";
import { evictOldest } from "../lru.js";
import { nearestNames, percentDecoded } from "../text.js";
import { type Arguments, type Parameter, readArgument, valueText } from "./parameters.js";
import { instantiate } from "./parse.js";
import type { Scenario } from "./scenario.js";
import type { ParameterSource } from "./source.js";

/** Why a reference does not lead to a scenario. */
export interface ReferenceProblem {
  readonly code: MockError;
  readonly message: string;
  /** What would be valid: names of parameters, or values. */
  readonly known: readonly string[];
}

/**
 * Finds the scenario of a reference: a name, followed by the parameters without their default. The scenario's own name
 * is the reference in its shortest form, so that a task's id, a header and a report have the same name.
 *
 * @param reference such as `rate-limited;retryAfter=5;burst=3`; one whose `;` and `=` are percent-encoded is decoded first
 * @returns undefined if no scenario has this name
 */
export function findScenario(
  catalogue: ReadonlyMap<string, Scenario>,
  reference: string,
): Scenario | ReferenceProblem | undefined {
  const named = catalogue.get(reference);
  if (named) return named;
  const [name, ...assignments] = partsOf(reference);
  const scenario = catalogue.get(name);
  if (!scenario) return undefined;
  const known = made.get(scenario)?.get(reference);
  if (known) return known;
  const found = withArguments(scenario, assignments.filter(Boolean));
  if ("code" in found) return found;
  // A client can send a reference of any length.
  if (reference.length <= MAX_REFERENCE) remember(scenario, reference, found);
  return found;
}

/** Removes parameters and label from a name. @example baseName("rate-limited~2;burst=3"); // "rate-limited" */
export function baseName(reference: string): string {
  // Cached: most are a name alone, or a task's id, and each request needs them several times.
  return HAS_PARTS.test(reference) ? partsOf(reference)[0] : reference;
}

const HAS_PARTS = /[;~%\s]/;

/** Removes the label that distinguishes tasks of the same name. @example withoutLabel("canceled~2"); // "canceled" */
export function withoutLabel(name: string): string {
  return name.replace(/~[\w-]+$/, "");
}

/**
 * Splits a reference, or a task's id, from the session that it chooses behind an at sign. In a text, an at sign is
 * `%40`.
 *
 * @example splitReference("canceled;queued=5s@anna~2"); // { scenario: "canceled;queued=5s", session: "anna" }
 */
export function splitReference(reference: string): { readonly scenario: string; readonly session?: string } {
  const text = readable(reference);
  const at = text.lastIndexOf("@");
  if (at === -1) return { scenario: text };
  return { scenario: text.slice(0, at), session: withoutLabel(text.slice(at + 1)) };
}

/** Names have no percent sign: if one precedes the first semicolon, a client has encoded the whole reference. */
function readable(reference: string): string {
  return /^[^;]*%/.test(reference) ? percentDecoded(reference) : reference;
}

function partsOf(reference: string): readonly [name: string, ...assignments: string[]] {
  const [name = "", ...assignments] = readable(reference)
    .split(";")
    .map((part) => part.trim());
  return [withoutLabel(name), ...assignments];
}

/**
 * Most requests of a run have one of a few references; a client that always sends new ones must not fill the memory.
 */
const made = new WeakMap<Scenario, Map<string, Scenario>>();
const MAX_MADE = 50;
const MAX_REFERENCE = 500;

function remember(scenario: Scenario, reference: string, one: Scenario): void {
  const kept = made.get(scenario) ?? new Map<string, Scenario>();
  made.set(scenario, kept.set(reference, one));
  evictOldest(kept, MAX_MADE);
}

function withArguments(scenario: Scenario, assignments: readonly string[]): Scenario | ReferenceProblem {
  const { parameters = [], source } = scenario;
  const declared = source?.parameters ?? {};
  const given = new Map<string, string | number>();
  for (const assignment of assignments) {
    const [name = "", ...rest] = (assignment.includes("=") ? assignment : percentDecoded(assignment)).split("=");
    const text = percentDecoded(rest.join("=").trim());
    const parameter = parameters.find((one) => one.name === name.trim());
    const declaration = parameter && declared[parameter.name];
    if (!parameter || !declaration) return unknownParameter(scenario, name.trim(), text);
    if (given.has(parameter.name)) return givenTwice(scenario, parameter);
    // "3~2" is not a number: a tilde begins a label. In a text it may be a part of the value.
    const value = readArgument(declaration, text) ?? readArgument(declaration, withoutLabel(text));
    if (value === undefined) return badValue(scenario, parameter, text);
    given.set(parameter.name, value);
  }
  if (!source) return scenario;
  const name = shortest(scenario, given, declared);
  return name === scenario.name ? scenario : instantiated(scenario, name, Object.fromEntries(given));
}

function instantiated(scenario: Scenario, name: string, given: Arguments): Scenario | ReferenceProblem {
  const one = instantiate(scenario, name, given);
  if (!("pointer" in one)) return one;
  return problem(
    "INVALID_PARAMETER",
    `The values of ${name} contradict each other: ${one.pointer}: ${one.message}`,
    scenario,
  );
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

function unknownParameter(scenario: Scenario, asked: string, text: string): ReferenceProblem {
  const { name, parameters = [], source } = scenario;
  const [nearest] = nearestNames(
    asked,
    parameters.map((one) => one.name),
  );
  const meant = parameters.find((one) => one.name === nearest);
  const declaration = meant && source?.parameters?.[meant.name];
  const value = declaration && readArgument(declaration, text);
  const sentence = `The scenario "${name}" has no parameter "${asked.slice(0, 60)}"; got "${text.slice(0, 60)}".`;
  const form =
    meant && `${meant.name}=${value === undefined ? meant.default : valueText(declaration as ParameterSource, value)}`;
  return problem("UNKNOWN_PARAMETER", sentence, scenario, form);
}

function givenTwice(scenario: Scenario, parameter: Parameter): ReferenceProblem {
  return problem("INVALID_PARAMETER", `${parameter.name} is given twice. Give it once.`, scenario, formOf(parameter));
}

function badValue(scenario: Scenario, parameter: Parameter, text: string): ReferenceProblem {
  const { name, allowed, values } = parameter;
  const rule = values ? `one of ${allowed}` : allowed;
  return problem(
    "INVALID_PARAMETER",
    `${name} must be ${rule}; got "${text.slice(0, 60)}".`,
    scenario,
    formOf(parameter),
  );
}

/** Renders the problem, a valid reference, and all parameters. @param form an assignment of one of them */
function problem(
  code: ReferenceProblem["code"],
  sentence: string,
  { name, parameters = [] }: Scenario,
  form = parameters[0] && formOf(parameters[0]),
): ReferenceProblem {
  const known = parameters.map(described);
  const help =
    form === undefined ? `It has none: write ${name}.` : `Write ${name};${form}. It has: ${known.join("; ")}.`;
  return { code, message: `${sentence} ${help}`, known };
}

function formOf(parameter: Parameter): string {
  return `${parameter.name}=${parameter.default}`;
}

/** @example described(burst); // "burst (a whole number from 1 to 100; default 1)" */
function described(parameter: Parameter): string {
  return `${parameter.name} (${parameter.allowed}; default ${parameter.default})`;
}
