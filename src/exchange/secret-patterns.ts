import { stringToUint8Array, uint8ArrayToBase64, uint8ArrayToHex } from "uint8array-extras";

/** A kind of secret. Each has its own form of pseudonyms, so that valid values stay valid. */
export type Kind = "token" | "portal" | "address";

/**
 * Matches what looks like a secret: the first group of a match, which ends where the match does.
 *
 * To stay linear, each expression begins with a sign or word that the secret itself cannot contain, and looks back from
 * there at most at a name. A text that a report cut ends in `…`; the part before it counts as the whole secret.
 *
 * A text without the sign has no match; looking for the sign is far cheaper.
 */
export type Pattern = readonly [kind: Kind, expression: RegExp, sign?: string];

/** Endings of the names of headers, parameters and properties whose values are secrets. */
const SECRET =
  "(?:token|secret|passw(?:or)?d|api[_-]?key|hapikey|signature|credentials?|csrf|(?:access|auth|private|subscription)[_-]key)";

/** Parameters of signed URLs and of OAuth. Elsewhere these names are too general. */
const PARAMETER =
  "(?:x-(?:amz|goog)-[\\w-]{1,60}|key-pair-id|awsaccesskeyid|policy|expires|sig|hssig|hmac|st|key|code|pwd|jwt|sid|session_?id)";

/** Secrets that follow a name. They are searched in each layer: the layer of the name decides where the value ends. */
export const NAMED: readonly Pattern[] = [
  // The credentials before a URL's host; the host itself stays.
  ["token", /:\/\/([^\s/?#"'<>\\]{1,1000})(?=@)/g, "@"],
  // In a query or a form. In a URL within JSON or HTML, a quote or a space ends the value. Akamai uses ~ in place of &.
  ["token", new RegExp(`=(?<=(?:^|[?&#~])(?:[\\w.-]{0,60}${SECRET}|${PARAMETER})=)([^&\\s"'<>\\\\#…]+)`, "gi"), "="],
  [
    "token",
    new RegExp(
      `:(?<="[\\w-]{0,60}(?:${SECRET}|authorization)"\\s{0,9}:)\\s{0,9}\\[?\\s{0,9}"([^"\\\\…]*(?:\\\\.[^"\\\\…]*){0,99999})`,
      "gis",
    ),
    '"',
  ],
];

/** Secrets that are recognized anywhere, in the text with all escapes resolved. */
export const PLAIN: readonly Pattern[] = [
  // A header as a line.
  ["token", /^[\w-]{0,60}authorization: *(?:\S+ +)?(\S.*)/gi],
  // In a header of any name. In a challenge such as WWW-Authenticate, parameters follow the word.
  ["token", /^(?!(?:www|proxy)-authenticate)[\w-]{1,60}: *Bearer +(\S+)(?=\s*$)/gi],
  // The excepted CORS header, whose name ends the same, has no secret.
  ["token", new RegExp(`^(?!access-control-allow-credentials:)[\\w-]{0,60}${SECRET}(?:-v\\d)?: *(\\S.*)`, "gi")],
  // At least twenty characters, or a digit among them: "Bearer authentication" is not a secret, nor is an address.
  [
    "token",
    /\bBearer(?: {1,9}|\+)(?:(?=[\w.~+/-]{20}|[a-z.~+/_-]{0,20}\d)((?=([\w.~+/=-]{8,}))\2)(?!@)|[\w.~+/=-]+@)/gi,
  ],
  // JSON Web Tokens, signed or encrypted.
  ["token", /(?<![\w-])(eyJ[\w-]{4,}(?:(?:\.[\w-]*){2,4}|(?:\.[\w-]*)?(?=…)))/g, "eyJ"],
  // Private app tokens: complete, masked or cut.
  [
    "token",
    /\b(pat-[a-z]{2,4}\d?-(?:[\da-f]{8}-[\da-f-]{20,}|[\da-f-]{0,40}(?:…|[*•●.x]{3})[\da-f*•●.x…-]{1,80}|[\da-f]{8}-[\da-f-]*(?=…)))/gi,
  ],
  // Service keys: the same, but which characters follow the region is not published.
  ["token", /\b(hsk-[a-z]{2,4}\d?-(?:[\w-]{0,80}(?:…|[*•●.]{3}|x{3})[\w*•●.…-]{1,80}|[\w-]{12,}|[\w-]{4,}(?=…)))/gi],
  [
    "address",
    /@(?:(?:[\p{L}\p{N}_-]{1,63}\.){1,9}\p{L}[\p{L}\p{N}_-]{1,62}|[\p{L}\p{N}_.-]{0,254}(?=…))(?<=(?<![\p{L}\p{N}_.+-]|:\/\/)([\p{L}\p{N}_.+-]{1,254}@[^@]*))/gu,
    "@",
  ],
];

/** A sign of a portal id, which most texts have not. */
export const PORTAL_SIGN = /\.h(?:ub|s-)|\/(?:hub|portal)|(?:hub|portal)[-_]?id/i;

/** Portal ids, in the text with all escapes resolved. */
export const PORTAL: readonly Pattern[] = [
  // The portal id is in the host and path of a file's URL, in URLs of HubSpot's pages, and in properties of its name.
  ["portal", /\b(\d{1,20})(?=(?:\.fs\d{0,3})?\.(?:hubspotusercontent|hubspotpreview|hs-sites))/gi],
  ["portal", /\/(?:hubfs|hub|portals?)\/(\d{1,20})\b/gi],
  // A dated version of the API, such as /files/2026-03/, is no portal id: without it, a recording could not be judged.
  ["portal", /\.(?:hubspot|hubapi)\.com\/(?:[a-z][a-z-]{0,60}\/){1,2}(?!\d{4}-\d\d\b)(\d{1,20})\b/gi],
  ["portal", /(?<!git)(?:portal|hub)[-_]?id"?\s{0,9}[:=]\s{0,9}\[?\s{0,9}"?(\d{1,20})/gi],
];

/** A form in which a secret may be written. */
export interface Form {
  readonly secret: string;
  readonly length: number;
  /** Whether this is the secret itself: only this form is searched for with a masked middle. */
  readonly isPlain: boolean;
}

/** A character of a form. */
export interface Step {
  readonly form: Form;
  /** As `folded` returns it. */
  readonly code: number;
  /** Its position in the form. */
  readonly index: number;
  /** Undefined for the last character. */
  readonly next: Step | undefined;
}

/**
 * Returns the forms of a secret as their characters: the secret itself, its bytes in hexadecimal, and its three forms
 * within base64, which depend on the number of bytes before it.
 */
export function formsOf(secret: string): readonly (readonly Step[])[] {
  const bytes = stringToUint8Array(secret);
  const base64 = [0, 1, 2].map((shift) => base64Core(bytes, shift));
  return [secret, uint8ArrayToHex(bytes), ...base64].map((text) => {
    const form = { secret, length: text.length, isPlain: text === secret };
    const steps: Step[] = [];
    for (let index = text.length - 1; index >= 0; index -= 1) {
      steps.push({ form, code: foldCase(text.charCodeAt(index)), index, next: steps.at(-1) });
    }
    return steps.reverse();
  });
}

/** Returns the part of base64 that is independent of adjacent bytes, if `shift` bytes of a group of three come before. */
function base64Core(bytes: Uint8Array, shift: number): string {
  const base64 = uint8ArrayToBase64(new Uint8Array([...new Uint8Array(shift), ...bytes]));
  return base64.slice(Math.ceil((shift * 8) / 6), Math.floor(((shift + bytes.length) * 8) / 6));
}

/** Folds letters to lower case, and base64url's `-` and `_` to `+` and `/`. @param unit a UTF-16 unit */
export function foldCase(unit: number): number {
  if (unit >= 65 && unit <= 90) return unit + 32;
  return unit === 45 ? 43 : unit === 95 ? 47 : unit;
}

/** Whether a unit is invisible, such as the NULs of UTF-16 read as bytes, or the line ends of MIME's base64. */
export function isBlank(unit: number): boolean {
  return unit <= 32 || (unit >= 127 && /[\p{Cc}\p{Cf}\p{Z}]/u.test(String.fromCharCode(unit)));
}

/** Steps by character code. */
export type StepsByCode = ReadonlyMap<number, readonly Step[]>;

export function byCode(steps: readonly Step[]): StepsByCode {
  const codes = [...new Set(steps.map(({ code }) => code))];
  return new Map(codes.map((code) => [code, steps.filter((step) => step.code === code)]));
}
