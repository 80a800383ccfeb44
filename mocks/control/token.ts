import { createHash, timingSafeEqual } from "node:crypto";
import type { Line } from "../../src/wire.js";
import { Refused } from "./problem.js";

/** A wrong control token. */
export interface Guess {
  /** The address that sent it: a proxy's own, where there is one. */
  readonly from: string;
  /** How many came without a quiet minute between them, this one included. */
  readonly count: number;
  /** How long its answer is held back. */
  readonly delayMs: number;
}

export interface GuessOptions {
  readonly now: () => number;
  readonly wait: NonNullable<Line["wait"]>;
  /** Called for the first, second, fourth, eighth … of wrong tokens: a guesser must not fill the log. */
  readonly onGuess?: (guess: Guess) => void;
}

/** A request, its client's address, and when it goes. */
interface Sent {
  readonly headers: Headers;
  readonly from: string;
  readonly signal: AbortSignal;
}

/** A developer may mistype a token so often without a wait. */
const FREE = 5;
const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 5000;
const QUIET_MS = 60_000;
/** Each costs a connection and some memory. */
const MAX_HELD = 256;

/**
 * Creates what demands the control token. The answer to a wrong one is held back, the longer the more of them come, whoever
 * sends them; a right one is answered at once, whatever others send, and so no guesser can keep the developer out.
 *
 * @returns throws Refused where the token is missing or wrong
 */
export function createTokenCheck(
  token: string | undefined,
  { now, wait, onGuess }: GuessOptions,
): (sent: Sent) => Promise<void> {
  let count = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  let held = 0;

  async function holdBack({ from, signal }: Sent): Promise<void> {
    const at = now();
    count = at - lastAt > QUIET_MS ? 1 : count + 1;
    lastAt = at;
    const delayMs = count <= FREE ? 0 : Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (count - FREE - 1));
    if (Number.isInteger(Math.log2(count))) onGuess?.({ from, count, delayMs });
    if (delayMs === 0 || held >= MAX_HELD) return;
    held += 1;
    await wait(delayMs, signal);
    held -= 1;
  }

  return async (sent) => {
    if (token === undefined) return;
    const [, given] = /^Bearer (.+)$/i.exec(sent.headers.get("authorization") ?? "") ?? [];
    if (given !== undefined && isSame(given, token)) return;
    if (given !== undefined) await holdBack(sent);
    throw new Refused(
      "wrong-token",
      "The control token is missing or wrong. Send Authorization: Bearer TOKEN; the mock printed it when it started.",
    );
  };
}

/** In a time that does not tell how much of the token was right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
