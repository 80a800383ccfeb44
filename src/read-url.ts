/** A text as an address; undefined where it is none. `URL.canParse` is missing in Safari 16, jsdom 20 and React Native. */
export function readUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
