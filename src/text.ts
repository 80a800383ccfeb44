import { distance } from "fastest-levenshtein";

/**
 * Renders a server's text on one line. Escapes everything that a terminal obeys, XML forbids or a reader cannot see:
 * control and format characters (escape sequences, line ends, marks that change the direction of writing).
 *
 * @example printable("a\u001b[2Jb\n"); // "a\\u001b[2Jb\\n"
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => NAMED[character] ?? escaped(character));
}

/** The same over several lines, for texts whose line ends matter, such as a body. */
export function printableLines(text: string): string {
  if (!UNPRINTABLE_ON_LINES.test(text)) return text;
  return text
    .split(/\r?\n/)
    .map((line) => printable(line.replaceAll("\t", "  ")))
    .join("\n");
}

/** Renders a value as indented JSON. Escapes what must not reach a terminal; JSON parses it to the same value. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2);
  return `${UNPRINTABLE_ON_LINES.test(text) ? text.replace(UNPRINTABLE, (one) => (one === "\n" ? one : escaped(one))) : text}\n`;
}

/**
 * Renders a text for the log of a CI runner, without commands to the runner: GitHub's `::error::` begins a line; its
 * older `##[error]`, Azure's `##vso[` and TeamCity's `##teamcity[` occur anywhere. JSON parses it to the same value.
 *
 * @example withoutCommands(" ::error::x ##[error]y"); // " \\u003a:error::x \\u0023#[error]y"
 */
export function withoutCommands(text: string): string {
  return text.replace(/^([^\S\r\n\u2028\u2029]*):(?=:)/gm, "$1\\u003a").replace(/#(?=#\w*\[)/g, "\\u0023");
}

/** Decodes percent-encoding; returns a text with invalid encoding unchanged. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const COLUMNS = 120;

/**
 * Wraps a text to lines of at most 120 characters, the first after `lead`, the others indented below it. Returns
 * nothing for an empty text.
 */
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

/** XML forbids U+FFFE and U+FFFF; the rest are Unicode's own classes. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/gu;

/** The same without the line end. Most printed texts have none of these and stay unchanged. */
const UNPRINTABLE_ON_LINES = /[^\P{Cc}\n]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\ufffe\uffff]/u;

const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** By code unit, as JSON writes it. */
function escaped(character: string): string {
  return character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

/** The maximum length of a value in a message. */
const VALUE_LENGTH = 200;

/**
 * Shortens a long text in its middle: two ids often differ at an end.
 *
 * @param length in characters, with the ellipsis; default 200, the maximum in messages
 * @example shortened("AAAAEqTIHz0", 7); // "AAAA…z0"
 */
export function shortened(text: string, length = VALUE_LENGTH): string {
  if (text.length <= length) return text;
  // Reads only the ends, as the text may be a megabyte; a character is one or two units.
  const first = [...text.slice(0, 2 * length)];
  if (text.length <= 2 * length && first.length <= length) return text;
  const end = Math.floor((length - 1) / 3);
  return [...first.slice(0, length - 1 - end), "…", ...[...text.slice(-2 * length)].slice(-end)].join("");
}

/** Renders a value shortened, without tokens. An object or an array is only named, since its text has no limit. */
export function shownValue(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  const text = String(value);
  return TOKEN.test(text) ? "what looks like a token" : shortened(JSON.stringify(value), MAX_SHOWN);
}

/** The token of a private app, a service key or a JSON Web Token: users confuse `access` with the access token. */
const TOKEN = /\b(?:pat|hsk)-[a-z]{2}\d?-|\bBearer\s|\beyJ[\w-]{4}/i;
const MAX_SHOWN = 100;

/**
 * Returns up to three names that differ little from a mistyped one, in any case, the nearest first.
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
 * Removes the repeated character at the end of a text. A pattern such as `/\/+$/` would search each run of slashes from
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

/**
 * Parses a text as an address; undefined if it is invalid. `URL.canParse` is missing in Safari 16, jsdom 20 and React
 * Native.
 */
export function readUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/**
 * Copies a text to memory of its own. In V8, a part of a text keeps the whole text: a name cut out of a body of 10 MB
 * would keep 10 MB as long as the name is stored.
 */
export function copyText(text: string): string {
  return JSON.parse(JSON.stringify(text)) as string;
}

/**
 * Decodes base64 or base64url, with or without its padding. Not by `uint8array-extras`, which calls a function for each
 * byte: a task's id took 4.2 µs in place of 0.5, and a recorded body of 5 MB 1.2 s in place of 0.1.
 *
 * @throws DOMException if it is invalid
 * @example bytesOfBase64("AP8"); // Uint8Array [0, 255]
 */
export function bytesOfBase64(text: string): Uint8Array {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/") + "=".repeat((4 - (text.length % 4)) % 4));
  const bytes = new Uint8Array(binary.length);
  for (let index = 0; index < binary.length; index += 1) bytes[index] = binary.charCodeAt(index);
  return bytes;
}
