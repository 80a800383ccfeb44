import { openapiText } from "../contract/spec-texts.gen.js";

/**
 * The line of the contract that is broken, marked, with the one before and the one after; nothing where no line says so.
 *
 * @example excerptLines(1109); // ["  1108         size:", "> 1109           type: integer", "  1110           format: int64"]
 */
export function excerptLines(line: number | undefined): readonly string[] {
  if (line === undefined) return [];
  return [line - 1, line, line + 1].flatMap((number) => {
    const text = LINES[number - 1];
    return text === undefined ? [] : [`${number === line ? ">" : " "} ${String(number).padStart(4)} ${text}`.trimEnd()];
  });
}

const LINES = openapiText.split("\n");
