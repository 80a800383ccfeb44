import type { Entry } from "./entry.js";
import { type KeptTask, keptTask } from "./kept-task.js";
import { Evictable } from "./memory.js";

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
