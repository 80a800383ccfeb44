import { retryAfterMs } from "../../retry-after.js";
import type { ReadExchange } from "../read-exchange.js";
import { isDailyLimit } from "../transient.js";

/** The longest pause between two polls, unless the server asks for a longer one. */
const LONGEST_PAUSE_MS = 10_000;

/** The documented least wait for a locked resource. */
const LOCKED_MS = 2000;

/** The pauses of one series of requests: each half as long again as the one before. */
export interface Patience {
  /**
   * How long to wait before the next request, in milliseconds; undefined when the server asks to come back long after
   * the deadline, or the deadline has passed. The last pause ends at the deadline, or when the server has asked for.
   */
  readonly next: (after: ReadExchange) => number | undefined;
}

export function createPatience(options: {
  readonly pollIntervalMs: number;
  /** Epoch milliseconds. */
  readonly deadline: number;
  readonly now: () => number;
}): Patience {
  const { deadline, now } = options;
  let pause = options.pollIntervalMs;
  return {
    next({ response }) {
      const left = deadline - now();
      if (left <= 0) return undefined;
      const wish = response && retryAfterMs(response, now());
      if (wish !== undefined && wish > left && wish > LONGEST_PAUSE_MS) return undefined;
      if (response?.status === 429 && isDailyLimit(response.json)) return undefined;
      const wait = Math.max(pause, wish ?? 0, response?.status === 423 ? LOCKED_MS : 0);
      pause = Math.min(Math.round(pause * 1.5), LONGEST_PAUSE_MS);
      return Math.max(wish ?? 0, Math.min(wait, left));
    },
  };
}
