import type { Exchange } from "../../exchange.js";
import { namedError } from "../../task/hubspot-error.js";
import type { Limits, Scenario } from "../../task/scenario.js";
import { createBudget, limitExceeded } from "../budget.js";
import type { Responder } from "../respond.js";
import type { Call, World } from "../world.js";

const ERRORS = { secondly: "secondly-limit", tenSecondly: "rate-limited", daily: "daily-limit" } as const;

/**
 * Counts a call against its scenario's limits, where it has some.
 *
 * @returns the responder that tells of the limits in force, and the answer to a call that goes over them
 */
export function withinLimits(
  { session }: World,
  { now, respond }: Call,
  { name, limits }: Scenario,
  operation: NonNullable<Exchange["operation"]>,
): { readonly respond: Responder; readonly over?: Exchange["response"] } {
  if (!limits) return { respond };
  const budget = session.budgets.get(name) ?? createBudget();
  session.budgets.set(name, budget);
  const allowance = { limits, spent: budget.spend(now) };
  const within = respond.within(allowance);
  const exceeded: keyof Limits | undefined = limitExceeded(allowance);
  if (exceeded === undefined) return { respond: within };
  return { respond: within, over: within.error(namedError(ERRORS[exceeded], { operation, now })) };
}
