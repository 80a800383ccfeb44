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
 * @example readEffect({ error: "locked" }); // { effect: { error: "locked" } }
 */
export function readEffect(json: unknown): { readonly effect: Effect } | { readonly problem: ScenarioProblem } {
  if (!validate(json)) return { problem: hinted(schemaProblem(validate.errors ?? [], "one of its kinds"), json) };
  const source = json as EffectSource;
  const [problem] = findEffectProblems(source, "");
  if (problem) return { problem: hinted(problem, json) };
  // A file's parameter has no value here.
  const text = JSON.stringify({ ...source, answer: undefined });
  if (/"\$[a-z]\w*"/.test(text)) return { problem: { pointer: "/", message: "has a parameter, and no value for it." } };
  return { effect: parseEffect(source) };
}

/** With the effect that can have been meant. */
function hinted({ pointer, message }: ScenarioProblem, json: unknown): ScenarioProblem {
  const meant = nearestEffect(json);
  return { pointer, message: meant ? `${message} Write ${JSON.stringify(meant)}.` : message };
}
