/** What has a place in an order of use. */
export interface Used<Item> {
  older: Item | undefined;
  newer: Item | undefined;
  /** Whether it is among those that were used last. */
  isNear: boolean;
}

/**
 * Things in the order in which they were used last. Linked, since a Map does not bear that one key of thousands moves to its
 * end again and again: each time takes it longer, up to half of a poll's time (npm run bench).
 */
export class Recency<Item extends Used<Item>> {
  oldest: Item | undefined = undefined;
  newest: Item | undefined = undefined;
  readonly #reach: number;
  readonly #onFar: (item: Item) => void;
  #near = 0;
  #oldestNear: Item | undefined = undefined;

  /**
   * @param reach how many are near: those that were used last
   * @param onFar called with what is there and near no longer
   */
  constructor(reach: number, onFar: (item: Item) => void) {
    this.#reach = reach;
    this.#onFar = onFar;
  }

  /** Puts something to the end, whether or not it was there. */
  use(item: Item): void {
    if (this.newest === item) return;
    this.remove(item);
    item.older = this.newest;
    if (this.newest) this.newest.newer = item;
    else this.oldest = item;
    this.newest = item;
    item.isNear = true;
    this.#near += 1;
    this.#oldestNear ??= item;
    if (this.#near > this.#reach) this.#onFar(this.#leaveNear(this.#oldestNear));
  }

  /** @param item may be one that is not there */
  remove(item: Item): void {
    if (item.isNear) this.#leaveNear(item);
    const { older, newer } = item;
    if (older) older.newer = newer;
    else if (this.oldest === item) this.oldest = newer;
    if (newer) newer.older = older;
    else if (this.newest === item) this.newest = older;
    item.older = undefined;
    item.newer = undefined;
  }

  #leaveNear(item: Item): Item {
    if (this.#oldestNear === item) this.#oldestNear = item.newer;
    this.#near -= 1;
    item.isNear = false;
    return item;
  }
}
