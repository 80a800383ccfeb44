/** Whether a value has properties, as an object or a list. */
export function isHolder(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** A property of a value's own: JSON may name one `constructor`, and every object inherits such a thing. */
export function own(holder: Readonly<Record<string, unknown>>, key: string): unknown {
  return Object.hasOwn(holder, key) ? holder[key] : undefined;
}
