import type { Effect } from "./effect.js";
import type { Limits, Scenario } from "./scenario.js";

/**
 * What befalls an answer, in the words of its source: its kind, and the word that stands there.
 *
 * @example effectName({ error: "locked" }); // "error locked"
 */
export function effectName(effect: Effect): string {
  if ("error" in effect) return `error ${effect.error}`;
  if ("page" in effect) return `page ${effect.page}`;
  if ("body" in effect) return `body ${effect.body}`;
  if ("wire" in effect) return `wire ${effect.wire}`;
  return "alter" in effect ? "alter" : `answer ${effect.answer.status}`;
}

/** The name of what befalls a call that goes over a limit. */
export function limitName(limit: keyof Limits): string {
  return `limit ${limit}`;
}

/** Everything that can befall the answers under some scenarios, sorted. */
export function effectNames(scenarios: readonly Scenario[]): readonly string[] {
  const names = scenarios.flatMap(({ faults, limits = {} }) => [
    ...faults.map(({ effect }) => effectName(effect)),
    ...(Object.keys(limits) as (keyof Limits)[]).map(limitName),
  ]);
  return [...new Set(names)].sort();
}
