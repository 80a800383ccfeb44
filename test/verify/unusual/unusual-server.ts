import type { VerifyOptions } from "../../../src/verify/options.js";
import type { Twist } from "../server/twist.js";

/** A server that keeps the contract. */
export interface UnusualServer {
  readonly name: string;
  readonly twist: Twist;
  /** The checks that report it as drift: exactly these. */
  readonly drift: readonly string[];
  /** What the run asks for beside the usual; default nothing. */
  readonly asked?: Partial<VerifyOptions>;
  /** How many files it does not delete. Default none. */
  readonly leaves?: number;
}

/** @param drift the checks that report it as drift; default none */
export function unusual(name: string, twist: Twist, drift: readonly string[] = []): UnusualServer {
  return { name, twist, drift };
}
