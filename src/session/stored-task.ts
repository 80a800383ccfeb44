import { type Effect, effectSource, parseEffect } from "../scenario/effect.js";
import type { Scenario } from "../scenario/scenario.js";
import type { EffectSource } from "../scenario/source.js";
import type { Task } from "../task/task.js";
import { Entry, type Waiting } from "./entry.js";
import { Evictable, Kept, type Memory } from "./memory.js";

/** All that is remembered of a task, as JSON: in a snapshot, in a page's storage, and once it has left the table. */
export type KeptTask = Omit<Task, "scenario"> &
  Pick<Entry, "polls" | "answered"> &
  Partial<Pick<Entry, "inState" | "file" | "number">> & {
    readonly scenario: string;
    /** What waits for its next polls, in the words in which it was injected. */
    readonly injected?: readonly KeptResponse[];
  };

type KeptResponse = Readonly<Record<string, unknown>> & { readonly times?: number; readonly after?: number };

export function keptTask({ task, number, polls, inState, answered, file, injected }: Entry): KeptTask {
  const { scenario, ...rest } = task;
  return {
    ...rest,
    scenario: scenario.name,
    number,
    polls,
    inState,
    answered,
    ...(file && { file }),
    ...(injected.length > 0 && { injected: keptResponses(injected) }),
  };
}

export function entryFrom(kept: KeptTask, scenario: Scenario): Entry {
  const { number = 0, polls, inState = {}, answered, file, injected = [], ...task } = kept;
  const entry = new Entry({ ...task, scenario });
  Object.assign(entry, { number, polls, inState, answered }, file && { file });
  // Whatever lets a snapshot in has read it as an injected answer is read.
  entry.injected = injected.flatMap(({ times = 1, after = 0, ...source }) =>
    waitingResponses(entry, parseEffect(source as EffectSource), { times, after }),
  );
  return entry;
}

/** One injection is one object, however many polls it waits for. */
function keptResponses(injected: readonly Waiting[]): readonly KeptResponse[] {
  const waiting: { readonly answer: Waiting; times: number }[] = [];
  for (const answer of injected) {
    const last = waiting.at(-1);
    if (last?.answer === answer && last.times < MAX_TIMES) last.times += 1;
    else waiting.push({ answer, times: 1 });
  }
  return waiting.map(({ answer: { effect, after }, times }) => ({
    ...effectSource(effect),
    times,
    ...(after && { after }),
  }));
}

/** As many as the control API takes at once. */
export const MAX_TIMES = 1000;

/** A task that has left the table: what was known of it, as JSON. */
export class PackedTask extends Evictable {
  readonly id: string;
  readonly number: number;
  readonly #text: string;
  readonly #table: Map<string, PackedTask>;
  readonly #rank: 0 | 1 | 2;

  /** @param table where it is until it is evicted */
  constructor(entry: Entry, table: Map<string, PackedTask>, rank: 0 | 1 | 2) {
    super();
    const { id, ...rest } = keptTask(entry);
    this.id = id;
    this.number = entry.number;
    this.#text = JSON.stringify(rest);
    this.#table = table;
    this.#rank = rank;
  }

  /** What it takes in memory, at most. */
  get size(): number {
    return 200 + 2 * (this.id.length + this.#text.length);
  }

  kept(): KeptTask {
    return { id: this.id, ...(JSON.parse(this.#text) as Omit<KeptTask, "id">) };
  }

  evict(): void {
    this.#table.delete(this.id);
  }

  rank(): 0 | 1 | 2 {
    return this.#rank;
  }
}

/**
 * An answer for a task's queue, where it stands once for each of its polls.
 *
 * @param when how many polls it applies to, and after how many others, counted from when it is the first in the queue
 */
export function waitingResponses(
  entry: Entry,
  effect: Effect,
  { times, after }: { readonly times: number; readonly after: number },
): readonly Waiting[] {
  const evict = () => {
    entry.injected = entry.injected.filter((one) => one !== waiting);
  };
  const bytes = 200 + 8 * times + 2 * JSON.stringify(effect).length;
  const waiting: Waiting = { effect, after, bytes, place: new Kept(evict) };
  return Array.from({ length: times }, () => waiting);
}

/** Charges the answers that wait in a task's queue, the newest as what goes last. */
export function chargeResponses({ answers }: Memory, entry: Entry): void {
  for (const { place, bytes } of new Set(entry.injected)) answers.keep(place, bytes);
}

/** Takes the first answer out of a task's queue, or one poll off those that pass before it. */
export function useResponse({ answers }: Memory, entry: Entry): void {
  const [first, next] = entry.injected;
  if (first && first.after > 0) {
    first.after -= 1;
    return;
  }
  entry.injected = entry.injected.slice(1);
  if (first && first !== next) answers.release(first.place);
}

export function releaseResponses({ answers }: Memory, { injected }: Entry): void {
  for (const { place } of injected) answers.release(place);
}
