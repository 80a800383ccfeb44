/** A Map or a Set, as far as its order counts. */
interface Ordered<Key> {
  readonly size: number;
  readonly keys: () => Iterator<Key>;
  readonly delete: (key: Key) => unknown;
}

/**
 * Lets the oldest go where there are more than `most`; a Map and a Set keep the order in which their keys were added.
 *
 * @example forgetOldest(new Set([1, 2, 3]), 2); // 1 is gone
 */
export function forgetOldest<Key>(kept: Ordered<Key>, most: number): void {
  while (kept.size > most) kept.delete(nextOldest(kept));
}

/**
 * The oldest key of a Map or a Set that is not empty. Whoever asks deletes it, or puts it to the end: it is named once.
 *
 * A new iterator would first pass over all that were deleted, ten thousand of them in a table that is full (bench:polls).
 */
export function nextOldest<Key>(kept: Ordered<Key>): Key {
  const known = iterators.get(kept)?.next() as IteratorResult<Key> | undefined;
  if (known && !known.done) return known.value;
  const fresh = kept.keys();
  iterators.set(kept, fresh);
  return fresh.next().value;
}

const iterators = new WeakMap<object, Iterator<unknown>>();
