/**
 * Groups items by a key, in their order: like `Map.groupBy`, which Node has from 21 on.
 *
 * @example grouped([1, 2, 3], (number) => number % 2); // Map { 1 => [1, 3], 0 => [2] }
 */
export function grouped<Key, Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => Key,
): ReadonlyMap<Key, readonly Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
