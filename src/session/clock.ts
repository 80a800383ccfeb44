import { type ErrorAnswer, invalidInput } from "../contract/hubspot-error.js";
import type { RequestHead } from "../exchange/request.js";
import { instantOf, isInstant, isLength, LAST_INSTANT, milliseconds } from "../time.js";
import { UserError } from "../user-error.js";

/** How a session's time follows the simulator's clock. It is plain data, so that a snapshot can contain it. */
export interface ClockSetting {
  /** The simulator's clock, in epoch milliseconds, when the session's showed `shows`. */
  readonly base: number;
  /** Epoch milliseconds. */
  readonly shows: number;
  /** How many of the session's milliseconds pass in one of the simulator's. */
  readonly rate: number;
  readonly isFrozen: boolean;
  /** How far it was advanced by hand in all, in milliseconds. For clients, that time has passed. */
  readonly advancedMs: number;
}

/** The session's time is the simulator's. */
export const RUNNING: ClockSetting = { base: 0, shows: 0, rate: 1, isFrozen: false, advancedMs: 0 };

/**
 * Returns what the session's clock shows, in epoch milliseconds.
 *
 * @param base what the simulator's clock shows
 * @example readClock({ ...RUNNING, isFrozen: true, shows: 5 }, 1_000); // 5
 */
export function readClock({ base: since, shows, rate, isFrozen }: ClockSetting, base: number): number {
  const now = isFrozen ? shows : shows + Math.floor((base - since) * rate);
  return Math.min(Math.max(now, 0), LAST_INSTANT);
}

/** Freezes a clock until it is resumed. It can still be advanced or set. */
export function freeze(clock: ClockSetting, base: number): ClockSetting {
  return { ...anchored(clock, base), isFrozen: true };
}

export function resume(clock: ClockSetting, base: number): ClockSetting {
  return { ...anchored(clock, base), isFrozen: false };
}

/** @throws UserError `clock-range` @param rate 0.001 to 1 000 000; 2 passes two seconds in one */
export function setRate(clock: ClockSetting, base: number, rate: number): ClockSetting {
  if (rate >= 0.001 && rate <= 1_000_000) return { ...anchored(clock, base), rate };
  throw new UserError("clock-range", `a clock's rate must be a number from 0.001 to 1000000; got ${rate}.`);
}

/** @throws UserError `clock-range` @param milliseconds how far; less than 0 turns it back */
export function advance(clock: ClockSetting, base: number, milliseconds: number): ClockSetting {
  const here = anchored(clock, base);
  const shows = requireInstant(here.shows + Math.round(milliseconds));
  return { ...here, shows, advancedMs: here.advancedMs + Math.max(0, shows - here.shows) };
}

/** @throws UserError `clock-range` @param instant epoch milliseconds */
export function setClock(clock: ClockSetting, base: number, instant: number): ClockSetting {
  return advance(clock, base, instant - readClock(clock, base));
}

function anchored(clock: ClockSetting, base: number): ClockSetting {
  return { ...clock, base, shows: readClock(clock, base) };
}

function requireInstant(instant: number): number {
  if (isInstant(instant)) return instant;
  throw new UserError("clock-range", "a session's clock can show only times from 1970 to 9998. Set it to one of them.");
}

/** The clocks of a machine in milliseconds: the time of day, and the time that has passed. */
export interface MachineClocks {
  readonly wall: () => number;
  readonly passed: () => number;
}

/**
 * Creates a clock that follows the time of day, but never backwards: if the machine's clock is corrected or set back, this clock
 * continues from where it was. It follows a jump ahead, as when a laptop awakes; after a step back, a jump first makes up for it.
 */
export function createSteadyClock({ wall, passed }: MachineClocks): () => number {
  let lastWall = Number.NEGATIVE_INFINITY;
  let lastPassed = 0;
  let aheadMs = 0;
  return () => {
    const [now, ran] = [wall(), passed()];
    const walked = now - lastWall;
    const ranMs = Math.max(0, ran - lastPassed);
    if (walked < 0) aheadMs += Math.round(ranMs) - walked;
    else if (aheadMs > 0 && walked - ranMs > JUMP_MS) aheadMs = Math.max(0, aheadMs - Math.floor(walked - ranMs));
    [lastWall, lastPassed] = [now, ran];
    return now + aheadMs;
  };
}

/** Between two readings, the two clocks of a machine differ by less than this. */
const JUMP_MS = 1000;

const steady = createSteadyClock({
  wall: () => Date.now(),
  passed: () => globalThis.performance?.now() ?? 0,
});

let known: typeof Date.now | undefined;
let isMachine = false;

/**
 * Returns the time in epoch milliseconds. It follows fake timers wherever a test sets them, also backwards. These replace
 * `Date.now` by a function of their own, so that each call looks it up.
 */
export function machineTime(): number {
  const { now } = Date;
  if (now !== known) {
    known = now;
    isMachine = /\[native code\]/.test(Function.prototype.toString.call(now));
  }
  return isMachine ? steady() : Date.now();
}

/**
 * Returns the moment of one request. The header `X-Mock-Clock` moves it for that request alone: by a duration, such as `+90s` or
 * `-1h`, or to an instant, such as `2026-09-14T12:00:00Z`.
 *
 * @param now what the session's clock shows, in epoch milliseconds
 */
export function momentOf(
  request: RequestHead,
  now: number,
): { readonly now: number } | { readonly rejection: ErrorAnswer } {
  const text = request.headers.get("x-mock-clock")?.trim();
  if (!text) return { now };
  const moved = movedTo(text, now);
  if (isInstant(moved)) return { now: moved };
  const message = `X-Mock-Clock: "${text.slice(0, 60)}" is not a valid time. Send +90s, -1h or 2026-09-14T12:00:00Z.`;
  return { rejection: invalidInput({ message, code: "INVALID_CLOCK", in: "X-Mock-Clock" }) };
}

function movedTo(text: string, now: number): number | undefined {
  const [, sign, duration = ""] = /^([+-])(.*)$/.exec(text) ?? [];
  if (sign === undefined) return instantOf(text);
  return isLength(duration) ? now + Math.round(Number(`${sign}1`) * milliseconds(duration)) : undefined;
}
