import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { forgetOldest } from "../../src/forget-oldest.js";
import type { Line } from "../../src/wire.js";
import { Refused } from "./refused.js";

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

/** What demands the control token. */
export interface TokenCheck {
  /** @throws Refused where the token is missing or wrong */
  readonly require: (sent: Sent) => Promise<void>;
  /** Takes the token once. @returns what stands for it in the browser's cookie from now on @throws Refused for a wrong one */
  readonly signIn: (token: string, sent: Sent) => Promise<string>;
  /** Whether a cookie's value stands for the token. */
  readonly knows: (value: string | undefined) => boolean;
}

/** A request, its client's address, and when it goes. */
export interface Sent {
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
/** More browsers than a team has. */
const MAX_SIGNED_IN = 100;

/**
 * Creates what demands the control token. The answer to a wrong one is held back, the longer the more of them come, whoever
 * sends them; a right one is answered at once, whatever others send, and so no guesser can keep the developer out.
 */
export function createTokenCheck(token: string, { now, wait, onGuess }: GuessOptions): TokenCheck {
  const signedIn = new Set<string>();
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

  async function requireToken(given: string | undefined, sent: Sent): Promise<void> {
    if (given !== undefined && isSame(given, token)) return;
    if (given !== undefined) await holdBack(sent);
    throw new Refused("wrong-token", `The control token is ${given === undefined ? "missing" : "wrong"}. ${ADVICE}`);
  }

  return {
    require: (sent) => requireToken(/^Bearer (.+)$/i.exec(sent.headers.get("authorization") ?? "")?.[1], sent),
    async signIn(given, sent) {
      await requireToken(given, sent);
      const value = randomBytes(24).toString("base64url");
      signedIn.add(value);
      forgetOldest(signedIn, MAX_SIGNED_IN);
      return value;
    },
    knows: (value) => value !== undefined && signedIn.has(value),
  };
}

const ADVICE =
  "Whoever started the mock chose it, with --control-token or in the environment variable IMPORT_KIT_CONTROL_TOKEN; where nobody did, the mock printed one on its terminal when it started. Send it as Authorization: Bearer TOKEN, or open /__mock/ in a browser and type it in.";

/** In a time that does not tell how much of the token was right. */
function isSame(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(given), digest(wanted));
}
