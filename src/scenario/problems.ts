import { STATUSES_WITHOUT_BODY } from "../exchange/exchange.js";
import { escapePointer } from "../json.js";
import { isDuration, isLength } from "../time.js";
import { EFFECT_KINDS, EFFECT_SETTINGS, type EffectSetting, SETTING_NAMES, takesSetting } from "./effect.js";
import { range } from "./fault.js";
import { type Arguments, defaultArguments, namesAskedFor, readArgument, substitute } from "./parameters.js";
import type { EffectSource, FaultSource, RangeSource, ScenarioProblem, ScenarioSource } from "./source.js";

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

/** Checks what a JSON Schema cannot express, or only in words that are hard to understand. */
export function findEffectProblems(effect: EffectSource, pointer: string): readonly ScenarioProblem[] {
  const kinds = EFFECT_KINDS.filter((kind) => effect[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const found = kinds.length > 1 ? `has ${kinds.join(" and ")}` : "has none";
    return [{ pointer, message: `needs exactly one of ${EFFECT_KINDS.join(", ")}, but ${found}.` }];
  }
  const { retryAfter, pause, alter = [], answer, headers } = effect;
  return [
    ...SETTING_NAMES.filter((name) => (effect[name] ?? false) !== false && !takesSetting(effect, name)).map((name) => ({
      pointer: `${pointer}/${name}`,
      message: `can be used only with ${placesOf(name)}.`,
    })),
    ...(answer?.body !== undefined && STATUSES_WITHOUT_BODY.includes(answer.status)
      ? [{ pointer: `${pointer}/answer/body`, message: `cannot be sent with ${answer.status}. Remove it.` }]
      : []),
    ...findHeaderProblems(`${pointer}/headers`, headers),
    ...findHeaderProblems(`${pointer}/answer/headers`, answer?.headers),
    ...findDurationProblems(`${pointer}/retryAfter`, retryAfter),
    ...findDurationProblems(`${pointer}/pause`, pause),
    ...alter.flatMap((one, index) =>
      "shift" in one ? findDurationProblems(`${pointer}/alter/${index}/by`, one.by, isDuration) : [],
    ),
  ];
}

function placesOf(name: EffectSetting): string {
  const places = EFFECT_SETTINGS[name];
  return name === "accepted" ? `an effect that hides the response: ${places.join(", ")}` : places.join(" or ");
}

/** The schema checks a file's own values; the value of a parameter may be any text. */
function findHeaderProblems(
  pointer: string,
  headers: Readonly<Record<string, string>> = {},
): readonly ScenarioProblem[] {
  return Object.entries(headers)
    .filter(([, value]) => !/^[\t\x20-\x7e]*$/.test(value))
    .map(([name]) => ({ pointer: `${pointer}/${escapePointer(name)}`, message: "Write printable ASCII." }));
}

/** @param isValid whether a text is a valid duration of the required kind; by default, one that is not negative */
function findDurationProblems(
  pointer: string,
  text: string | undefined,
  isValid: (text: string) => boolean = isLength,
): readonly ScenarioProblem[] {
  if (text === undefined || isValid(text)) return [];
  return [
    { pointer, message: `"${text}" is not a valid duration. Write a number with a unit, such as 500ms, 2s or 1m.` },
  ];
}
