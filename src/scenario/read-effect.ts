import type { SchemaError } from "../schema-error.js";
import { withUnit } from "../time.js";
import { type Effect, parseEffect } from "./effect.js";
import { nearestEffect } from "./nearest-effect.js";
import { findEffectProblems } from "./problems.js";
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
