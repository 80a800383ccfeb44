/** One part of a JSON pointer. @example escapePointer("a/b"); // "a~1b" */
export function escapePointer(part: string): string {
  return part.replaceAll("~", "~0").replaceAll("/", "~1");
}
