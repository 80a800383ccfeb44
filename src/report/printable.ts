/**
 * Text of a server's on one line, with nothing in it that a terminal obeys, XML refuses or a reader cannot see: control
 * and format characters (escape sequences, line ends, marks that turn the direction of writing) become escapes.
 *
 * @example printable("a\u001b[2Jb\n"); // "a\\u001b[2Jb\\n"
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => NAMED[character] ?? escaped(character));
}

/** The same over several lines, for texts whose lines mean something, such as a body. */
export function printableLines(text: string): string {
  if (!UNPRINTABLE_ON_LINES.test(text)) return text;
  return text
    .split(/\r?\n/)
    .map((line) => printable(line.replaceAll("\t", "  ")))
    .join("\n");
}

/** A value as indented JSON. What must not reach a terminal is escaped, which JSON reads back as what it was. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${UNPRINTABLE_ON_LINES.test(text) ? text.replace(UNPRINTABLE, (one) => (one === "\n" ? one : escaped(one))) : text}\n`;
}

/**
 * A text that a CI's runner may read, without a command to it: GitHub's `::error::` begins a line, its older `##[error]`,
 * Azure's `##vso[` and TeamCity's `##teamcity[` stand anywhere. JSON reads back as what it was.
 *
 * @example withoutCommands(" ::error::x ##[error]y"); // " \\u003a:error::x \\u0023#[error]y"
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\r\n\u2028\u2029]*):(?=:)/gm, "$1\\u003a").replace(/#(?=#\w*\[)/g, "\\u0023");
}

const COLUMNS = 120;

/** Lines of at most 120 characters, the first after a lead and the others below it. Nothing for an empty text. */
export function wrapped(text: string, lead: string): readonly string[] {
  const width = COLUMNS - lead.length;
  const pieces = text.split(" ").flatMap((word) => cutEvery(width, word));
  const lines: string[] = [];
  for (const piece of pieces) {
    const line = lines.at(-1);
    if (line !== undefined && [...line].length + 1 + [...piece].length <= width)
      lines[lines.length - 1] = `${line} ${piece}`;
    else lines.push(piece);
  }
  return lines.map((line, index) => `${index === 0 ? lead : " ".repeat(lead.length)}${line}`);
}

function cutEvery(width: number, word: string): readonly string[] {
  const characters = [...word];
  const count = Math.ceil(characters.length / width);
  return Array.from({ length: count }, (_, index) => characters.slice(index * width, (index + 1) * width).join(""));
}

/** XML knows no U+FFFE and U+FFFF; the rest is Unicode's own classes. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/** The same without the line's end, by which most of what is printed is written as it is. */
const UNPRINTABLE_ON_LINES = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** By code unit, as JSON writes it. */
function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}
