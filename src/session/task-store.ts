import { oldestKey } from "../lru.js";
import { findScenario } from "../scenario/reference.js";
import type { Scenario } from "../scenario/scenario.js";
import { type Entry, type EntryOwner, Recency } from "./entry.js";
import type { Evictable, Memory } from "./memory.js";
import {
  chargeResponses,
  entryFrom,
  forgetEntry,
  type KeptTask,
  keepEntry,
  keptTask,
  PackedTask,
  releaseResponses,
  restoreEntry,
  type TaskStorage,
} from "./stored-task.js";

/**
 * The tasks of one session. The class is chosen in `createSession`, and nowhere else.
 *
 * The store promises that no two polls see the same count: every change of a task reads and writes it inside one
 * `update`. `MemoryTaskStore` keeps that promise because JavaScript runs `change` to its end. A store on disk (SQLite)
 * needs a transaction around `change`.
 *
 * All verbs return at once, so that no poll waits for a microtask. A store behind a network (Redis) responds later, and
 * cannot implement `update` alone: a door would have to lock the task's id and load the task before it calls
 * `Simulator.begin`, and to write the task back and unlock it after that. Doors await a request's body at the same
 * place. What happens between `begin` and `keep`, such as Prism's verdict, reads and changes no task.
 */
export interface TaskStore {
  /** Returns a task of the list, to read it. */
  read(id: string): Entry | undefined;

  /** The tasks in the order in which they began. */
  list(): readonly Entry[];

  /**
   * Changes a task: while `change` runs, no other code reads or changes the task of that id. Afterwards the store
   * charges its memory, and saves it if tasks outlive the page.
   *
   * @param change gets the task, if it is in the list; it runs once
   * @returns what `change` returns
   * @example store.update(id, (entry) => { if (entry) entry.polls += 1; });
   */
  update<Result>(id: string, change: (entry: Entry | undefined) => Result): Result;

  /** Puts a task into the list, or marks it as the one that was used last. Only to be called inside the task's `update`. */
  add(entry: Entry): void;

  /** Removes all data of a task. */
  remove(id: string): void;

  /**
   * Returns a task that left the list for lack of room. `add` puts it back.
   *
   * @param catalogue has the task's scenario; without it, the task cannot be restored
   */
  recall(id: string, catalogue: ReadonlyMap<string, Scenario>): Entry | undefined;

  /** Returns a task as it was before the page was loaded again; the same entry if nothing was saved. @param begun made from its id */
  resume(begun: Entry): Entry;

  /** Returns the session's nth task, in the list or not. */
  numbered(number: number): { readonly id: string; readonly scenario: string } | undefined;

  /** All tasks as JSON, also those that have left the list. */
  kept(): readonly KeptTask[];

  /** Puts the tasks of a snapshot into the list. Nothing is charged or saved before `open`: the rest of the snapshot may be invalid. */
  restore(entries: readonly Entry[]): void;

  /** Charges and saves the tasks that the session begins with, once it is one of the simulator's. */
  open(): void;

  /** Removes every task. */
  clear(): void;
}

/** More than a team starts in a day. */
const MAX_TASKS = 10_000;

/**
 * The number of tasks, beyond the list, of which it keeps what their ids do not contain: above all, an end that a
 * client has seen.
 */
const MAX_PACKED = 20_000;

/**
 * The number of tasks that are kept with their cached values: as many as a journal has exchanges, which an import
 * searches.
 */
const MAX_WHOLE = 1000;

/** Keeps tasks in memory, and in a page's storage if there is one. */
export class MemoryTaskStore implements TaskStore, EntryOwner {
  readonly #memory: Memory;
  readonly #storage: TaskStorage | undefined;
  readonly #counters: { tasks: number };
  readonly #isSteered: () => boolean;
  /** In the order in which they began. */
  readonly #tasks = new Map<string, Entry>();
  /** The same in the order of their last start or poll. */
  readonly #recent = new Recency<Entry>(MAX_WHOLE, (entry) => entry.shrink());
  /** Tasks that have left the list, by id. */
  readonly #packed = new Map<string, PackedTask>();

  /**
   * @param memory what the tasks of all sessions may take
   * @param storage where tasks outlive the page
   * @param counters has the number of the newest task
   * @param isSteered whether a person created or changed the session, whose tasks are then evicted later
   */
  constructor({
    memory,
    storage,
    counters,
    isSteered,
  }: {
    readonly memory: Memory;
    readonly storage: TaskStorage | undefined;
    readonly counters: { tasks: number };
    readonly isSteered: () => boolean;
  }) {
    this.#memory = memory;
    this.#storage = storage;
    this.#counters = counters;
    this.#isSteered = isSteered;
  }

  read(id: string): Entry | undefined {
    return this.#tasks.get(id);
  }

  list(): readonly Entry[] {
    return [...this.#tasks.values()];
  }

  update<Result>(id: string, change: (entry: Entry | undefined) => Result): Result {
    const before = this.#tasks.get(id);
    const result = change(before);
    // Most changes leave it in the list; they are spared a second search.
    const entry = before?.owner ? before : this.#tasks.get(id);
    if (!entry) return result;
    const bytes = bytesOf(entry);
    if (entry.bytes !== bytes) this.#memory.tasks.keep(entry, bytes);
    if (this.#storage) keepEntry(this.#storage, entry);
    return result;
  }

  add(entry: Entry): void {
    const isNew = !this.#tasks.has(entry.id);
    this.#place(entry);
    if (isNew) chargeResponses(this.#memory, entry);
    this.#memory.tasks.keep(entry, bytesOf(entry));
    if (this.#tasks.size > MAX_TASKS) this.#memory.tasks.evict(this.#oldest());
  }

  remove(id: string): void {
    this.#release(id);
    if (this.#storage) forgetEntry(this.#storage, id);
  }

  recall(id: string, catalogue: ReadonlyMap<string, Scenario>): Entry | undefined {
    const kept = this.#packed.get(id)?.kept();
    const scenario = kept && findScenario(catalogue, kept.scenario);
    return scenario && "steps" in scenario ? entryFrom(kept, scenario) : undefined;
  }

  resume(begun: Entry): Entry {
    return this.#storage ? restoreEntry(this.#storage, begun) : begun;
  }

  numbered(number: number): { readonly id: string; readonly scenario: string } | undefined {
    for (const one of this.#tasks.values()) {
      if (one.number === number) return { id: one.id, scenario: one.scenario.name };
    }
    return [...this.#packed.values()].find((one) => one.number === number)?.kept();
  }

  kept(): readonly KeptTask[] {
    return [...[...this.#packed.values()].map((one) => one.kept()), ...this.list().map(keptTask)];
  }

  restore(entries: readonly Entry[]): void {
    for (const entry of entries) this.#place(entry);
  }

  open(): void {
    for (const entry of this.list()) {
      chargeResponses(this.#memory, entry);
      this.update(entry.id, () => this.add(entry));
    }
  }

  clear(): void {
    for (const id of [...this.#tasks.keys(), ...this.#packed.keys()]) this.remove(id);
  }

  /** Packs a task that is evicted. */
  evict(entry: Entry): void {
    this.#release(entry.id);
    if (isUntouched(entry)) return;
    const packed = new PackedTask(entry, this.#packed, this.rankOf(entry));
    this.#packed.set(entry.id, packed);
    this.#memory.packed.keep(packed, packed.size);
    if (this.#packed.size <= MAX_PACKED) return;
    this.#memory.packed.evict(this.#packed.get(oldestKey(this.#packed)) as Evictable);
  }

  /** A task with a state that a person chose is evicted last. */
  rankOf(entry: Entry): 0 | 1 | 2 {
    if (entry.isSteered) return 2;
    return this.#isSteered() ? 1 : 0;
  }

  /** Marks a task as the one that was used last, and numbers it if it is new; does not charge it yet. */
  #place(entry: Entry): void {
    const { id } = entry;
    entry.number ||= this.#counters.tasks + 1;
    this.#counters.tasks = Math.max(this.#counters.tasks, entry.number);
    if (this.#tasks.get(id) !== entry) {
      this.#release(id);
      this.#tasks.set(id, entry);
    }
    entry.owner = this;
    this.#recent.use(entry);
  }

  #release(id: string): void {
    const entry = this.#tasks.get(id);
    if (entry) {
      releaseResponses(this.#memory, entry);
      this.#memory.tasks.release(entry);
      entry.owner = undefined;
      this.#recent.remove(entry);
      this.#tasks.delete(id);
    }
    const packed = this.#packed.get(id);
    if (!packed) return;
    this.#memory.packed.release(packed);
    this.#packed.delete(id);
  }

  /**
   * Returns the task to evict: of those that were used longest ago, the first without a chosen state, or the first of
   * all.
   */
  #oldest(): Entry {
    for (let tries = 1; ; tries += 1) {
      const entry = this.#recent.oldest as Entry;
      if (entry.rank() < 2 || tries > 100) return entry;
      // Marked as used, so that the next search need not skip it again.
      this.#recent.use(entry);
    }
  }
}

/** A character takes up to two bytes; the rest is what a task takes in addition to its texts. */
function bytesOf({ task: { id, draft, forced }, rendered }: Entry): number {
  const { fileName, folderPath = "", folderId = "" } = draft;
  const error = forced && "error" in forced ? JSON.stringify(forced.error).length : 0;
  const characters = 2 * id.length + fileName.length + folderPath.length + folderId.length + error;
  return 2000 + 2 * (characters + (rendered ? rendered.text.length + rendered.base.length : 0));
}

/** Whether nobody has polled or changed it. */
function isUntouched({ polls, isSteered }: Entry): boolean {
  return polls === 0 && !isSteered;
}
