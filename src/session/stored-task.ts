import { type Effect, effectSource, parseEffect } from "../scenario/effect.js";
import type { Scenario } from "../scenario/scenario.js";
import type { EffectSource } from "../scenario/source.js";
import type { Task } from "../task/task.js";
import { Entry, type Waiting } from "./entry.js";
import { Evictable, Kept, type Memory } from "./memory.js";

/** All that is remembered of a task, as JSON: in a snapshot, in a page's storage, and once it has left the list. */
export type KeptTask = Omit<Task, "scenario"> &
  Pick<Entry, "polls" | "answered"> &
  Partial<Pick<Entry, "inState" | "file" | "number">> & {
    readonly scenario: string;
    /** The responses that wait for its next polls, in the form in which they were injected. */
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
  // Snapshots were validated with the same rules as injected responses.
  entry.injected = injected.flatMap(({ times = 1, after = 0, ...source }) =>
    waitingResponses(entry, parseEffect(source as EffectSource), { times, after }),
  );
  return entry;
}

/** Returns one object for each injection, however many polls it waits for. */
function keptResponses(injected: readonly Waiting[]): readonly KeptResponse[] {
  const waiting: { readonly response: Waiting; times: number }[] = [];
  for (const response of injected) {
    const last = waiting.at(-1);
    if (last?.response === response && last.times < MAX_TIMES) last.times += 1;
    else waiting.push({ response, times: 1 });
  }
  return waiting.map(({ response: { effect, after }, times }) => ({
    ...effectSource(effect),
    times,
    ...(after && { after }),
  }));
}

/** As many as the control API takes at once. */
export const MAX_TIMES = 1000;

/** A task that has left the list, as JSON. */
export class PackedTask extends Evictable {
  readonly id: string;
  readonly number: number;
  readonly #text: string;
  readonly #table: Map<string, PackedTask>;
  readonly #rank: 0 | 1 | 2;

  /** @param table has it until it is evicted */
  constructor(entry: Entry, table: Map<string, PackedTask>, rank: 0 | 1 | 2) {
    super();
    const { id, ...rest } = keptTask(entry);
    this.id = id;
    this.number = entry.number;
    this.#text = JSON.stringify(rest);
    this.#table = table;
    this.#rank = rank;
  }

  /** The most memory that it takes, in bytes. */
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
 * Returns a response for a task's queue, once for each of the polls that get it.
 *
 * @param when how many polls get it, and how many polls pass before that, counted from when it is the first in the queue
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

/** Charges the responses that wait in a task's queue, the newest last. */
export function chargeResponses({ answers }: Memory, entry: Entry): void {
  for (const { place, bytes } of new Set(entry.injected)) answers.keep(place, bytes);
}

/** Removes the first response from a task's queue, or counts one of the polls that pass before it. */
export function useResponse({ answers }: Memory, entry: Entry): void {
  const [first, next] = entry.injected;
  if (first && first.after > 0) {
    first.after -= 1;
    return;
  }
  entry.injected = entry.injected.slice(1);
  if (first && first !== next) answers.release(first.place);
}

/** Releases the memory of the responses in a task's queue. */
export function releaseResponses({ answers }: Memory, { injected }: Entry): void {
  for (const { place } of injected) answers.release(place);
}

/** The part of a browser's `Storage` that keeps tasks. */
export interface TaskStorage {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
  readonly removeItem: (key: string) => void;
}

const keyOf = (id: string) => `hubspot-import-kit:${id}`;

/** Saves what a task's id does not contain: how often it was polled, and what was done to it. */
export function keepEntry(storage: TaskStorage, entry: Entry): void {
  try {
    storage.setItem(keyOf(entry.id), JSON.stringify(keptTask(entry)));
  } catch {
    // The storage is full or blocked. The task stays in memory, and begins again after a reload.
  }
}

/** Returns an entry as it was before the page was loaded again; unchanged if nothing was saved. */
export function restoreEntry(storage: TaskStorage, entry: Entry): Entry {
  const { id, requestedAt, seed, scenario } = entry.task;
  try {
    const text = storage.getItem(keyOf(id));
    if (typeof text !== "string") return entry;
    const kept = JSON.parse(text) as KeptTask;
    const { polls, answered } = kept;
    if (!Number.isInteger(polls) || !Number.isInteger(answered)) return entry;
    // The numbers belonged to the page before: this page counts its tasks from 1.
    return entryFrom({ ...keptTask(entry), ...kept, id, requestedAt, seed, number: 0 }, scenario);
  } catch {
    // The storage is blocked, or something else wrote to it.
    return entry;
  }
}

/** Removes a task. */
export function forgetEntry(storage: TaskStorage, id: string): void {
  try {
    storage.removeItem(keyOf(id));
  } catch {
    // The storage is blocked, so that it has nothing to remove.
  }
}
