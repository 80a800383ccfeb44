import type { Entry } from "./entry.js";
import { entryFrom, type KeptTask, keptTask } from "./stored-task.js";

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
