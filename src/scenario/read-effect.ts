import type { SchemaError } from "../schema-error.js";
import { isDuration, isLength, withUnit } from "../time.js";
import { type Effect, parseEffect } from "./effect.js";
import { nearestEffect } from "./nearest-effect.js";
import { schemaProblem } from "./schema-problem.js";
import type { EffectSource, ScenarioProblem } from "./source.js";
import { validateEffect } from "./validate.gen.js";

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
  if (!validate(json)) {
    const hints = { least: "one of its kinds", meant: () => effectMeant(told) };
    return { problem: schemaProblem(validate.errors ?? [], hints) };
  }
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

/** With the effect that was probably meant, in place of another hint. */
function hinted({ pointer, message }: ScenarioProblem, told: unknown): ScenarioProblem {
  const meant = effectMeant(told);
  return { pointer, message: meant ? `${message.replace(/ Write 2s or 2000ms\.$/, "")} ${meant}` : message };
}

function effectMeant(told: unknown): string | undefined {
  const meant = nearestEffect(told);
  return meant && `Write ${JSON.stringify(meant)}.`;
}

const KINDS = ["error", "page", "body", "wire", "alter", "answer"] as const;

/** HTTP gives these no body. */
const WITHOUT_BODY: readonly number[] = [204, 205, 304];

/** What a JSON Schema cannot say of an effect, or only in words that nobody understands. */
export function findEffectProblems(effect: EffectSource, pointer: string): readonly ScenarioProblem[] {
  const kinds = KINDS.filter((kind) => effect[kind] !== undefined);
  const [kind] = kinds;
  if (kind === undefined || kinds.length > 1) {
    const found = kinds.length > 1 ? `has ${kinds.join(" and ")}` : "has none";
    return [{ pointer, message: `needs exactly one of ${KINDS.join(", ")}, and ${found}.` }];
  }
  const { retryAfter, chunks, pause, accepted, wire, alter = [], answer } = effect;
  const isDrip = wire === "drip";
  const isUntold =
    kind === "error" || kind === "page" || kind === "answer" || wire === "reset" || wire === "black-hole";
  const misplaced = [
    retryAfter !== undefined && kind !== "error" && kind !== "page" && ["retryAfter", "error or page"],
    chunks !== undefined && !isDrip && ["chunks", "wire: drip"],
    pause !== undefined && !isDrip && ["pause", "wire: drip"],
    accepted &&
      !isUntold && ["accepted", "an answer that hides it: error, page, answer, wire: reset, wire: black-hole"],
  ].filter((one) => one !== undefined && one !== false);
  return [
    ...misplaced.map(([name, place]) => ({ pointer: `${pointer}/${name}`, message: `goes with ${place} alone.` })),
    ...(answer?.body !== undefined && WITHOUT_BODY.includes(answer.status)
      ? [{ pointer: `${pointer}/answer/body`, message: `cannot be sent with ${answer.status}. Leave it out.` }]
      : []),
    ...notADuration(`${pointer}/retryAfter`, retryAfter, isLength),
    ...notADuration(`${pointer}/pause`, pause, isLength),
    ...alter.flatMap((one, index) =>
      "shift" in one ? notADuration(`${pointer}/alter/${index}/by`, one.by, isDuration) : [],
    ),
  ];
}

function notADuration(
  pointer: string,
  text: string | undefined,
  isOne: (text: string) => boolean,
): readonly ScenarioProblem[] {
  if (text === undefined || isOne(text)) return [];
  return [{ pointer, message: `"${text}" is not a duration. Write 2s or 2000ms.` }];
}
