/**
 * A text without the run of one character at its end. A pattern such as `/\/+$/` looks through every run of slashes from
 * each of its slashes, which takes seconds for 100,000 of them.
 *
 * @param character a single UTF-16 unit
 * @example withoutTrailing("/", "https://mock.test//"); // "https://mock.test"
 */
export function withoutTrailing(character: string, text: string): string {
  let end = text.length;
  while (end > 0 && text[end - 1] === character) end -= 1;
  return text.slice(0, end);
}
