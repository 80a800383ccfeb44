import type { Scenario } from "../scenario/scenario.js";
import type { Entry } from "./entry.js";
import type { KeptTask } from "./stored-task.js";

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
