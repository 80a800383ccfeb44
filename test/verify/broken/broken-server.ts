import type { VerifyOptions } from "../../../src/verify/options.js";
import type { Twist } from "../server/twist.js";
import { type Place, value } from "../twists.js";

/** A server with one fault, and the checks that have to report it: exactly these. */
export interface BrokenServer {
  readonly name: string;
  readonly twist: Twist;
  readonly fails: readonly string[];
  /** What the run that finds the fault asks for; default nothing. */
  readonly asked?: Partial<VerifyOptions>;
  /** The pointer that a finding has to name, where the fault is in one place of a body. */
  readonly at?: string;
}

/** A server with one wrong value in some bodies. */
export function wrongValue(
  check: string,
  name: string,
  { at, place }: { readonly at: string; readonly place: Place },
  change: Parameters<typeof value>[2],
): BrokenServer {
  return { name, twist: value(place, at, change), fails: [check], at };
}
