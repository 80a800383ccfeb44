import { forgetOldest } from "../forget-oldest.js";
import { findScenario } from "../task/scenario/reference.js";
import { entryFrom, type KeptTask, keptTask } from "./kept-task.js";
import type { Entry, Session } from "./session.js";
import type { World } from "./world.js";

/** More than a team starts in a day. */
export const MAX_TASKS = 10_000;

/** Of so many more is kept, packed, what their ids do not say: an end that was told, above all. */
const MAX_PACKED = 20_000;

/** Remembers a task as the one used last; the least recently used makes room. */
export function rememberTask({ tasks, recent, packed }: Session, entry: Entry): void {
  const { id } = entry.task;
  tasks.set(id, entry);
  packed.delete(id);
  recent.delete(id);
  recent.add(id);
  const [oldest] = recent.size > MAX_TASKS ? recent : [];
  if (oldest === undefined) return;
  const evicted = tasks.get(oldest);
  recent.delete(oldest);
  tasks.delete(oldest);
  if (evicted && !isToldByItsId(evicted)) packed.set(oldest, JSON.stringify(keptTask(evicted)));
  forgetOldest(packed, MAX_PACKED);
}

export function forgetTask({ tasks, recent, packed }: Session, id: string): void {
  tasks.delete(id);
  recent.delete(id);
  packed.delete(id);
}

/** A task that is remembered; one that had left the table is unpacked, and back there once a poll of it counts. */
export function recallTask({ session, catalogue }: World, id: string): Entry | undefined {
  const known = session.tasks.get(id);
  if (known) return known;
  const text = session.packed.get(id);
  if (text === undefined) return undefined;
  const kept = JSON.parse(text) as KeptTask;
  const scenario = findScenario(catalogue, kept.scenario);
  return scenario && "steps" in scenario ? entryFrom(kept, scenario) : undefined;
}

/** Nobody has polled it, and nobody has done anything to it. */
function isToldByItsId({ polls, injected, task }: Entry): boolean {
  return polls === 0 && injected.length === 0 && !task.forced && task.moves.length === 0;
}
