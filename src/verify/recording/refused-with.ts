import type { Purpose, Refusal } from "./recording.js";

/**
 * The statuses of a refusal: first the contract's, then those that would be right, too, as long as nobody has published
 * which it is.
 */
export const REFUSED_WITH: Readonly<Record<Refusal, readonly [number, ...number[]]>> = {
  "no-token": [401],
  "wrong-token": [401],
  "undecodable-id": [400],
  "unknown-id": [404, 400],
  "missing-url": [400],
  "wrong-enum": [400],
};

/**
 * Whether a status is right for what was asked; what is no refusal's request may be answered anything. An answer of the
 * wrong status is wrong for that alone: its body is none that the contract could describe.
 */
export function isRightRefusal(purpose: Purpose | undefined, status: number): boolean {
  const refusal = purpose?.startsWith("refusal/") ? (purpose.slice("refusal/".length) as Refusal) : undefined;
  return refusal === undefined || REFUSED_WITH[refusal].includes(status);
}
