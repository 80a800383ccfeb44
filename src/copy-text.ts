/**
 * The same text in memory of its own. In V8 a part of a text keeps the whole of it: a name that is cut out of a body of
 * 10 MB would keep 10 MB for as long as it is remembered.
 */
export function copyText(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
