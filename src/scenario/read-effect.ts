import { STATUSES_WITHOUT_BODY } from "../exchange/exchange.js";
import { escapePointer } from "../json.js";
import type { SchemaError } from "../schema-error.js";
import { isDuration, isLength, withUnit } from "../time.js";
import {
  EFFECT_KINDS,
  EFFECT_SETTINGS,
  type Effect,
  type EffectSetting,
  parseEffect,
  SETTING_NAMES,
  takesSetting,
} from "./effect.js";
import { nearestEffect } from "./nearest-effect.js";
import { schemaProblem } from "./schema-problem.js";
import type { EffectSource, ScenarioProblem } from "./source.js";
import { validateEffect } from "./validate.gen.js";

const validate = validateEffect as ((effect: unknown) => boolean) & { errors?: readonly SchemaError[] | null };

/**
 * Reads an effect from JSON of any shape: a fault without its conditions. Returns what is wrong with it if it is invalid.
 *
 * @param quoted what a hint may quote: the effect, and what was written beside it
 * @example readEffect({ error: "locked" }); // { effect: { error: "locked" } }
 */
export function readEffect(
  given: unknown,
  quoted = given,
): { readonly effect: Effect } | { readonly problem: ScenarioProblem } {
  const json = withUnits(given);
  if (!validate(json)) {
    const hints = { least: "one of its kinds", meant: () => effectMeant(quoted) };
    return { problem: schemaProblem(validate.errors ?? [], hints) };
  }
  const source = json as EffectSource;
  const [problem] = findEffectProblems(source, "");
  if (problem) return { problem: hinted(problem, quoted) };
  // A file's parameter has no value here.
  const text = JSON.stringify({ ...source, answer: undefined, headers: undefined });
  if (/"\$[a-z]\w*"/.test(text))
    return {
      problem: { pointer: "/", message: "refers to a parameter, which only a scenario file can do. Write its value." },
    };
  return { effect: parseEffect(source) };
}

/** In JSON a bare number for a duration means seconds, as in a parameter. */
function withUnits(given: unknown): unknown {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return given;
  const { retryAfter, pause, alter } = given as Readonly<Record<string, unknown>>;
  return {
    ...given,
    ...(isBare(retryAfter) && { retryAfter: withUnit(retryAfter) }),
    ...(isBare(pause) && { pause: withUnit(pause) }),
    ...(Array.isArray(alter) && {
      alter: alter.map((one) => (isBare(one?.by) ? { ...one, by: withUnit(one.by) } : one)),
    }),
  };
}

function isBare(value: unknown): value is string | number {
  return typeof value === "number" || typeof value === "string";
}

/** Replaces any other hint by the effect that was probably meant. */
function hinted({ pointer, message }: ScenarioProblem, quoted: unknown): ScenarioProblem {
  const meant = effectMeant(quoted);
  return {
    pointer,
    message: meant
      ? `${message.replace(/ Write a number with a unit, such as 500ms, 2s or 1m\.$/, "")} ${meant}`
      : message,
  };
}

function effectMeant(quoted: unknown): string | undefined {
  const meant = nearestEffect(quoted);
  return meant && `Write ${JSON.stringify(meant)}.`;
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
export function findDurationProblems(
  pointer: string,
  text: string | undefined,
  isValid: (text: string) => boolean = isLength,
): readonly ScenarioProblem[] {
  if (text === undefined || isValid(text)) return [];
  return [
    { pointer, message: `"${text}" is not a valid duration. Write a number with a unit, such as 500ms, 2s or 1m.` },
  ];
}
