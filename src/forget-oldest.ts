/**
 * Lets the oldest go where there are more than `most`; a Map and a Set keep the order in which their keys were added.
 *
 * @example forgetOldest(new Set([1, 2, 3]), 2); // 1 is gone
 */
export function forgetOldest<Key>(
  kept: { readonly size: number; readonly keys: () => Iterable<Key>; readonly delete: (key: Key) => unknown },
  most: number,
): void {
  if (kept.size <= most) return;
  for (const oldest of kept.keys()) {
    kept.delete(oldest);
    if (kept.size <= most) return;
  }
}
