import type { Effect } from "../task/fault/effect.js";
import { Kept, type Memory } from "./memory.js";
import type { Entry, Waiting } from "./session.js";

/** An answer for a task's queue, where it stands once for each of its polls. @param times how many polls meet it */
export function waitingAnswers(entry: Entry, effect: Effect, times: number): readonly Waiting[] {
  const evict = () => {
    entry.injected = entry.injected.filter((one) => one !== waiting);
  };
  const bytes = 200 + 8 * times + 2 * JSON.stringify(effect).length;
  const waiting: Waiting = { effect, bytes, place: new Kept(evict) };
  return Array.from({ length: times }, () => waiting);
}

/** Charges the answers that wait in a task's queue, the newest as what goes last. */
export function chargeAnswers({ answers }: Memory, entry: Entry): void {
  for (const { place, bytes } of new Set(entry.injected)) answers.keep(place, bytes);
}

/** Takes the first answer out of a task's queue. */
export function useAnswer({ answers }: Memory, entry: Entry): void {
  const [first, next] = entry.injected;
  entry.injected = entry.injected.slice(1);
  if (first && first !== next) answers.release(first.place);
}

export function releaseAnswers({ answers }: Memory, { injected }: Entry): void {
  for (const { place } of injected) answers.release(place);
}
