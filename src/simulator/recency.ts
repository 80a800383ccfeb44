/** What has a place in an order of use. */
export interface Used<Item> {
  older: Item | undefined;
  newer: Item | undefined;
}

/**
 * Things in the order in which they were used last. Linked, since a Map does not bear that one key of thousands moves to its
 * end again and again: each time takes it longer, up to half of a poll's time (npm run bench).
 */
export class Recency<Item extends Used<Item>> {
  oldest: Item | undefined = undefined;
  newest: Item | undefined = undefined;

  /** Puts something to the end, whether or not it was there. */
  use(item: Item): void {
    if (this.newest === item) return;
    this.remove(item);
    item.older = this.newest;
    if (this.newest) this.newest.newer = item;
    else this.oldest = item;
    this.newest = item;
  }

  /** @param item may be one that is not there */
  remove(item: Item): void {
    const { older, newer } = item;
    if (older) older.newer = newer;
    else if (this.oldest === item) this.oldest = newer;
    if (newer) newer.older = older;
    else if (this.newest === item) this.newest = older;
    item.older = undefined;
    item.newer = undefined;
  }
}
