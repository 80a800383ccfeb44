/** The parts of a Map or a Set that its order needs. */
interface Ordered<Key> {
  readonly size: number;
  readonly keys: () => Iterator<Key>;
  readonly delete: (key: Key) => unknown;
}

/**
 * Evicts the oldest keys beyond `most`: a Map and a Set keep the order in which keys were added.
 *
 * @example forgetOldest(new Set([1, 2, 3]), 2); // 1 is gone
 */
export function evictOldest<Key>(kept: Ordered<Key>, most: number): void {
  while (kept.size > most) kept.delete(oldestKey(kept));
}

/**
 * Returns the oldest key, which the caller has to delete. A new iterator would first skip all deleted keys: thousands,
 * in a full set (npm run bench).
 */
export function oldestKey<Key>(kept: Ordered<Key>): Key {
  const known = iterators.get(kept)?.next() as IteratorResult<Key> | undefined;
  if (known && !known.done) return known.value;
  const fresh = kept.keys();
  iterators.set(kept, fresh);
  return fresh.next().value;
}

const iterators = new WeakMap<object, Iterator<unknown>>();
