import type { Exchange } from "../../exchange.js";
import { limitName } from "../../task/fault/effect-name.js";
import type { Scenario } from "../../task/scenario.js";
import { createBudget, limitExceeded } from "../budget.js";
import type { Call } from "../call.js";
import type { Responder } from "../respond.js";
import { rememberName } from "../session.js";
import type { World } from "../world.js";

/**
 * Counts a call against its scenario's limits, where it has some.
 *
 * @returns the responder that tells of the limits in force, and what is answered to a call that goes over them
 */
export function withinLimits(
  { session }: World,
  { now, shown, respond }: Call,
  { name, limits }: Scenario,
  operation: NonNullable<Exchange["operation"]>,
): { readonly respond: Responder; readonly over?: Pick<Exchange, "response" | "effect"> } {
  if (!limits) return { respond };
  const budget = session.budgets.get(name) ?? createBudget();
  rememberName(session.budgets, name, budget);
  const allowance = budget.spend(shown, limits);
  const within = respond.within(allowance);
  const exceeded = limitExceeded(allowance, { operation, now });
  if (!exceeded) return { respond: within };
  return { respond: within, over: { response: within.error(exceeded.answer), effect: limitName(exceeded.limit) } };
}
