/** Texts and values of some size that cost a careless reader the square of it, or its stack. */

const repeated = (piece) => (size) => piece.repeat(Math.ceil(size / piece.length)).slice(0, size);

/** Nested as deep as fits. */
const nested = (size) => `${"[".repeat(size / 2)}${"]".repeat(size / 2)}`;

/** Each gives the text of so many characters. */
export const TEXTS = {
  backslashes: repeated("\\"),
  "escaped quotes": repeated('\\"'),
  bearers: repeated("Bearer a "),
  "bearers without spaces": repeated("Bearer"),
  slashes: repeated("/"),
  "slashes and a word": (size) => `${repeated("/files//v3/")(size - 1)}x`,
  spaces: repeated(" "),
  "percent signs": repeated("%25"),
  "percent escapes": repeated("%2525"),
  "unicode escapes": repeated("\\u0041"),
  entities: repeated("&amp;"),
  "entities of entities": repeated("&amp;amp;"),
  digits: repeated("1"),
  colons: repeated(":"),
  "an address's colons": (size) => `https://${repeated(":")(size - 8)}`,
  "an address's digits": (size) => `https://a:${repeated("1")(size - 11)}x`,
  "at signs": repeated("a@"),
  dots: repeated("a."),
  hyphens: repeated("a-"),
  base64: repeated("QmVhcmVyIGFhYWFhYWFhYWFh"),
  "base64 in lines": repeated("QmVhcmVyIGFhYWFhYWFhYWFh\r\n"),
  "tokens in lines": repeated("pat-na1-\n"),
  queries: repeated("?token=a&"),
  assignments: repeated('"token":'),
  "line ends": repeated("\n"),
  nulls: repeated("\u0000"),
  "marks of direction": repeated("\u202e"),
  "half characters": repeated("\ud83d"),
  hyphenated: repeated("5b1c0e9d-7a34-4f6e-"),
  brackets: nested,
};

const listOf = (count, make) => Array.from({ length: count }, (_, index) => make(index));

/** Each gives a JSON value whose text has about so many characters. */
const VALUES = {
  "many keys": (size) => Object.fromEntries(listOf(size / 20, (index) => [`key-${index}`, index])),
  "many keys of one": (size) => Object.fromEntries(listOf(size / 20, (index) => [`${index}`, {}])),
  "a long list": (size) => listOf(size / 3, () => 1),
  "a list of errors": (size) => listOf(size / 60, (index) => ({ status: "error", category: index, message: null })),
  "a list of empty objects": (size) => listOf(size / 3, () => ({})),
  "a long number": (size) => ({ toJSON: () => JSON.rawJSON?.(repeated("9")(size)) ?? Number.MAX_VALUE }),
  "links to itself": (size) => listOf(size / 40, () => ({ links: { status: "https://a.example/x" } })),
};

/** All of them, each as what makes a value of a size. */
export const SHAPES = { ...TEXTS, ...VALUES };
