/** A JSON object. */
export type JsonObject = { readonly [key: string]: unknown };

/** Whether a value is a JSON object: neither null nor an array. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Escapes one part of a JSON pointer. @example escapePointer("a/b"); // "a~1b" */
export function escapePointer(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Splits a JSON pointer into its parts. @example pointerParts("/a~1b/0"); // ["a/b", "0"] */
export function pointerParts(pointer: string): string[] {
  const parts = pointer.split("/").slice(1);
  return parts.map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** Returns the value at a JSON pointer; undefined if there is none. */
export function valueAt(root: unknown, pointer: string): unknown {
  return pointerParts(pointer).reduce<unknown>((node, part) => (node as JsonObject | undefined)?.[part], root);
}

/** Whether a value has properties: an object or a list. */
export function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Returns an own property of a value: JSON may have a key `constructor`, which every object also inherits. */
export function getOwn(holder: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(holder, key) ? holder[key] : undefined;
}

/**
 * Whether two values are the same JSON, in any order of properties. Libraries for this treat an own `constructor`,
 * `toString` or `valueOf` as the class's, but a server may send properties with these names.
 *
 * @param isSame compares two values that are not both objects or lists
 */
export function isJsonEqual(
  a: unknown,
  b: unknown,
  isSame: (a: unknown, b: unknown) => boolean = (one, other) => one === other,
): boolean {
  if (!isHolder(a) || !isHolder(b)) return isSame(a, b);
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isJsonEqual(a[key], b[key], isSame))
  );
}

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  return jsonIn(text) !== undefined;
}

/** Parses a text; undefined if it is not JSON. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
