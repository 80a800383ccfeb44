import { stringToUint8Array, uint8ArrayToBase64, uint8ArrayToHex } from "uint8array-extras";

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
