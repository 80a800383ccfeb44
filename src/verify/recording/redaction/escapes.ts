/** A text as it is read after some layers of escapes, with where each of its characters stands in the text as it is. */
export interface Layer {
  readonly text: string;
  /** The place in the text as it is; of the layer's length, the text's. */
  readonly at: (index: number) => number;
}

/** The outermost is the text as it is. */
export type Layers = readonly [outermost: Layer, ...rest: Layer[]];

/** A link in a query in JSON in a page is four layers deep. What is deeper nobody reads. */
const MAX_LAYERS = 5;

const ESCAPE =
  /\\(?:u[0-9a-fA-F]{4}|["\\/bfnrt])|%(?:[0-7][0-9a-fA-F]|[c-fC-F][0-9a-fA-F](?:%[89abAB][0-9a-fA-F]){1,3})|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|quot|apos|lt|gt|commat|equals);/g;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  quot: '"',
  apos: "'",
  lt: "<",
  gt: ">",
  commat: "@",
  equals: "=",
};

/**
 * A text, then the same without its escapes - of JSON, of urls and of HTML - and so on, until there are none.
 *
 * @example layersOf("a%2540b").map(({ text }) => text); // ["a%2540b", "a%40b", "a@b"]
 */
export function layersOf(text: string): Layers {
  const layers: [Layer, ...Layer[]] = [{ text, at: (index) => index }];
  let outer = layers[0];
  while (layers.length < MAX_LAYERS) {
    const inner = withoutEscapes(outer);
    if (inner.text === outer.text) break;
    layers.push(inner);
    outer = inner;
  }
  return layers;
}

function withoutEscapes({ text, at }: Layer): Layer {
  const parts: string[] = [];
  const starts = new Uint32Array(text.length + 1);
  let length = 0;
  let end = 0;
  const readTo = (index: number) => {
    parts.push(text.slice(end, index));
    for (; end < index; end += 1) starts[length++] = end;
  };
  for (const { 0: found, index } of text.matchAll(ESCAPE)) {
    readTo(index);
    const meaning = meaningOf(found);
    parts.push(meaning);
    starts.fill(index, length, length + meaning.length);
    length += meaning.length;
    end = index + found.length;
  }
  readTo(text.length);
  starts[length] = text.length;
  return { text: parts.join(""), at: (index) => at(starts[index] as number) };
}

function meaningOf(found: string): string {
  if (found.startsWith("\\")) return JSON.parse(`"${found}"`) as string;
  if (found.startsWith("&#")) return characterOf(/x/i.test(found) ? `0${found.slice(2, -1)}` : found.slice(2, -1));
  if (found.startsWith("&")) return ENTITIES[found.slice(1, -1)] ?? found;
  try {
    return decodeURIComponent(found);
  } catch {
    return found;
  }
}

function characterOf(number: string): string {
  const code = Number(number);
  return code <= 0x10ffff ? String.fromCodePoint(code) : "\uFFFD";
}
