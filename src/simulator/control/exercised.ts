import type { Exchange } from "../../exchange.js";
import type { ScenarioCoverage, Share } from "../../scenario-coverage.js";
import { effectNames } from "../../task/fault/effect-name.js";
import { baseName } from "../../task/scenario/reference.js";
import type { Scenario } from "../../task/scenario.js";

/** What a run has met so far. Unlike the journal it forgets nothing. */
export interface Exercised {
  readonly scenarios: Set<string>;
  readonly states: Set<string>;
  /** Short names of what befell answers, such as `error rate-limited`. */
  readonly faults: Set<string>;
}

export function createExercised(): Exercised {
  return { scenarios: new Set(), states: new Set(), faults: new Set() };
}

const STATES = ["PENDING", "PROCESSING", "COMPLETE", "CANCELED"];

export function noteExercised(met: Exercised, { scenario, state, effect }: Exchange): void {
  if (scenario) met.scenarios.add(baseName(scenario.name));
  if (state !== undefined) met.states.add(state);
  if (effect !== undefined) met.faults.add(effect);
}

/** @param scenarios all that there are to meet */
export function coverScenarios(met: Exercised, scenarios: readonly Scenario[]): ScenarioCoverage {
  const shares = {
    scenarios: share(
      scenarios.map(({ name }) => name),
      met.scenarios,
    ),
    states: share(STATES, met.states),
    faults: share(effectNames(scenarios), met.faults),
  };
  const all = Object.values(shares);
  const hit = all.reduce((sum, one) => sum + one.met.length, 0);
  const total = all.reduce((sum, one) => sum + one.met.length + one.missed.length, 0);
  return { percent: Math.round((hit / total) * 1000) / 10, ...shares };
}

function share(all: readonly string[], met: ReadonlySet<string>): Share {
  return { met: all.filter((one) => met.has(one)), missed: all.filter((one) => !met.has(one)) };
}
