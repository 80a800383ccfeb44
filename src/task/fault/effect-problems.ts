import { isDuration, isLength } from "../../duration.js";
import type { EffectSource, ScenarioProblem } from "../scenario/source.js";

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
