import { distance } from "fastest-levenshtein";

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

/** How much of a value from outside a message shows. */
const VALUE_LENGTH = 200;

/**
 * A long text without its middle: two ids often differ at an end.
 *
 * @param length in characters, the ellipsis among them. Default 200: what a message shows of a value from outside
 * @example shortened("AAAAEqTIHz0", 7); // "AAAA…z0"
 */
export function shortened(text: string, length = VALUE_LENGTH): string {
  if (text.length <= length) return text;
  // Of a megabyte, only the ends are looked at; a character is one or two units.
  const first = [...text.slice(0, 2 * length)];
  if (text.length <= 2 * length && first.length <= length) return text;
  const end = Math.floor((length - 1) / 3);
  return [...first.slice(0, length - 1 - end), "…", ...[...text.slice(-2 * length)].slice(-end)].join("");
}

/** A value in a few characters, without tokens. An object or an array is only named, since its text can be endless. */
export function shownValue(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  const text = String(value);
  return TOKEN.test(text) ? "what looks like a token" : shortened(JSON.stringify(value), MAX_SHOWN);
}

/** The token of a private app, a service key or a JSON Web Token: `access` is mistaken for the access token. */
const TOKEN = /\b(?:pat|hsk)-[a-z]{2}\d?-|\bBearer\s|\beyJ[\w-]{4}/i;
const MAX_SHOWN = 100;

/**
 * Up to three names that differ little from a mistyped one, whatever its case, the nearest first.
 *
 * @example nearestNames("hapy", ["canceled", "happy", "slow"]); // ["happy"]
 */
export function nearestNames(name: string, names: readonly string[]): readonly string[] {
  const typed = name.slice(0, 100).toLowerCase();
  const ranked = names
    .map((known) => ({ known, apart: distance(typed, known.toLowerCase()) }))
    .sort((a, b) => a.apart - b.apart || a.known.localeCompare(b.known));
  const near = ranked.filter(({ known, apart }) => apart <= known.length / 2);
  return near.slice(0, 3).map(({ known }) => known);
}

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

/** A text as an address; undefined where it is none. `URL.canParse` is missing in Safari 16, jsdom 20 and React Native. */
export function readUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/**
 * The same text in memory of its own. In V8 a part of a text keeps the whole of it: a name that is cut out of a body of
 * 10 MB would keep 10 MB for as long as it is remembered.
 */
export function copyText(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}
