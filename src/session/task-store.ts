import { oldestKey } from "../lru.js";
import { findScenario } from "../scenario/reference.js";
import type { Entry } from "./entry.js";
import { Evictable } from "./memory.js";
import type { Session } from "./session.js";
import { chargeAnswers, entryFrom, PackedTask, releaseAnswers } from "./stored-task.js";
import type { World } from "./world.js";

/** More than a team starts in a day. */
const MAX_TASKS = 10_000;

/** Of so many more is kept, packed, what their ids do not say: an end that was told, above all. */
const MAX_PACKED = 20_000;

/** Remembers a task as the one used last; the least recently used makes room. */
export function rememberTask(session: Session, entry: Entry): void {
  const { tasks, memory } = session;
  const isNew = !tasks.has(entry.id);
  const place = placeTask(session, entry);
  if (isNew) chargeAnswers(memory, entry);
  memory.tasks.keep(place, bytesOf(entry));
  if (tasks.size > MAX_TASKS) memory.tasks.evict(oldestIn(session));
}

/** Gives a task its place as the one used last, and its number where it has none; nothing is charged for it yet. */
export function placeTask(session: Session, entry: Entry): Evictable {
  const { tasks, recent, counters } = session;
  const { id } = entry;
  entry.number ||= counters.tasks + 1;
  counters.tasks = Math.max(counters.tasks, entry.number);
  const before = tasks.get(id);
  if (before !== entry) {
    if (before) forgetTask(session, id);
    else forgetPacked(session, id);
    tasks.set(id, entry);
  }
  entry.place ??= new TaskPlace(session, entry);
  recent.use(entry);
  return entry.place;
}

/** A task's place in the memory. */
class TaskPlace extends Evictable {
  constructor(
    readonly session: Session,
    readonly entry: Entry,
  ) {
    super();
  }

  evict(): void {
    packTask(this.session, this.entry.id);
  }

  rank(): 0 | 1 | 2 {
    return rankOf(this.session, this.entry);
  }
}

/** Charges a task for what it has become, if it is in the table. */
export function chargeTask({ memory }: Session, entry: Entry): void {
  if (entry.place) memory.tasks.keep(entry.place, bytesOf(entry));
}

export function forgetTask(session: Session, id: string): void {
  const { tasks, recent, memory } = session;
  const entry = tasks.get(id);
  if (entry) {
    releaseAnswers(memory, entry);
    if (entry.place) memory.tasks.release(entry.place);
    entry.place = undefined;
    recent.remove(entry);
    tasks.delete(id);
  }
  forgetPacked(session, id);
}

/** Charges the tasks that a session came with. */
export function chargeTasks(session: Session): void {
  for (const entry of [...session.tasks.values()]) {
    chargeAnswers(session.memory, entry);
    rememberTask(session, entry);
  }
}

/** Gives back the memory of a session's tasks. */
export function forgetTasks(session: Session): void {
  for (const id of [...session.tasks.keys(), ...session.packed.keys()]) forgetTask(session, id);
}

/** A task that is remembered; one that had left the table is unpacked, and back there once a poll of it counts. */
export function recallTask({ session, catalogue }: World, id: string): Entry | undefined {
  const known = session.tasks.get(id);
  if (known) {
    known.unshrink();
    return known;
  }
  const packed = session.packed.get(id);
  if (!packed) return undefined;
  const kept = packed.kept();
  const scenario = findScenario(catalogue, kept.scenario);
  return scenario && "steps" in scenario ? entryFrom(kept, scenario) : undefined;
}

function packTask(session: Session, id: string): void {
  const { tasks, packed, memory } = session;
  const entry = tasks.get(id);
  forgetTask(session, id);
  if (!entry || isUntouched(entry)) return;
  const place = new PackedTask(entry, packed, rankOf(session, entry));
  packed.set(id, place);
  memory.packed.keep(place, place.size);
  if (packed.size > MAX_PACKED) memory.packed.evict(packed.get(oldestKey(packed)) as Evictable);
}

function forgetPacked({ packed, memory }: Session, id: string): void {
  const known = packed.get(id);
  if (!known) return;
  memory.packed.release(known);
  packed.delete(id);
}

/** Of the tasks used longest ago the first that nobody chose a state for. A session in which all are so loses one of them. */
function oldestIn({ recent }: Session): Evictable {
  for (let tries = 1; ; tries += 1) {
    const entry = recent.oldest as Entry;
    const place = entry.place as Evictable;
    if (place.rank() < 2 || tries > 100) return place;
    // As if it was used, so that the next one need not pass it over.
    recent.use(entry);
  }
}

/** What a person chose for a task goes last. */
function rankOf(session: Session, entry: Entry): 0 | 1 | 2 {
  if (entry.isSteered) return 2;
  return session.isSteered ? 1 : 0;
}

/** A character takes up to two bytes; the rest is what a task takes beside its texts. */
function bytesOf({ task: { id, draft, forced }, told }: Entry): number {
  const { fileName, folderPath = "", folderId = "" } = draft;
  const error = forced && "error" in forced ? JSON.stringify(forced.error).length : 0;
  const characters = 2 * id.length + fileName.length + folderPath.length + folderId.length + error;
  return 2000 + 2 * (characters + (told ? told.text.length + told.base.length : 0));
}

/** Nobody has polled it, and nobody has done anything to it. */
function isUntouched({ polls, isSteered }: Entry): boolean {
  return polls === 0 && !isSteered;
}
