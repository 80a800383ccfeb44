import type { Simulator } from "../../src/simulator/simulator.js";
import { baseName } from "../../src/task/scenario/reference.js";

/** What is counted of a mock from its start on, whether or not anybody ever reads it: numbers alone, for each request pays. */
export interface Counts {
  /** Requests by operation, status and scenario, with a space between. */
  readonly requests: ReadonlyMap<string, number>;
  /** Requests that broke the contract, by operation. */
  readonly violations: ReadonlyMap<string, number>;
  /** What the mock itself did wrong. */
  defects: number;
}

/** Counts a simulator's exchanges from now on. */
export function countExchanges(simulator: Pick<Simulator, "follow">): Counts {
  const requests = new Map<string, number>();
  const violations = new Map<string, number>();
  const count = (counts: Map<string, number>, key: string) => counts.set(key, (counts.get(key) ?? 0) + 1);
  simulator.follow(({ exchange: { operation = "none", response, scenario, violations: found } }) => {
    const status = response.status === 0 ? "none" : response.status;
    count(requests, `${operation} ${status} ${scenario ? baseName(scenario.name) : "none"}`);
    if (found.length > 0) count(violations, operation);
  });
  return { requests, violations, defects: 0 };
}
