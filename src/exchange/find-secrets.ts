import { byCode, type Form, foldCase, formsOf, isBlank, type Step, type StepsByCode } from "./secret-patterns.js";
import { beginsEscape, escapeAt, type Layer, type Layers, layersOf } from "./text-layers.js";

/** The position of a secret in the outermost layer: from its first character to before `to`. */
interface Found {
  readonly from: number;
  readonly to: number;
  readonly secret: string;
}

/**
 * Finds secrets in every form in which a server may return them: in upper or lower case; with any character escaped, in any
 * layer; with white space or invisible characters in between; in hexadecimal; within base64 of a longer text. Also finds
 * the rest of a secret that was cut off, or masked in its middle.
 *
 * Reads the text once and keeps track of all secrets that have matched up to the current position.
 *
 * @param secrets printable ASCII; other secrets are found only as they are
 * @returns a function that finds them in a text, given as its layers
 * @see docs/verify.md#what-is-taken-out
 * @example createFinder(["open-sesame"])(layersOf("?key=Open%2dSesame")); // [{ from: 5, to: 18, secret: "open-sesame" }]
 */
export function createFinder(secrets: readonly string[]): (layers: Layers) => readonly Found[] {
  const forms = secrets.flatMap(formsOf);
  if (forms.length === 0) return () => NONE;
  const beginnings = beginningsOf(forms.flatMap(([first]) => first ?? []));
  const endings = byCode(forms.flat().filter(mayFollowMask));
  return (layers) => search(layers, beginnings, endings);
}

/** A partial match: the beginning of a secret was read. */
interface PartialMatch {
  /** The character that has to come next. */
  readonly step: Step;
  readonly from: number;
  /** Where the last matched character ends. */
  readonly to: number;
  /** Whether its beginning is masked. */
  readonly isEnding: boolean;
}

function search(layers: Layers, beginnings: Beginnings, endings: StepsByCode): readonly Found[] {
  const [{ text }] = layers;
  const innermost = layers.at(-1) ?? layers[0];
  const isMasked = MASKING.test(innermost.text);
  // Most texts have nothing where a secret could begin.
  if (!isMasked && beginnings.next(text, 0, text.length) === text.length) return NONE;
  const masks = isMasked ? masksIn(innermost) : NONE.values();
  let mask = masks.next().value;
  const charactersAt = createReader(layers);
  const waiting = new Map<number, PartialMatch[]>();
  const found: Found[] = [];
  const latest = new Map<Form, Found>();

  function wait(path: PartialMatch, place: number): void {
    const paths = waiting.get(place);
    if (paths === undefined) waiting.set(place, [path]);
    else paths.push(path);
  }

  function advance({ step, from, isEnding }: PartialMatch, to: number): void {
    const one = { from, to, secret: step.form.secret };
    if (step.next !== undefined) {
      wait({ step: step.next, from, to, isEnding }, to);
    } else {
      latest.set(step.form, one);
      found.push(one);
    }
  }

  /** Whether a partial match begins within a complete match of the same secret, as happens if the secret repeats itself. */
  function isInside({ step, from }: PartialMatch): boolean {
    const last = latest.get(step.form);
    return last !== undefined && last.from < from && from < last.to;
  }

  let hidden = 0;
  for (let here = 0; here <= text.length; here += 1) {
    if (waiting.size === 0) here = beginnings.next(text, here, nextStop(mask, here, text.length));
    const isMaskStart = here === mask?.from;
    const isMaskEnd = here === mask?.to;
    const paths = waiting.get(here) ?? NONE;
    const characters = charactersAt(here, paths.length > 0);
    waiting.delete(here);
    if (isMaskStart) hidden = Math.min(mask?.core ?? here, ...paths.filter(isShown).map(({ from }) => from));
    // An escape that can be read in two ways leads to the same step twice.
    for (const path of paths.length > 1 ? distinct(paths) : paths) {
      if (isInside(path)) continue;
      let isOver = true;
      for (const { unit, end } of characters) {
        if (foldCase(unit) === path.step.code) advance(path, end);
        else if (isBlank(unit)) wait(path, end);
        else continue;
        isOver = false;
      }
      if (isOver || isMaskStart) found.push(...cutAt(here, path, text, isMaskStart));
    }
    for (const { unit, end } of characters) {
      const code = foldCase(unit);
      for (const step of beginnings.steps(code)) advance({ step, from: here, to: here, isEnding: false }, end);
      if (!isMaskEnd) continue;
      for (const step of endings.get(code) ?? NONE) advance({ step, from: hidden, to: here, isEnding: true }, end);
    }
    if (isMaskEnd) mask = masks.next().value;
  }
  return found;
}

const NONE: readonly never[] = [];

/** Returns the next position that has to be visited even without a partial match: a mask's start or end, or the end. */
function nextStop(mask: Mask | undefined, here: number, end: number): number {
  if (mask === undefined) return end;
  return here <= mask.from ? mask.from : mask.to;
}

function distinct(paths: readonly PartialMatch[]): readonly PartialMatch[] {
  const steps = new Set<Step>();
  return paths.filter(({ step }) => !steps.has(step) && steps.add(step));
}

/** A possible reading of a character: its UTF-16 unit, and where it ends. */
interface Character {
  readonly unit: number;
  readonly end: number;
}

/**
 * Returns all readings of the character at a position of the outermost layer: as it is, and for each layer as the escape
 * that begins there. Positions have to be passed in ascending order.
 */
function createReader(layers: Layers): (here: number, isGoingOn: boolean) => readonly Character[] {
  const [{ text }] = layers;
  return (here, isGoingOn) => {
    if (here === text.length) return NONE;
    const unit = text.charCodeAt(here);
    const characters = [{ unit, end: here + 1 }];
    if (!beginsEscape(unit)) return characters;
    let place: number | undefined = here;
    for (const layer of layers) {
      if (layer.runs !== undefined && place !== undefined) place = layer.runs.inside(place);
      const found = place === undefined ? undefined : escapeAt(layer.text, place);
      if (found) characters.push({ unit: found.unit, end: layer.at(found.end) });
    }
    // A backslash that belongs to the secret hides the escape after it, so that escape is also read separately.
    const isWithin = place === undefined;
    const own = isWithin && isGoingOn ? layersOf(text.slice(here, here + MAX_ESCAPE)).slice(1) : NONE;
    return [...characters, ...own.map((layer) => ({ unit: layer.text.charCodeAt(0), end: here + layer.at(1) }))];
  };
}

/** The length of the longest HTML escape in five layers. */
const MAX_ESCAPE = 40;

/** Masked secrets often show their last four characters, and seldom fewer. */
const SHOWN = 4;

function mayFollowMask({ form, index }: Step): boolean {
  return form.isPlain && index > 0 && form.length - index >= SHOWN;
}

function isShown({ step, isEnding }: PartialMatch): boolean {
  return step.form.isPlain && step.index >= SHOWN && !isEnding;
}

/** At least three of the same sign, or an ellipsis, with the surrounding brackets or separators. */
const MASK = /([-_. ([{<]{0,2})(?:…|([*•●·#.x])\2\2)[-*•●·#.x…]*[-_ )\]}>]?/gi;

/** The signs that every mask has. Most texts have none, and for them matchAll would copy an expression in vain. */
const MASKING = /…|([*•●·#.x])\1\1/i;

/** Yields the masks of a text in their order. */
function* masksIn({ text, at }: Layer): Generator<Mask, undefined> {
  for (const { 0: found, 1: lead = "", index } of text.matchAll(MASK)) {
    yield { from: at(index), core: at(index + lead.length), to: at(index + found.length) };
  }
}

interface Mask {
  readonly from: number;
  /** Where it begins without its leading bracket or separator, which may belong to the text before. */
  readonly core: number;
  readonly to: number;
}

/** The beginning of a cut escape, and the end of the text or an ellipsis. */
const CUT = /((?:[\\%&][^\s…]{0,11})?)(…|$)/y;

/** Finds a secret that is cut off here. Reports mark a cut by `…`; at the end of a text a few letters prove nothing. */
function cutAt(
  here: number,
  { step, from, to, isEnding }: PartialMatch,
  text: string,
  isMasked: boolean,
): readonly Found[] {
  const { index: known, form } = step;
  if (isEnding || known < Math.max(SHOWN, form.length / 4)) return NONE;
  CUT.lastIndex = here;
  const [, rest = "", sign] = CUT.exec(text) ?? [];
  const isCut = isMasked || sign === "…" || (sign === "" && known >= Math.max(8, form.length / 2));
  return isCut ? [{ from, to: here === to ? to + rest.length : to, secret: form.secret }] : NONE;
}

/** The characters with which the secrets' forms begin. */
interface Beginnings {
  /** Returns the first steps whose character has this code. */
  readonly steps: (code: number) => readonly Step[];
  /** Returns the first position from `here` to before `stop` where a form may begin; else `stop`. */
  readonly next: (text: string, here: number, stop: number) => number;
}

/**
 * Looks at two characters: the first letter alone occurs too often, and each occurrence would start a partial match.
 * This way a page of 2.4 MB is searched in 24 ms in place of 109.
 */
function beginningsOf(first: readonly Step[]): Beginnings {
  const known = byCode(first);
  const kinds = new Uint8Array(ASCII);
  const pairs = new Uint8Array(ASCII * ASCII);
  for (let unit = 0; unit < ASCII; unit += 1) {
    const steps = known.get(foldCase(unit));
    kinds[unit] = beginsEscape(unit) ? ESCAPE : steps ? BEGINNING : NOTHING;
    for (let second = 0; steps && second < ASCII; second += 1) {
      pairs[unit * ASCII + second] = Number(mayFollow(steps, second));
    }
  }

  function mayBeginForm(text: string, here: number): boolean {
    const unit = text.charCodeAt(here);
    const kind = unit < ASCII ? kinds[unit] : known.has(unit) ? BEGINNING : NOTHING;
    if (kind === NOTHING) return false;
    if (kind === ESCAPE) return known.has(foldCase(unit)) || mayBeRead(text, here);
    let place = here + 1;
    while (isBlank(text.charCodeAt(place))) place += 1;
    const second = text.charCodeAt(place);
    // After the last character `second` is NaN, which is not less than ASCII.
    return unit < ASCII && second < ASCII ? pairs[unit * ASCII + second] === 1 : true;
  }

  /** Whether an escape may stand for the first character of a form, or for the sign of an inner escape. */
  function mayBeRead(text: string, here: number): boolean {
    const found = escapeAt(text, here);
    return found === undefined || beginsEscape(found.unit) || known.has(foldCase(found.unit));
  }

  return {
    steps: (code) => known.get(code) ?? NONE,
    next(text, here, stop) {
      let place = here;
      while (place < stop && !mayBeginForm(text, place)) place += 1;
      return place;
    },
  };
}
const ASCII = 128;
const [NOTHING, BEGINNING, ESCAPE] = [0, 1, 2];

/** Whether a character may follow one of the first steps, after any blanks. */
function mayFollow(first: readonly Step[], second: number): boolean {
  return beginsEscape(second) || first.some(({ next }) => next?.code === foldCase(second));
}
