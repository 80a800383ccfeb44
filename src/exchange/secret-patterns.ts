import { stringToUint8Array, uint8ArrayToBase64, uint8ArrayToHex } from "uint8array-extras";

/** Each kind of what is taken out has pseudonyms of its own form, so that what was valid stays valid. */
export type Kind = "token" | "portal" | "address";

/**
 * What looks like a secret, whoever's it is: the first group of a match, which ends where the match does.
 *
 * Each begins with a sign or word that its own text cannot have, and looks back from there at most at a name: none reads a
 * run of characters from more than one place. A text that a report cut ends in `…`, and what stands before that is taken
 * for the whole.
 */
export type Pattern = readonly [kind: Kind, expression: RegExp];

/** How the names of headers, parameters and properties end whose value is a secret. */
const SECRET =
  "(?:token|secret|passw(?:or)?d|api[_-]?key|hapikey|signature|credentials?|csrf|(?:access|auth|private|subscription)[_-]key)";

/** Parameters of signed urls and of OAuth, whose names say so only there. */
const PARAMETER =
  "(?:x-(?:amz|goog)-[\\w-]{1,60}|key-pair-id|awsaccesskeyid|policy|expires|sig|hssig|hmac|st|key|code|pwd|jwt|sid|session_?id)";

/** By the name that stands before them. Where they end, the layer says in which the name stands. */
export const NAMED: readonly Pattern[] = [
  // Who logs in stands before a url's host, which stays: with another, the url would lead elsewhere.
  ["token", /:\/\/([^\s/?#"'<>\\]{1,1000})(?=@)/g],
  // In a query or a form; as the query of a url inside JSON or HTML it ends at a quote or a space. Akamai puts ~ for &.
  ["token", new RegExp(`=(?<=(?:^|[?&#~])(?:[\\w.-]{0,60}${SECRET}|${PARAMETER})=)([^&\\s"'<>\\\\#…]+)`, "gi")],
  [
    "token",
    new RegExp(
      `:(?<="[\\w-]{0,60}(?:${SECRET}|authorization)"\\s{0,9}:)\\s{0,9}\\[?\\s{0,9}"([^"\\\\…]*(?:\\\\.[^"\\\\…]*){0,99999})`,
      "gis",
    ),
  ],
];

/** Wherever they stand, as they are read without escapes. */
export const PLAIN: readonly Pattern[] = [
  // A header, as a line by itself.
  ["token", /^[\w-]{0,60}authorization: *(?:\S+ +)?(\S.*)/gi],
  // Under any name; a challenge to log in has parameters after the word.
  ["token", /^(?!(?:www|proxy)-authenticate)[\w-]{1,60}: *Bearer +(\S+)(?=\s*$)/gi],
  // CORS says with a header of such a name whether cookies may be sent.
  ["token", new RegExp(`^(?!access-control-allow-credentials:)[\\w-]{0,60}${SECRET}(?:-v\\d)?: *(\\S.*)`, "gi")],
  // Twenty characters, or a digit among them: "Bearer authentication" is no secret. An address is none of these.
  [
    "token",
    /\bBearer(?: {1,9}|\+)(?:(?=[\w.~+/-]{20}|[a-z.~+/_-]{0,20}\d)((?=([\w.~+/=-]{8,}))\2)(?!@)|[\w.~+/=-]+@)/gi,
  ],
  // JSON Web Tokens, signed or encrypted.
  ["token", /(?<![\w-])(eyJ[\w-]{4,}(?:(?:\.[\w-]*){2,4}|(?:\.[\w-]*)?(?=…)))/g],
  // Private app tokens, whole, masked or cut.
  [
    "token",
    /\b(pat-[a-z]{2,4}\d?-(?:[\da-f]{8}-[\da-f-]{20,}|[\da-f-]{0,40}(?:…|[*•●.x]{3})[\da-f*•●.x…-]{1,80}|[\da-f]{8}-[\da-f-]*(?=…)))/gi,
  ],
  [
    "address",
    /@(?:(?:[\p{L}\p{N}_-]{1,63}\.){1,9}\p{L}[\p{L}\p{N}_-]{1,62}|[\p{L}\p{N}_.-]{0,254}(?=…))(?<=(?<![\p{L}\p{N}_.+-]|:\/\/)([\p{L}\p{N}_.+-]{1,254}@[^@]*))/gu,
  ],
  // The portal stands in the host and the path of a file's url, in those of HubSpot's pages, and under its own name.
  ["portal", /\b(\d{1,20})(?=(?:\.fs\d{0,3})?\.(?:hubspotusercontent|hubspotpreview|hs-sites))/gi],
  ["portal", /\/(?:hubfs|hub|portals?)\/(\d{1,20})\b/gi],
  ["portal", /\.(?:hubspot|hubapi)\.com\/(?:[a-z][a-z-]{0,60}\/){1,2}(\d{1,20})\b/gi],
  ["portal", /(?<!git)(?:portal|hub)[-_]?id"?\s{0,9}[:=]\s{0,9}\[?\s{0,9}"?(\d{1,20})/gi],
];

/** A way in which a whole secret may be written. */
export interface Form {
  readonly secret: string;
  readonly length: number;
  /** Whether this is the secret as it is: no other form is masked in its middle. */
  readonly isPlain: boolean;
}

/** A character of a form. */
export interface Step {
  readonly form: Form;
  /** As `folded` has it. */
  readonly code: number;
  /** How many stand before it in its form. */
  readonly index: number;
  /** Undefined behind the last. */
  readonly next: Step | undefined;
}

/**
 * The secret itself, its bytes in hexadecimal digits, and the three ways in which base64 of a text has them, by how many bytes
 * stand before; each as its characters.
 */
export function formsOf(secret: string): readonly (readonly Step[])[] {
  const bytes = stringToUint8Array(secret);
  const base64 = [0, 1, 2].map((shift) => base64Core(bytes, shift));
  return [secret, uint8ArrayToHex(bytes), ...base64].map((text) => {
    const form = { secret, length: text.length, isPlain: text === secret };
    const steps: Step[] = [];
    for (let index = text.length - 1; index >= 0; index -= 1) {
      steps.push({ form, code: folded(text.charCodeAt(index)), index, next: steps.at(-1) });
    }
    return steps.reverse();
  });
}

/** The part of a text's base64 that no neighbour changes, when `shift` bytes of a group of three stand before it. */
function base64Core(bytes: Uint8Array, shift: number): string {
  const base64 = uint8ArrayToBase64(new Uint8Array([...new Uint8Array(shift), ...bytes]));
  return base64.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}

/** Letters in lower case, and the two signs of base64 as in its other alphabet. @param unit a UTF-16 unit */
export function folded(unit: number): number {
  if (unit >= 65 && unit <= 90) return unit + 32;
  return unit === 45 ? 43 : unit === 95 ? 47 : unit;
}

/** What nobody sees between two characters: the NULs of UTF-16 read as bytes, the line ends of MIME's base64. */
export function isBlank(unit: number): boolean {
  return unit <= 32 || (unit >= 127 && /[\p{Cc}\p{Cf}\p{Z}]/u.test(String.fromCharCode(unit)));
}

/** Steps by their code. */
export type StepsByCode = ReadonlyMap<number, readonly Step[]>;

export function byCode(steps: readonly Step[]): StepsByCode {
  const codes = [...new Set(steps.map(({ code }) => code))];
  return new Map(codes.map((code) => [code, steps.filter((step) => step.code === code)]));
}
