import { type ErrorAnswer, type ErrorSite, namedError } from "../contract/hubspot-error.js";
import type { Limits } from "../scenario/scenario.js";

/** Calls that were let through in each of the windows that limits count in. */
type Spent = Readonly<Record<keyof Limits, number>>;

/** Limits, and how much of them is used up with the call under way. */
export interface Allowance {
  readonly limits: Limits;
  readonly spent: Spent;
  /** The limit that the call goes over, if any: then it is not among those that are spent. */
  readonly exceeded?: keyof Limits;
}

/** How long each window is, in milliseconds. */
export const WINDOWS_MS: Readonly<Record<keyof Limits, number>> = {
  secondly: 1000,
  tenSecondly: 10_000,
  daily: 86_400_000,
};

/** The shortest window first, for it is the first to pass. */
const NAMES = ["secondly", "tenSecondly", "daily"] as const;

/** Counts the calls of a budget. */
export interface Budget {
  /** Counts a call, unless it goes over a limit: what a second refuses uses up nothing of the day. @param now epoch milliseconds */
  readonly spend: (now: number, limits: Limits) => Allowance;
  /** What it has counted, to go on from. */
  readonly kept: () => KeptBudget;
  /** How many instants it remembers. */
  readonly size: () => number;
}

/** What a budget has counted, as JSON; instants in epoch milliseconds. */
export interface KeptBudget {
  readonly secondly?: Counted;
  readonly tenSecondly: readonly Counted[];
  readonly daily?: Counted;
}

/** Calls at an instant, or from it on. */
interface Counted {
  readonly at: number;
  readonly calls: number;
}

export function createBudget(kept: KeptBudget = { tenSecondly: [] }): Budget {
  // HubSpot's policy is called TEN_SECONDLY_ROLLING; of the others nobody says that they roll.
  const windows = {
    secondly: createFixedWindow(WINDOWS_MS.secondly, kept.secondly),
    tenSecondly: createRollingWindow(WINDOWS_MS.tenSecondly, kept.tenSecondly),
    daily: createFixedWindow(WINDOWS_MS.daily, kept.daily),
  };
  return {
    kept() {
      const [secondly, daily] = [windows.secondly.kept()[0], windows.daily.kept()[0]];
      return { ...(secondly && { secondly }), tenSecondly: windows.tenSecondly.kept(), ...(daily && { daily }) };
    },
    spend(now, limits) {
      const spent = {
        secondly: windows.secondly.spent(now),
        tenSecondly: windows.tenSecondly.spent(now),
        daily: windows.daily.spent(now),
      };
      const exceeded = NAMES.find((name) => spent[name] >= (limits[name] ?? Number.POSITIVE_INFINITY));
      if (exceeded) return { limits, spent, exceeded };
      windows.secondly.add(now);
      windows.tenSecondly.add(now, Math.max(LEAST_COUNTED, limits.tenSecondly ?? 0));
      windows.daily.add(now);
      for (const name of NAMES) spent[name] += 1;
      return { limits, spent };
    },
    size: windows.tenSecondly.size,
  };
}

/** A limit that a call went over, and what it is answered. */
export interface Exceeded {
  readonly limit: keyof Limits;
  readonly answer: ErrorAnswer;
}

/** The limit that a call goes over, if any. */
export function limitExceeded({ exceeded: limit }: Allowance, site: ErrorSite): Exceeded | undefined {
  return limit && { limit, answer: namedError(ERRORS[limit], site) };
}

const ERRORS = { secondly: "secondly-limit", tenSecondly: "rate-limited", daily: "daily-limit" } as const;

interface Window {
  /** How many calls were added in it up to `now`. */
  readonly spent: (now: number) => number;
  readonly add: (now: number) => void;
  readonly kept: () => readonly Counted[];
}

/** Begins with the first call after the one before it has passed, or after the clock was set back. */
function createFixedWindow(
  lengthMs: number,
  { at, calls: before }: Counted = { at: Number.NEGATIVE_INFINITY, calls: 0 },
): Window {
  let [from, calls] = [at, before];
  const isOver = (now: number) => now - from >= lengthMs || now < from;
  return {
    spent: (now) => (isOver(now) ? 0 : calls),
    add(now) {
      if (isOver(now)) [from, calls] = [now, 0];
      calls += 1;
    },
    kept: () => (calls > 0 ? [{ at: from, calls }] : []),
  };
}

/** Without a limit the headers tell how much is left of a hundred: more calls than that need not be told apart. */
const LEAST_COUNTED = 100;

/** Reaches back from each call; what a clock that was set back has ahead of it is forgotten. */
function createRollingWindow(lengthMs: number, before: readonly Counted[]) {
  // One entry a millisecond: a clock that stands still fills no memory.
  const instants: { readonly at: number; calls: number }[] = before.map((one) => ({ ...one }));
  let calls = instants.reduce((sum, one) => sum + one.calls, 0);
  const forget = (one: { readonly calls: number } | undefined) => {
    calls -= one?.calls ?? 0;
  };
  return {
    size: () => instants.length,
    spent(now: number): number {
      while (instants.length > 0 && now - (instants[0]?.at ?? now) >= lengthMs) forget(instants.shift());
      while ((instants.at(-1)?.at ?? now) > now) forget(instants.pop());
      return calls;
    },
    /** @param most how many calls it tells at least, where there were so many */
    add(now: number, most: number): void {
      const last = instants.at(-1);
      if (last?.at === now) last.calls += 1;
      else instants.push({ at: now, calls: 1 });
      calls += 1;
      if (instants.length > most) forget(instants.shift());
    },
    kept: () => instants.map((one) => ({ ...one })),
  };
}
