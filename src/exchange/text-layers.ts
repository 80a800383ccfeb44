/** A text after resolving some layers of escapes, with the original position of each character. */
export interface Layer {
  readonly text: string;
  /** Maps a position in this layer, or its length, to the original text. */
  readonly at: (index: number) => number;
  /** Undefined for the outermost layer. */
  readonly runs?: Runs;
}

/** The outermost layer is the original text. */
export type Layers = readonly [outermost: Layer, ...rest: Layer[]];

/** A link in a query in JSON in a page is four layers deep; nothing deeper occurs. */
const MAX_LAYERS = 5;

/**
 * Resolves the escapes of a text, then those of the result, and so on until none are left. Reads each layer once.
 *
 * @see docs/verify.md#what-is-taken-out for the escapes
 * @example layersOf("a%2540b").map(({ text }) => text); // ["a%2540b", "a%40b", "a@b"]
 */
export function layersOf(text: string): Layers {
  const layers: [Layer, ...Layer[]] = [{ text, at: (index) => index }];
  let inner = withoutEscapes(layers[0]);
  while (inner !== undefined && layers.length < MAX_LAYERS) {
    layers.push(inner);
    inner = withoutEscapes(inner);
  }
  return layers;
}

/**
 * Resolves one layer of escapes, and copies the text between two escapes as a whole: with a stored position for each
 * character, a page of 2.4 MB took 49 ms in place of 22.
 *
 * @returns undefined if there are none
 */
function withoutEscapes({ text, at }: Layer): Layer | undefined {
  let read = "";
  let runs: Runs | undefined;
  let end = 0;
  SIGN.lastIndex = 0;
  // Without exec and without a list of parts: they would create an object for each of a page's fifty thousand escapes.
  while (SIGN.test(text)) {
    const from = SIGN.lastIndex - 1;
    const found = escapeAt(text, from);
    if (found === undefined) continue;
    read += text.slice(end, from) + String.fromCharCode(found.unit);
    end = found.end;
    runs ??= new Runs();
    runs.add(from, end);
    SIGN.lastIndex = end;
  }
  if (runs === undefined) return undefined;
  const known = runs;
  return { text: read + text.slice(end), at: (index) => at(known.outside(index)), runs };
}

/** The signs that begin an escape. */
const SIGN = /[\\%&~]/g;

/** The UTF-16 unit that an escape stands for, and where the escape ends. */
interface Escape {
  readonly unit: number;
  readonly end: number;
}

/** Whether a UTF-16 unit may begin an escape. */
export function beginsEscape(unit: number): boolean {
  return unit === 92 || unit === 37 || unit === 38 || unit === 126;
}

/** @returns undefined if no escape begins there */
export function escapeAt(text: string, index: number): Escape | undefined {
  switch (text.charCodeAt(index)) {
    case 92:
      return afterBackslash(text, index + 1);
    case 37:
      return afterPercent(text, index + 1);
    case 38:
      return afterAmpersand(text, index + 1);
    case 126:
      return afterTilde(text, index + 1);
    default:
      return undefined;
  }
}

/** JSON and JavaScript: `\u0040`, `\u{40}`, `\x40`, `\n`, `\\`. */
function afterBackslash(text: string, index: number): Escape | undefined {
  const sign = text.charAt(index);
  if (sign === "u") return hexadecimal(text, index + 1, 4) ?? numbered(/\{0{0,8}([\da-f]{1,6})\}/iy, text, index + 1);
  if (sign === "x") return hexadecimal(text, index + 1, 2);
  const meaning = SHORT[sign];
  return meaning === undefined ? undefined : { unit: meaning.charCodeAt(0), end: index + 1 };
}

const SHORT: Readonly<Record<string, string>> = {
  ...{ "\\": "\\", '"': '"', "'": "'", "`": "`", "/": "/", 0: "\0" },
  ...{ b: "\b", f: "\f", n: "\n", r: "\r", t: "\t", v: "\v" },
};

/** URLs: `%40`, the bytes of UTF-8 such as `%C3%A9`, and the obsolete `%u0040`. */
function afterPercent(text: string, index: number): Escape | undefined {
  if (text.charAt(index) === "u") return hexadecimal(text, index + 1, 4);
  const byte = hexadecimal(text, index, 2);
  if (byte === undefined || byte.unit < 0x80) return byte;
  const [bytes] = matchAt(/(?:[cd].|e.%[89ab].|f.%[89ab].%[89ab].)%[89ab][\da-f]/iy, text, index) ?? [];
  try {
    return bytes === undefined
      ? undefined
      : { unit: unitOf(decodeURIComponent(`%${bytes}`).codePointAt(0)), end: index + bytes.length };
  } catch {
    return undefined;
  }
}

/** HTML: `&#64;`, `&#x40;` and the names of ASCII characters, such as `&commat;`. */
function afterAmpersand(text: string, index: number): Escape | undefined {
  if (text.charAt(index) === "#") return numbered(/#(?:x0{0,8}([\da-f]{1,6})|0{0,8}(\d{1,7}));/iy, text, index);
  const end = text.slice(index, index + LONGEST_NAME + 1).indexOf(";");
  const sign = end < 0 ? undefined : SIGNS[text.slice(index, index + end).toLowerCase()];
  return sign === undefined ? undefined : { unit: sign.charCodeAt(0), end: index + end + 1 };
}

const LONGEST_NAME = 7;

const SIGNS: Readonly<Record<string, string>> = {
  ...{ tab: "\t", newline: "\n", excl: "!", quot: '"', num: "#", dollar: "$", percnt: "%", amp: "&", apos: "'" },
  ...{ lpar: "(", rpar: ")", ast: "*", plus: "+", comma: ",", period: ".", sol: "/", colon: ":", semi: ";" },
  ...{ lt: "<", equals: "=", gt: ">", quest: "?", commat: "@", lsqb: "[", bsol: "\\", rsqb: "]", hat: "^" },
  ...{ lowbar: "_", grave: "`", lcub: "{", verbar: "|", rcub: "}" },
};

/** JSON pointers: `~0` is `~`, `~1` is `/`. */
function afterTilde(text: string, index: number): Escape | undefined {
  const digit = text.charAt(index);
  return digit === "0" || digit === "1" ? { unit: digit === "0" ? 126 : 47, end: index + 1 } : undefined;
}

function hexadecimal(text: string, index: number, length: number): Escape | undefined {
  let unit = 0;
  for (let place = index; place < index + length; place += 1) {
    const digit = HEXADECIMAL[text.charCodeAt(place)];
    if (digit === undefined) return undefined;
    unit = unit * 16 + digit;
  }
  return { unit, end: index + length };
}

/** Values of hexadecimal digits by their character code. */
const HEXADECIMAL: Readonly<Record<number, number>> = Object.fromEntries(
  [..."0123456789abcdefABCDEF"].map((digit) => [digit.charCodeAt(0), Number.parseInt(digit, 16)]),
);

/** @param expression its first group is hexadecimal, its second decimal */
function numbered(expression: RegExp, text: string, index: number): Escape | undefined {
  const [all, hex, decimal] = matchAt(expression, text, index) ?? [];
  const number = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return all === undefined ? undefined : { unit: unitOf(number), end: index + all.length };
}

function matchAt(expression: RegExp, text: string, index: number): RegExpExecArray | null {
  expression.lastIndex = index;
  return expression.exec(text);
}

/** Returns the UTF-16 unit of a code point; U+FFFD for one that needs two units, as no secret contains it. */
function unitOf(codePoint = 0xfffd): number {
  return codePoint > 0xffff ? 0xfffd : codePoint;
}

/**
 * Maps positions between a layer (inside) and the next outer one (outside). The text is divided into runs, each of which
 * ends with the character that an escape stands for.
 */
class Runs {
  /** Where each run begins, inside and outside. */
  readonly #inside = [0];
  readonly #outside = [0];
  /** The run that was found last: the next search usually finds the same or the following one. */
  #last = 0;

  /** @param from where the escape begins outside @param end where it ends */
  add(from: number, end: number): void {
    const last = this.#inside.length - 1;
    this.#inside.push(from - (this.#outside[last] as number) + (this.#inside[last] as number) + 1);
    this.#outside.push(end);
  }

  /** Maps the position of a character inside, or the end, to the position outside. */
  outside(index: number): number {
    const run = this.#find(this.#inside, index);
    return index - (this.#inside[run] as number) + (this.#outside[run] as number);
  }

  /** Maps a position outside to the position inside; undefined within an escape. */
  inside(place: number): number | undefined {
    const run = this.#find(this.#outside, place);
    const index = place - (this.#outside[run] as number) + (this.#inside[run] as number);
    return index < (this.#inside[run + 1] ?? Number.POSITIVE_INFINITY) ? index : undefined;
  }

  /** Returns the last run that begins at or before a position. */
  #find(starts: readonly number[], place: number): number {
    const last = this.#last;
    if ((starts[last] as number) <= place) {
      // After the last run the start is undefined, for which <= is false, too.
      if (!((starts[last + 1] as number) <= place)) return last;
    }
    const isNext = (starts[last + 1] as number) <= place && !((starts[last + 2] as number) <= place);
    let low = isNext ? last + 1 : 0;
    let high = isNext ? last + 2 : starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] as number) <= place) low = middle;
      else high = middle;
    }
    this.#last = low;
    return low;
  }
}
