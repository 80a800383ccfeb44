import { openapiText } from "../contract/spec-texts.gen.js";

/** A line of the contract. */
export interface ContractLine {
  readonly number: number;
  readonly text: string;
  /** Whether this is the one that is broken, and not one beside it. */
  readonly isBroken: boolean;
}

/** The line of the contract that is broken, with the one before and the one after; nothing where no line says so. */
export function excerpt(line: number | undefined): readonly ContractLine[] {
  if (line === undefined) return [];
  return [line - 1, line, line + 1].flatMap((number) => {
    const text = LINES[number - 1];
    return text === undefined ? [] : [{ number, text, isBroken: number === line }];
  });
}

/** @example excerptLines(1109); // ["  1108         size:", "> 1109           type: integer", "  1110           format: int64"] */
export function excerptLines(line: number | undefined): readonly string[] {
  return excerpt(line).map(({ number, text, isBroken }) =>
    `${isBroken ? ">" : " "} ${String(number).padStart(4)} ${text}`.trimEnd(),
  );
}

const LINES = openapiText.split("\n");
