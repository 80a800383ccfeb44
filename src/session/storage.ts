import type { Entry } from "./entry.js";
import { entryFrom, type KeptTask, keptTask } from "./stored-task.js";

/** The part of a browser's `Storage` that tasks are kept in. */
export interface TaskStorage {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
  readonly removeItem: (key: string) => void;
}

const keyOf = (id: string) => `hubspot-import-kit:${id}`;

/** Keeps what a task's id does not say: how often it was polled, and what was done to it. */
export function keepEntry(storage: TaskStorage, entry: Entry): void {
  try {
    storage.setItem(keyOf(entry.id), JSON.stringify(keptTask(entry)));
  } catch {
    // The storage is full or forbidden. The task lives on in memory; only a reload makes it begin anew.
  }
}

/** An entry as it was before the page was loaded anew; as it is where nothing was kept. */
export function restoreEntry(storage: TaskStorage, entry: Entry): Entry {
  const { id, requestedAt, seed, scenario } = entry.task;
  try {
    const text = storage.getItem(keyOf(id));
    if (typeof text !== "string") return entry;
    const kept = JSON.parse(text) as KeptTask;
    const { polls, answered } = kept;
    if (!Number.isInteger(polls) || !Number.isInteger(answered)) return entry;
    // Another page's tasks had its numbers: this one's begin anew.
    return entryFrom({ ...keptTask(entry), ...kept, id, requestedAt, seed, number: 0 }, scenario);
  } catch {
    // The storage is forbidden, or somebody else wrote there.
    return entry;
  }
}

export function forgetEntry(storage: TaskStorage, id: string): void {
  try {
    storage.removeItem(keyOf(id));
  } catch {
    // The storage is forbidden: it keeps nothing, either.
  }
}
