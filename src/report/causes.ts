import { openapiText } from "../contract/spec-texts.gen.js";
import { grouped } from "../grouped.js";
import type { CheckResult } from "../judge/report.js";
import type { Finding } from "../judge/rule.js";
import { seenIn } from "./words.js";

/** What several findings of one check have in common. */
export interface Cause extends Pick<Finding, "pointer" | "expected" | "line" | "exchanges"> {
  /** What came instead, each once. */
  readonly came: readonly string[];
  /** Which exchanges show it, in words. @example "requests 4, 5" */
  readonly seenIn: string;
}

/**
 * The causes of a check's findings: what the same place of the contract says about the same place of a body is one, whatever
 * came instead of it, at however many requests.
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

/** More of what came say little more; the JSON report has it all. */
export const MAX_CAME = 3;

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
