import { withUnit } from "../../duration.js";
import { type SchemaError, schemaProblem } from "../scenario/schema-problem.js";
import type { EffectSource, ScenarioProblem } from "../scenario/source.js";
import { validateEffect } from "../scenario/validate.gen.js";
import { type Effect, parseEffect } from "./effect.js";
import { findEffectProblems } from "./effect-problems.js";
import { nearestEffect } from "./nearest-effect.js";

const validate = validateEffect as ((effect: unknown) => boolean) & { errors?: readonly SchemaError[] | null };

/**
 * An effect from JSON of any shape, which is to be that of a fault without its conditions; or what is wrong with it.
 *
 * @param told what a hint may keep: the effect, and what stood beside it
 * @example readEffect({ error: "locked" }); // { effect: { error: "locked" } }
 */
export function readEffect(
  given: unknown,
  told = given,
): { readonly effect: Effect } | { readonly problem: ScenarioProblem } {
  const json = withUnits(given);
  if (!validate(json)) return { problem: hinted(schemaProblem(validate.errors ?? [], "one of its kinds"), told) };
  const source = json as EffectSource;
  const [problem] = findEffectProblems(source, "");
  if (problem) return { problem: hinted(problem, told) };
  // A file's parameter has no value here.
  const text = JSON.stringify({ ...source, answer: undefined });
  if (/"\$[a-z]\w*"/.test(text)) return { problem: { pointer: "/", message: "has a parameter, and no value for it." } };
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

/** With the effect that can have been meant; one "Write" is enough. */
function hinted({ pointer, message }: ScenarioProblem, told: unknown): ScenarioProblem {
  const meant = nearestEffect(told);
  return {
    pointer,
    message: meant ? `${message.replace(/ Write 2s or 2000ms\.$/, "")} Write ${JSON.stringify(meant)}.` : message,
  };
}
