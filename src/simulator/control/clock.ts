import { isInstant, LAST_INSTANT } from "../../instant.js";
import { UserError } from "../../user-error.js";

/** How a session's time follows the simulator's own clock. Data, so that it can be kept and handed on. */
export interface ClockSetting {
  /** The simulator's clock, in epoch milliseconds, when the session's showed `shows`. */
  readonly base: number;
  /** Epoch milliseconds. */
  readonly shows: number;
  /** How many of the session's milliseconds pass in one of the simulator's. */
  readonly rate: number;
  readonly isFrozen: boolean;
  /** How far it was advanced by hand, in milliseconds, in all: for a client, that much time has passed, too. */
  readonly advancedMs: number;
}

/** The session's time is the simulator's. */
export const RUNNING: ClockSetting = { base: 0, shows: 0, rate: 1, isFrozen: false, advancedMs: 0 };

/**
 * What the session's clock shows, in epoch milliseconds.
 *
 * @param base what the simulator's clock shows
 * @example readClock({ ...RUNNING, isFrozen: true, shows: 5 }, 1_000); // 5
 */
export function readClock({ base: since, shows, rate, isFrozen }: ClockSetting, base: number): number {
  const now = isFrozen ? shows : shows + Math.floor((base - since) * rate);
  return Math.min(Math.max(now, 0), LAST_INSTANT);
}

/** Stands still until it is resumed; advanced or set, it stands there. */
export function freeze(clock: ClockSetting, base: number): ClockSetting {
  return { ...anchored(clock, base), isFrozen: true };
}

export function resume(clock: ClockSetting, base: number): ClockSetting {
  return { ...anchored(clock, base), isFrozen: false };
}

/** @throws UserError `clock-range` @param rate 0.001 to 1 000 000; 2 passes two seconds in one */
export function setRate(clock: ClockSetting, base: number, rate: number): ClockSetting {
  if (rate >= 0.001 && rate <= 1_000_000) return { ...anchored(clock, base), rate };
  throw new UserError("clock-range", `${rate} is no rate of a clock. Give a number from 0.001 to 1000000.`);
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
  throw new UserError("clock-range", "a session's clock shows times from 1970 to 9998. Move it less far.");
}
