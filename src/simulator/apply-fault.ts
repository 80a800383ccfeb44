import CRC32 from "crc-32";
import { namedError } from "../contract/hubspot-error.js";
import { versionOf } from "../contract/operations.js";
import type { Exchange } from "../exchange/exchange.js";
import { applyEffect, type Effect } from "../scenario/effect.js";
import { type Fault, faultAt, type Moment } from "../scenario/fault.js";
import { limitLabel, type Scenario } from "../scenario/scenario.js";
import { createBudget, limitExceeded } from "../session/rate-limits.js";
import { rememberName, type World } from "../session/session.js";
import type { RequestContext } from "./request-context.js";
import type { Responder } from "./respond.js";

/** Returns the effect of a scenario's first fault that applies to a request, if any. */
export function applicableFault(
  { session }: World,
  { request, path, repeated }: RequestContext,
  { name, faults }: Scenario,
  moment: Omit<Moment, "isNewToken" | "version">,
): Effect | undefined {
  if (repeated) return repeated.effect;
  if (faults.length === 0) return undefined;
  // A digest is enough to distinguish tokens, and no secret stays in memory.
  const token = CRC32.str(request.headers.get("authorization") ?? "");
  const keyOf = (fault: Fault) => `${name} ${faults.indexOf(fault)}`;
  const isNewToken = (fault: Fault) => (session.metTokens.get(keyOf(fault)) ?? token) !== token;
  const fault = faultAt(faults, { ...moment, version: versionOf(path), isNewToken });
  if (fault?.untilNewToken && request.method !== "HEAD") rememberName(session.metTokens, keyOf(fault), token);
  return fault?.effect;
}

/** Returns the response to a request under an effect. @param plain the response without it */
export function applyFault(
  effect: Effect,
  {
    respond,
    now,
    operation,
    plain,
  }: {
    readonly plain: () => Exchange["response"];
    readonly respond: Responder;
    readonly now: number;
    readonly operation: NonNullable<Exchange["operation"]>;
  },
): Exchange["response"] {
  return applyEffect(effect, {
    plain,
    error: (error, wait) => respond.error(namedError(error, { operation, now }), wait),
    given: (answer) => respond.recorded(answer),
    page: (status, wait) => respond.failure(status, wait),
  });
}

/**
 * Counts a request against its scenario's limits, if it has any.
 *
 * @returns a responder with the limits in force, and the response to a request over them
 */
export function withinLimits(
  { session }: World,
  { now, shown, respond }: RequestContext,
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
  return { respond: within, over: { response: within.error(exceeded.answer), effect: limitLabel(exceeded.limit) } };
}
