import { openapiText } from "../contract/spec-texts.gen.js";
import { grouped } from "../grouped.js";
import type { CheckResult } from "../judge/report.js";
import type { Finding } from "../judge/rule.js";
import { seenIn } from "./words.js";

/** What several findings of one check have in common. */
export interface Cause extends Pick<Finding, "pointer" | "expected" | "line" | "exchanges"> {
  /** The actual values, each once. */
  readonly came: readonly string[];
  /** Renders the exchanges that show it. @example "requests 4, 5" */
  readonly seenIn: string;
}

/**
 * Groups a check's findings by cause: findings about the same line of the contract and the same place of a body are
 * one, whatever the actual values, in any number of requests.
 */
export function causesOf({ findings }: Pick<CheckResult, "findings">): readonly Cause[] {
  const groups = grouped(findings, ({ pointer, line, expected }) =>
    JSON.stringify([pointer?.replace(/\/\d+(?=\/|$)/g, "/*"), line, expected]),
  );
  return [...groups.values()].flatMap((alike) => {
    const [first] = alike;
    if (!first) return [];
    const { rule: _, severity: __, actual: ___, ...rest } = first;
    const exchanges = [...new Set(alike.flatMap((finding) => finding.exchanges))].sort((a, b) => a - b);
    const came = [...new Set(alike.map(({ actual }) => actual))];
    return [{ ...rest, came, exchanges, seenIn: seenIn({ exchanges }) }];
  });
}

/** Further values are rarely useful; the JSON report has them all. */
export const MAX_CAME = 3;

/**
 * Returns the broken line of the contract, marked, with the one before and the one after; nothing without a line.
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
