import { type ErrorAnswer, type ErrorSite, namedError } from "../task/hubspot-error.js";
import type { Limits } from "../task/scenario.js";

/** Calls made in each of the windows that limits count in. */
type Spent = Readonly<Record<keyof Limits, number>>;

/** Limits, and how much of them is used up with the call under way. */
export interface Allowance {
  readonly limits: Limits;
  readonly spent: Spent;
}

/** How long each window is, in milliseconds. */
export const WINDOWS_MS: Readonly<Record<keyof Limits, number>> = {
  secondly: 1000,
  tenSecondly: 10_000,
  daily: 86_400_000,
};

/** Counts the calls of a budget. */
export interface Budget {
  /** Counts a call. @param now epoch milliseconds */
  readonly spend: (now: number) => Spent;
}

/** A window begins with the first call after the one before it has passed, or after the clock was set back. */
export function createBudget(): Budget {
  const windows = { secondly: createWindow(), tenSecondly: createWindow(), daily: createWindow() };
  return {
    spend: (now) => ({
      secondly: windows.secondly(now, WINDOWS_MS.secondly),
      tenSecondly: windows.tenSecondly(now, WINDOWS_MS.tenSecondly),
      daily: windows.daily(now, WINDOWS_MS.daily),
    }),
  };
}

/** A limit that a call went over, and what it is answered. */
export interface Exceeded {
  readonly limit: keyof Limits;
  readonly answer: ErrorAnswer;
}

/** The limit that a call goes over, if any; the shortest window first, for it is the first to pass. */
export function limitExceeded({ limits, spent }: Allowance, site: ErrorSite): Exceeded | undefined {
  const names = ["secondly", "tenSecondly", "daily"] as const;
  const limit = names.find((name) => spent[name] > (limits[name] ?? Number.POSITIVE_INFINITY));
  return limit && { limit, answer: namedError(ERRORS[limit], site) };
}

const ERRORS = { secondly: "secondly-limit", tenSecondly: "rate-limited", daily: "daily-limit" } as const;

function createWindow() {
  let from = Number.NEGATIVE_INFINITY;
  let calls = 0;
  return (now: number, lengthMs: number): number => {
    const isOver = now - from >= lengthMs || now < from;
    if (isOver) from = now;
    calls = isOver ? 1 : calls + 1;
    return calls;
  };
}
