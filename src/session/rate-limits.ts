import { type ErrorAnswer, type ErrorSite, namedError } from "../contract/hubspot-error.js";
import type { Limits } from "../scenario/scenario.js";

/** Accepted requests in the window of each limit. */
type Spent = Readonly<Record<keyof Limits, number>>;

/** Limits, and how much of them is used, the current request included. */
export interface Allowance {
  readonly limits: Limits;
  readonly spent: Spent;
  /** The limit that the request exceeds, if any: then `spent` does not include the request. */
  readonly exceeded?: keyof Limits;
}

/** How long each window is, in milliseconds. */
export const WINDOWS_MS: Readonly<Record<keyof Limits, number>> = {
  secondly: 1000,
  tenSecondly: 10_000,
  daily: 86_400_000,
};

/** The shortest window first, because it ends first. */
const NAMES = ["secondly", "tenSecondly", "daily"] as const;

/** Counts requests against limits. */
export interface Budget {
  /** Counts a request, unless it exceeds a limit: one that a second's limit rejects does not count for the day. @param now epoch milliseconds */
  readonly spend: (now: number, limits: Limits) => Allowance;
  /** Returns what it has counted, to continue from. */
  readonly kept: () => KeptBudget;
  /** Returns how many instants it remembers. */
  readonly size: () => number;
}

/** The counts of a budget as JSON; instants in epoch milliseconds. */
export interface KeptBudget {
  readonly secondly?: Counted;
  readonly tenSecondly: readonly Counted[];
  readonly daily?: Counted;
}

/** Requests at an instant, or since then. */
interface Counted {
  readonly at: number;
  readonly calls: number;
}

export function createBudget(kept: KeptBudget = { tenSecondly: [] }): Budget {
  // HubSpot's policy is called TEN_SECONDLY_ROLLING; nothing says that the other windows roll.
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

/** A limit that a request exceeds, and the error that it gets. */
export interface Exceeded {
  readonly limit: keyof Limits;
  readonly answer: ErrorAnswer;
}

/** Returns the limit that a request exceeds, if any. */
export function limitExceeded({ exceeded: limit }: Allowance, site: ErrorSite): Exceeded | undefined {
  return limit && { limit, answer: namedError(ERRORS[limit], site) };
}

const ERRORS = { secondly: "secondly-limit", tenSecondly: "rate-limited", daily: "daily-limit" } as const;

interface Window {
  /** Returns how many requests were added in the window up to `now`. */
  readonly spent: (now: number) => number;
  readonly add: (now: number) => void;
  readonly kept: () => readonly Counted[];
}

/** Creates a window that begins with the first request after the window before it has ended, or after the clock was set back. */
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

/** Without a limit, the headers show what remains of a hundred requests: more need not be counted. */
const LEAST_COUNTED = 100;

/** Creates a window that ends at each request. If the clock is set back, requests in its future are removed. */
function createRollingWindow(lengthMs: number, before: readonly Counted[]) {
  // One entry for each millisecond, so that a frozen clock does not fill the memory.
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
    /** @param most how many instants it remembers at most */
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
