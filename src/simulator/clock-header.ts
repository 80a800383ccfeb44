import { isLength, milliseconds } from "../duration.js";
import { instantOf, isInstant } from "../instant.js";
import { type ErrorAnswer, invalidInput } from "../task/hubspot-error.js";
import type { RequestHead } from "./request-head.js";

/**
 * The moment at which one call is answered. The header `X-Mock-Clock` moves it for that call alone: by a duration, such as
 * `+90s` or `-1h`, or to an instant, such as `2026-09-14T12:00:00Z`.
 *
 * @param now what the session's clock shows, in epoch milliseconds
 */
export function momentOf(
  request: RequestHead,
  now: number,
): { readonly now: number } | { readonly refusal: ErrorAnswer } {
  const text = request.headers.get("x-mock-clock")?.trim();
  if (!text) return { now };
  const moved = movedTo(text, now);
  if (isInstant(moved)) return { now: moved };
  const message = `X-Mock-Clock: "${text.slice(0, 60)}" is no time. Send +90s, -1h or 2026-09-14T12:00:00Z.`;
  return { refusal: invalidInput({ message, code: "INVALID_CLOCK", in: "X-Mock-Clock" }) };
}

function movedTo(text: string, now: number): number | undefined {
  const [, sign, duration = ""] = /^([+-])(.*)$/.exec(text) ?? [];
  if (sign === undefined) return instantOf(text);
  return isLength(duration) ? now + Math.round(Number(`${sign}1`) * milliseconds(duration)) : undefined;
}
