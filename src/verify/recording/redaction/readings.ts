/** One way to read a character of a text: what it says, and where the next one begins. */
export interface Reading {
  /** Of a UTF-16 unit. */
  readonly code: number;
  readonly end: number;
}

/** Whether a character may begin an escape, of JSON or JavaScript, of a url, or of HTML. */
export function beginsEscape(text: string, index: number): boolean {
  const code = text.charCodeAt(index);
  return code === BACKSLASH || code === PERCENT || code === AMPERSAND;
}

/**
 * All ways to read the character at a place: as it is, and as what an escape stands for, which may be escaped itself, as
 * often as you like.
 *
 * @example readingsAt("%2541", 0); // "%" up to 1, "%" up to 3, "A" up to 5
 */
export function readingsAt(text: string, index: number): readonly Reading[] {
  const code = text.charCodeAt(index);
  const plain = { code, end: index + 1 };
  if (code === BACKSLASH) return [plain, ...afterBackslash(text, index)];
  if (code === PERCENT) return [plain, ...afterPercent(text, index)];
  if (code === AMPERSAND) return [plain, ...afterAmpersand(text, index)];
  return [plain];
}

const BACKSLASH = 92;
const PERCENT = 37;
const AMPERSAND = 38;

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | undefined {
  pattern.lastIndex = index;
  return pattern.exec(text) ?? undefined;
}

const ESCAPED = /u([0-9a-f]{4})|u\{0{0,4}([0-9a-f]{2})\}|x([0-9a-f]{2})|(.)/isy;

/** Each time that it is quoted, a backslash becomes two; so does the one before another character. */
function afterBackslash(text: string, index: number): readonly Reading[] {
  let run = 1;
  while (run <= 8 && text.charCodeAt(index + run) === BACKSLASH) run += 1;
  const quoted = [2, 4, 8]
    .filter((length) => length <= run)
    .map((length) => ({ code: BACKSLASH, end: index + length }));
  const escaped = run > 8 ? undefined : matchAt(ESCAPED, text, index + run);
  if (!escaped) return quoted;
  const [whole, unit, braced, byte, character = ""] = escaped;
  const hex = unit ?? braced ?? byte;
  const code = hex === undefined ? character.charCodeAt(0) : Number.parseInt(hex, 16);
  return [...quoted, { code, end: index + run + whole.length }];
}

const PERCENT_ENCODED = /%((?:25){0,4})([0-9a-f]{2})/iy;

function afterPercent(text: string, index: number): readonly Reading[] {
  const found = matchAt(PERCENT_ENCODED, text, index);
  if (!found) return [];
  const [whole, signs = "", byte = ""] = found;
  const percents = Array.from({ length: signs.length / 2 }, (_, times) => ({
    code: PERCENT,
    end: index + 3 + 2 * times,
  }));
  return [...percents, { code: Number.parseInt(byte, 16), end: index + whole.length }];
}

const ENTITY = /&(?:amp;){0,4}(?:#x0{0,6}([0-9a-f]{2});?|#0{0,6}(\d{2,3});?|(quot|apos|lt|gt);)/iy;
const AMPERSANDS = /&(?:amp;){1,4}/iy;

function afterAmpersand(text: string, index: number): readonly Reading[] {
  const ampersands = matchAt(AMPERSANDS, text, index)?.[0].length ?? 0;
  const signs = [1, 2, 3, 4].filter((times) => 1 + 4 * times <= ampersands);
  const quoted = signs.map((times) => ({ code: AMPERSAND, end: index + 1 + 4 * times }));
  const found = matchAt(ENTITY, text, index);
  if (!found) return quoted;
  const [whole, hex, decimal, name = ""] = found;
  const code =
    hex !== undefined ? Number.parseInt(hex, 16) : decimal !== undefined ? Number(decimal) : NAMED[name.toLowerCase()];
  return code === undefined ? quoted : [...quoted, { code, end: index + whole.length }];
}

const NAMED: Readonly<Record<string, number>> = { quot: 34, apos: 39, lt: 60, gt: 62 };
