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
export function evictOldest<Key>(kept: Ordered<Key>, most: number): void {
  while (kept.size > most) kept.delete(oldestKey(kept));
}

/**
 * The oldest key, which the caller has to delete. A new iterator would first pass over all that were deleted before:
 * thousands, in a set that is full (npm run bench).
 */
export function oldestKey<Key>(kept: Ordered<Key>): Key {
  const known = iterators.get(kept)?.next() as IteratorResult<Key> | undefined;
  if (known && !known.done) return known.value;
  const fresh = kept.keys();
  iterators.set(kept, fresh);
  return fresh.next().value;
}

const iterators = new WeakMap<object, Iterator<unknown>>();
