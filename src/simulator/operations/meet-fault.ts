import CRC32 from "crc-32";
import type { Exchange } from "../../exchange.js";
import { type Answers, applyEffect } from "../../task/fault/apply-effect.js";
import type { Effect } from "../../task/fault/effect.js";
import { type Fault, faultAt, type Moment } from "../../task/fault/fault.js";
import { namedError } from "../../task/hubspot-error.js";
import type { Scenario } from "../../task/scenario.js";
import type { Call } from "../call.js";
import type { Responder } from "../respond.js";
import { rememberName } from "../session.js";
import type { World } from "../world.js";

/** What a fault of its scenario makes of a call, if one meets it. */
export function meetFault(
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
export function answerUnder(
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
