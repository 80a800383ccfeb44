import { stringToUint8Array, uint8ArrayToBase64, uint8ArrayToHex } from "uint8array-extras";
import { beginsEscape, readingsAt } from "./readings.js";

/** A part of a text: its first character, and the one after its last. */
export type Range = readonly [from: number, to: number];

/**
 * Finds a secret however a server may give it back: in either letter case; each of its characters as JSON, JavaScript, a
 * url or HTML may write it, escaped once or several times; in hexadecimal digits; in base64 of whatever stands around it.
 * Also what is left of one where a text was cut.
 *
 * @param secret printable ASCII; of others only the plain spelling is found
 * @returns the ranges of a text, in its order
 * @example createFinder("open-sesame")("?key=Open%2dSesame"); // [[5, 18]]
 */
export function createFinder(secret: string): (text: string) => readonly Range[] {
  const bytes = stringToUint8Array(secret);
  const forms = [secret, uint8ArrayToHex(bytes), ...[0, 1, 2].map((shift) => base64Core(bytes, shift))].map(codesOf);
  const firsts = new Set(forms.map(([first]) => first));
  return (text) => {
    const found: Range[] = [];
    for (let from = 0; from < text.length; ) {
      // Most characters begin nothing that is searched for: twice as fast on the contract's text.
      const mayBegin = firsts.has(folded(text.charCodeAt(from))) || beginsEscape(text, from);
      const to = mayBegin ? endOfAny(forms, text, from) : undefined;
      if (to !== undefined) found.push([from, to]);
      from = to ?? from + 1;
    }
    return found;
  };
}

/** The part of a text's base64 that no neighbour changes, when `shift` bytes of a group of three stand before it. */
function base64Core(bytes: Uint8Array, shift: number): string {
  const base64 = uint8ArrayToBase64(new Uint8Array([...new Uint8Array(shift), ...bytes]));
  return base64.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}

type Codes = readonly number[];

function codesOf(form: string): Codes {
  return Array.from({ length: form.length }, (_, index) => folded(form.charCodeAt(index)));
}

/** Letters in lower case, and the two signs of base64 as in its other alphabet. */
function folded(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  return code === 45 ? 43 : code === 95 ? 47 : code;
}

function endOfAny(forms: readonly Codes[], text: string, from: number): number | undefined {
  const firsts = readingsAt(text, from).map(({ code }) => folded(code));
  for (const form of forms) {
    const end = firsts.includes(form[0] as number) ? endOf(form, text, from) : undefined;
    if (end !== undefined) return end;
  }
  return undefined;
}

/** Where a form ends that begins at a place. An escape can often be read in several ways: then it goes on at several. */
function endOf(form: Codes, text: string, from: number): number | undefined {
  let known = 0;
  // Most texts have no escapes: 30 times as fast as going through the places.
  while (
    known < form.length &&
    form[known] === folded(text.charCodeAt(from + known)) &&
    !beginsEscape(text, from + known)
  ) {
    known += 1;
  }
  let places: readonly number[] = [from + known];
  for (; known < form.length; known += 1) {
    const next = places.flatMap((place) =>
      readingsAt(text, place).flatMap(({ code, end }) => (folded(code) === form[known] ? [end] : [])),
    );
    if (next.length === 0) return endOfCut(text, places, { known, length: form.length });
    places = [...new Set(next)];
  }
  return Math.max(...places);
}

/** A report ends a text that it cuts in `…`. Other cuts only end, and there a few letters prove nothing. */
function endOfCut(
  text: string,
  places: readonly number[],
  { known, length }: { readonly known: number; readonly length: number },
): number | undefined {
  if (known < Math.max(4, length / 4)) return undefined;
  for (const place of places) {
    CUT.lastIndex = place;
    const cut = CUT.exec(text);
    if (cut && (cut[2] === "…" || known >= Math.max(8, length / 2))) return place + (cut[1] ?? "").length;
  }
  return undefined;
}

/** What is left of an escape, and the end. */
const CUT = /((?:[\\%&][^\s…]{0,11})?)(…|$)/y;
