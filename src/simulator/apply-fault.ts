import CRC32 from "crc-32";
import { namedError } from "../contract/hubspot-error.js";
import type { Exchange } from "../exchange/exchange.js";
import { type Answers, applyEffect, type Effect } from "../scenario/effect.js";
import { limitName } from "../scenario/effect-name.js";
import { type Fault, faultAt, type Moment } from "../scenario/fault.js";
import type { Scenario } from "../scenario/scenario.js";
import { createBudget, limitExceeded } from "../session/rate-limits.js";
import { rememberName } from "../session/session.js";
import type { World } from "../session/world.js";
import type { Call } from "./request-context.js";
import type { Responder } from "./respond.js";

/** What a fault of its scenario makes of a call, if one meets it. */
export function applicableFault(
  { session }: World,
  { request, repeated }: Call,
  { name, faults }: Scenario,
  moment: Omit<Moment, "isNewToken">,
): Effect | undefined {
  if (repeated) return repeated.effect;
  if (faults.length === 0) return undefined;
  // A digest is enough to tell tokens apart, and no secret stays in memory.
  const token = CRC32.str(request.headers.get("authorization") ?? "");
  const keyOf = (fault: Fault) => `${name} ${faults.indexOf(fault)}`;
  const isNewToken = (fault: Fault) => (session.metTokens.get(keyOf(fault)) ?? token) !== token;
  const fault = faultAt(faults, { ...moment, isNewToken });
  if (fault?.untilNewToken && request.method !== "HEAD") rememberName(session.metTokens, keyOf(fault), token);
  return fault?.effect;
}

/** What a call is answered under an effect. */
export function applyFault(
  effect: Effect,
  {
    respond,
    now,
    operation,
    told,
  }: Pick<Answers, "told"> & {
    readonly respond: Responder;
    readonly now: number;
    readonly operation: NonNullable<Exchange["operation"]>;
  },
): Exchange["response"] {
  return applyEffect(effect, {
    told,
    error: (error, wait) => respond.error(namedError(error, { operation, now }), wait),
    given: (answer) => respond.recorded(answer),
    page: (status, wait) => respond.failure(status, wait),
  });
}

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
