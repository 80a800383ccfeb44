/** Returns a function that computes a value once for each object, such as a recording, for all who share it. */
export function oncePer<Key extends object, Value extends object>(compute: (key: Key) => Value): (key: Key) => Value {
  const values = new WeakMap<Key, Value>();
  return (key) => {
    const known = values.get(key) ?? compute(key);
    values.set(key, known);
    return known;
  };
}
