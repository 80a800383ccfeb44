import { byCode, type Form, folded, formsOf, isBlank, type Step, type StepsByCode } from "./secret-patterns.js";
import { beginsEscape, escapeAt, type Layer, type Layers, layersOf } from "./text-layers.js";

/** Where a secret stands in the outermost layer: its first character, and the one after its last. */
interface Found {
  readonly from: number;
  readonly to: number;
  readonly secret: string;
}

/**
 * Finds secrets however a server may give them back: in either letter case; each character as it is or escaped, in any of
 * the layers; with white space or invisible characters between; in hexadecimal digits; in base64 of whatever stands around.
 * Also what is left of one that was cut, or masked in its middle.
 *
 * Goes through the text once, with all secrets of which a part stands before the place that it has come to.
 *
 * @param secrets printable ASCII; of others only the plain spelling is found
 * @returns what finds them in a text, which comes as its layers
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

/** A secret of which a part is read. */
interface Path {
  /** What comes next. */
  readonly step: Step;
  readonly from: number;
  /** Where the last character of it that is read ends. */
  readonly to: number;
  /** Whether a mask stands for its beginning. */
  readonly isEnding: boolean;
}

function search(layers: Layers, beginnings: Beginnings, endings: StepsByCode): readonly Found[] {
  const [{ text }] = layers;
  const charactersAt = readerOf(layers);
  const masks = masksIn(layers.at(-1) ?? layers[0]);
  const waiting = new Map<number, Path[]>();
  const found: Found[] = [];
  const latest = new Map<Form, Found>();

  function wait(path: Path, place: number): void {
    const paths = waiting.get(place);
    if (paths === undefined) waiting.set(place, [path]);
    else paths.push(path);
  }

  function goOn({ step, from, isEnding }: Path, to: number): void {
    const one = { from, to, secret: step.form.secret };
    if (step.next !== undefined) {
      wait({ step: step.next, from, to, isEnding }, to);
    } else {
      latest.set(step.form, one);
      found.push(one);
    }
  }

  /** In a secret that repeats itself another begins: it is part of the first. */
  function isInside({ step, from }: Path): boolean {
    const last = latest.get(step.form);
    return last !== undefined && last.from < from && from < last.to;
  }

  let mask = masks.next().value;
  let hidden = 0;
  for (let here = 0; here <= text.length; here += 1) {
    if (waiting.size === 0) here = beginnings.next(text, here, nextStop(mask, here, text.length));
    const isMaskStart = here === mask?.from;
    const isMaskEnd = here === mask?.to;
    const paths = waiting.get(here) ?? NONE;
    const characters = charactersAt(here, paths.length > 0);
    waiting.delete(here);
    if (isMaskStart) hidden = Math.min(mask?.core ?? here, ...paths.filter(isShown).map(({ from }) => from));
    // An escape that can be read in two ways comes to one step twice.
    for (const path of paths.length > 1 ? distinct(paths) : paths) {
      if (isInside(path)) continue;
      let isOver = true;
      for (const { unit, end } of characters) {
        if (folded(unit) === path.step.code) goOn(path, end);
        else if (isBlank(unit)) wait(path, end);
        else continue;
        isOver = false;
      }
      if (isOver || isMaskStart) found.push(...cutAt(here, path, text, isMaskStart));
    }
    for (const { unit, end } of characters) {
      const code = folded(unit);
      for (const step of beginnings.steps(code)) goOn({ step, from: here, to: here, isEnding: false }, end);
      if (!isMaskEnd) continue;
      for (const step of endings.get(code) ?? NONE) goOn({ step, from: hidden, to: here, isEnding: true }, end);
    }
    if (isMaskEnd) mask = masks.next().value;
  }
  return found;
}

const NONE: readonly never[] = [];

/** Where something happens even if no secret is begun. */
function nextStop(mask: Mask | undefined, here: number, end: number): number {
  if (mask === undefined) return end;
  return here <= mask.from ? mask.from : mask.to;
}

function distinct(paths: readonly Path[]): readonly Path[] {
  const steps = new Set<Step>();
  return paths.filter(({ step }) => !steps.has(step) && steps.add(step));
}

/** A character as it may be read: one UTF-16 unit, and where it ends. */
interface Character {
  readonly unit: number;
  readonly end: number;
}

/**
 * All ways to read what begins at a place of the outermost layer: as it is, and as the escape that begins there in any layer.
 * The places have to be asked for in their order.
 */
function readerOf(layers: Layers): (here: number, isGoingOn: boolean) => readonly Character[] {
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
    // A backslash that is the secret's own makes an escape of the one that begins behind it: that is read by itself, too.
    const isWithin = place === undefined;
    const own = isWithin && isGoingOn ? layersOf(text.slice(here, here + MAX_ESCAPE)).slice(1) : NONE;
    return [...characters, ...own.map((layer) => ({ unit: layer.text.charCodeAt(0), end: here + layer.at(1) }))];
  };
}

/** Five layers of HTML's longest. */
const MAX_ESCAPE = 40;

/** Of a secret that is masked, the last four characters are often shown, and seldom fewer. */
const SHOWN = 4;

function mayFollowMask({ form, index }: Step): boolean {
  return form.isPlain && index > 0 && form.length - index >= SHOWN;
}

function isShown({ step, isEnding }: Path): boolean {
  return step.form.isPlain && step.index >= SHOWN && !isEnding;
}

/** Three of a sign at least, or an ellipsis, with the brackets or the separator around. */
const MASK = /([-_. ([{<]{0,2})(?:…|([*•●·#.x])\2\2)[-*•●·#.x…]*[-_ )\]}>]?/gi;

/** What stands for the middle of something, in a text's order. */
function* masksIn({ text, at }: Layer): Generator<Mask, undefined> {
  for (const { 0: found, 1: lead = "", index } of text.matchAll(MASK)) {
    yield { from: at(index), core: at(index + lead.length), to: at(index + found.length) };
  }
}

interface Mask {
  readonly from: number;
  /** Where it begins without a bracket or separator, which may be part of the text before. */
  readonly core: number;
  readonly to: number;
}

/** What is left of an escape, and the end. */
const CUT = /((?:[\\%&][^\s…]{0,11})?)(…|$)/y;

/** A report ends a text that it cuts in `…`. Other cuts only end, and there a few letters prove nothing. */
function cutAt(here: number, { step, from, to, isEnding }: Path, text: string, isMasked: boolean): readonly Found[] {
  const { index: known, form } = step;
  if (isEnding || known < Math.max(SHOWN, form.length / 4)) return NONE;
  CUT.lastIndex = here;
  const [, rest = "", sign] = CUT.exec(text) ?? [];
  const isCut = isMasked || sign === "…" || (sign === "" && known >= Math.max(8, form.length / 2));
  return isCut ? [{ from, to: here === to ? to + rest.length : to, secret: form.secret }] : NONE;
}

/** With which characters the searched forms begin. */
interface Beginnings {
  /** The first steps whose character has a code. */
  readonly steps: (code: number) => readonly Step[];
  /** The first place from `here` on, before `stop`, where one may begin; else `stop`. */
  readonly next: (text: string, here: number, stop: number) => number;
}

/**
 * Looks at two characters: the first letter of a secret stands everywhere, and a path that ends behind it finds nothing. With
 * this, a page of 2.4 MB is searched in 24 ms in place of 109.
 */
function beginningsOf(first: readonly Step[]): Beginnings {
  const known = byCode(first);
  const kinds = new Uint8Array(ASCII);
  const pairs = new Uint8Array(ASCII * ASCII);
  for (let unit = 0; unit < ASCII; unit += 1) {
    const steps = known.get(folded(unit));
    kinds[unit] = beginsEscape(unit) ? ESCAPE : steps ? BEGINNING : NOTHING;
    for (let second = 0; steps && second < ASCII; second += 1) {
      pairs[unit * ASCII + second] = Number(goesOn(steps, second));
    }
  }

  function mayBegin(text: string, here: number): boolean {
    const unit = text.charCodeAt(here);
    const kind = unit < ASCII ? kinds[unit] : known.has(unit) ? BEGINNING : NOTHING;
    if (kind === NOTHING) return false;
    if (kind === ESCAPE) return known.has(folded(unit)) || mayBeRead(text, here);
    const second = text.charCodeAt(here + 1);
    // Behind the last character there is none, which no number is less than.
    return unit < ASCII && second < ASCII ? pairs[unit * ASCII + second] === 1 : true;
  }

  /** Whether an escape may stand for a beginning. What it stands for is no other escape's sign, in most texts. */
  function mayBeRead(text: string, here: number): boolean {
    const found = escapeAt(text, here);
    return found === undefined || beginsEscape(found.unit) || known.has(folded(found.unit));
  }

  return {
    steps: (code) => known.get(code) ?? NO_STEPS,
    next(text, here, stop) {
      let place = here;
      while (place < stop && !mayBegin(text, place)) place += 1;
      return place;
    },
  };
}

const NO_STEPS: readonly never[] = [];
const ASCII = 128;
const [NOTHING, BEGINNING, ESCAPE] = [0, 1, 2];

/** Whether a second character may follow one of the first. */
function goesOn(first: readonly Step[], second: number): boolean {
  return isBlank(second) || beginsEscape(second) || first.some(({ next }) => next?.code === folded(second));
}
