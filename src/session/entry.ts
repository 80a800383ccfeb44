import type { Effect } from "../scenario/effect.js";
import type { PollsInState } from "../scenario/fault.js";
import { splitReference } from "../scenario/reference.js";
import type { Scenario } from "../scenario/scenario.js";
import { sampleRequestedFile } from "../task/file.js";
import type { Unknowns } from "../task/status-body.js";
import type { Task } from "../task/task.js";
import { decodeTaskId, type TaskOrigin } from "../task/task-id.js";
import { isInstant } from "../time.js";
import { Evictable, type Kept } from "./memory.js";

/** An injected response that waits for its polls: one object, however many they are. */
export interface Waiting {
  readonly effect: Effect;
  /** How many polls pass before it, once it is the first in the queue. */
  after: number;
  readonly bytes: number;
  readonly place: Kept;
}

/** What a task's id does not contain. */
type Kind = Pick<Task, "scenario" | "pace" | "speed">;

// Shared by all: ten thousand tasks begin without polls.
const NO_POLLS: PollsInState = {};
const NONE: readonly never[] = [];

/** The store of an entry. */
export interface EntryOwner {
  readonly evict: (entry: Entry) => void;
  readonly rankOf: (entry: Entry) => 0 | 1 | 2;
}

/**
 * What the simulator stores of a task. The task's id contains the rest.
 *
 * An entry is its own place in the memory's order of eviction: a separate object would add 32 bytes to each task's 255
 * (npm run bench).
 */
export class Entry extends Evictable implements Used<Entry> {
  readonly id: string;
  #task: Task | undefined;
  /** Set if the id contains all the rest of the task. */
  #kind: Kind | undefined;
  /** Its number among the session's tasks, from 1; 0 until its store has it. */
  number = 0;
  /** Polls received. */
  polls = 0;
  /** How many polls found it in each state, without those that got an exceeded limit or an injected response. */
  inState: PollsInState = NO_POLLS;
  /** The responses to the next polls, in place of the task's own. */
  injected: readonly Waiting[] = NONE;
  /** Polls whose response showed the state; the others got an error. */
  answered = 0;
  /** The file that it has shown. It exists from then on, until it is deleted. */
  declare file?: { readonly id: string; readonly isDeleted?: true };
  /** Caches the latest status body with what it depends on: making a file costs more than all the rest of a poll. */
  declare rendered?: {
    readonly state: string;
    readonly text: string;
    readonly scenario: Scenario;
    readonly unknowns: Unknowns;
    readonly startedAt: number | undefined;
    readonly completedAt: number | undefined;
    readonly base: string;
    /** The version in its link, such as `/files/v3`. */
    readonly root: string;
  };
  /** Its store, while it is in the list of tasks. */
  owner: EntryOwner | undefined = undefined;
  usedBefore: Entry | undefined = undefined;
  usedAfter: Entry | undefined = undefined;
  isNear = false;

  /** @param kind what the id does not contain, if it contains all the rest */
  constructor(task: Task, kind?: Kind) {
    super();
    this.id = task.id;
    this.#task = task;
    this.#kind = kind;
  }

  get task(): Task {
    return this.#task ?? this.#decoded();
  }

  set task(task: Task) {
    this.#task = task;
    this.#kind = undefined;
  }

  get scenario(): Scenario {
    return (this.#task ?? (this.#kind as Kind)).scenario;
  }

  /** Whether a person has forced, moved or injected something. */
  get isSteered(): boolean {
    const { forced, moves = NONE } = this.#task ?? {};
    return forced !== undefined || moves.length > 0 || this.injected.length > 0;
  }

  evict(): void {
    this.owner?.evict(this);
  }

  rank(): 0 | 1 | 2 {
    return this.owner?.rankOf(this) ?? 0;
  }

  /** Removes what can be made again: nearly half of the memory of a task that was not polled. */
  shrink(): void {
    if (this.rendered) delete this.rendered;
    if (this.#kind) this.#task = undefined;
  }

  /** Keeps the decoded task, because a poll reads it several times. */
  unshrink(): void {
    this.#task ??= this.#decoded();
  }

  #decoded(): Task {
    const origin = decodeTaskId(splitReference(this.id).scenario) as TaskOrigin;
    return taskFrom({ ...origin, id: this.id, ...(this.#kind as Kind) });
  }
}

/** Returns the entry of a task without polls. Without a draft it gets a sample that follows from its seed. */
export function newEntry(
  { pace, speed }: Pick<Task, "pace" | "speed">,
  origin: Pick<Task, "id" | "requestedAt" | "seed" | "scenario"> & Partial<Pick<Task, "draft">>,
): Entry {
  const { scenario, draft } = origin;
  const isInId = draft !== undefined && isWhollyInItsId(origin.requestedAt, draft);
  return new Entry(taskFrom({ pace, speed, ...origin }), isInId ? kindOf({ scenario, pace, speed }) : undefined);
}

function taskFrom({
  id,
  requestedAt,
  seed,
  scenario,
  draft = sampleRequestedFile(seed),
  pace,
  speed,
}: Omit<Task, "draft" | "moves"> & Partial<Pick<Task, "draft">>): Task {
  return { id, requestedAt, seed, scenario, draft, pace, speed, moves: NONE };
}

/** Whether the id contains all of the request. It has no fractions of a millisecond, no folder's id and no expiry. */
function isWhollyInItsId(requestedAt: number, { folderId, expiresAt }: Task["draft"]): boolean {
  return isInstant(requestedAt) && folderId === undefined && expiresAt === undefined;
}

let lastKind: Kind | undefined;

/** Returns a shared object if the task before was of the same kind, as most are. */
function kindOf(kind: Kind): Kind {
  const isAlike = lastKind?.scenario === kind.scenario && lastKind.pace === kind.pace && lastKind.speed === kind.speed;
  if (!lastKind || !isAlike) lastKind = kind;
  return lastKind;
}

/** An item of an order of use. */
export interface Used<Item> {
  usedBefore: Item | undefined;
  usedAfter: Item | undefined;
  /** Whether it is among the items that were used last. */
  isNear: boolean;
}

/**
 * Items in the order of their last use. It is a linked list, because a Map gets slow if one key of thousands moves to its end
 * again and again: up to half of a poll's time (npm run bench).
 */
export class Recency<Item extends Used<Item>> {
  oldest: Item | undefined = undefined;
  newest: Item | undefined = undefined;
  readonly #reach: number;
  readonly #onFar: (item: Item) => void;
  #near = 0;
  #oldestNear: Item | undefined = undefined;

  /**
   * @param reach how many of the items used last are near
   * @param onFar called with an item that is no longer near
   */
  constructor(reach: number, onFar: (item: Item) => void) {
    this.#reach = reach;
    this.#onFar = onFar;
  }

  /** Moves an item to the end; adds it if it is new. */
  use(item: Item): void {
    if (this.newest === item) return;
    this.remove(item);
    item.usedBefore = this.newest;
    if (this.newest) this.newest.usedAfter = item;
    else this.oldest = item;
    this.newest = item;
    item.isNear = true;
    this.#near += 1;
    this.#oldestNear ??= item;
    if (this.#near > this.#reach) this.#onFar(this.#leaveNear(this.#oldestNear));
  }

  /** Removes an item. Does nothing for one that is not in the order. */
  remove(item: Item): void {
    if (item.isNear) this.#leaveNear(item);
    const { usedBefore, usedAfter } = item;
    if (usedBefore) usedBefore.usedAfter = usedAfter;
    else if (this.oldest === item) this.oldest = usedAfter;
    if (usedAfter) usedAfter.usedBefore = usedBefore;
    else if (this.newest === item) this.newest = usedBefore;
    item.usedBefore = undefined;
    item.usedAfter = undefined;
  }

  #leaveNear(item: Item): Item {
    if (this.#oldestNear === item) this.#oldestNear = item.usedAfter;
    this.#near -= 1;
    item.isNear = false;
    return item;
  }
}
