import type { Entry } from "./session.js";

/** The part of a browser's `Storage` that tasks are kept in. */
export interface TaskStorage {
  readonly getItem: (key: string) => string | null;
  readonly setItem: (key: string, value: string) => void;
  readonly removeItem: (key: string) => void;
}

type Kept = Pick<Entry, "polls" | "answered"> &
  Partial<Pick<Entry, "inState">> &
  Pick<Entry["task"], "draft" | "moves" | "forced">;

const keyOf = (id: string) => `hubspot-import-kit:${id}`;

/** Keeps what a task's id does not say: how often it was polled, and what was done to it. */
export function keepEntry(storage: TaskStorage | undefined, { task, polls, inState, answered }: Entry): void {
  const { id, draft, moves, forced } = task;
  const kept: Kept = { polls, inState, answered, draft, moves, ...(forced && { forced }) };
  try {
    storage?.setItem(keyOf(id), JSON.stringify(kept));
  } catch {
    // The storage is full or forbidden. The task lives on in memory; only a reload makes it begin anew.
  }
}

/** An entry as it was before the page was loaded anew; as it is where nothing was kept. */
export function restoreEntry(storage: TaskStorage | undefined, entry: Entry): Entry {
  try {
    const text = storage?.getItem(keyOf(entry.task.id));
    if (typeof text !== "string") return entry;
    const { polls, inState = {}, answered, ...ofTask } = JSON.parse(text) as Kept;
    if (!Number.isInteger(polls) || !Number.isInteger(answered)) return entry;
    return { ...entry, task: { ...entry.task, ...ofTask }, polls, inState, answered };
  } catch {
    // The storage is forbidden, or somebody else wrote there.
    return entry;
  }
}

/** Forgets the tasks of a session. */
export function forgetEntries(storage: TaskStorage | undefined, ids: Iterable<string>): void {
  try {
    for (const id of ids) storage?.removeItem(keyOf(id));
  } catch {
    // The storage is forbidden: it keeps nothing, either.
  }
}
