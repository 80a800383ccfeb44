import type { Finding } from "../finding.js";
import { grouped } from "../grouped.js";
import type { CheckResult } from "../verify/report.js";

/** What several findings of one check have in common. */
export interface Cause extends Pick<Finding, "pointer" | "expected" | "line" | "exchanges"> {
  /** What came instead, each once. */
  readonly came: readonly string[];
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
    return [
      {
        ...rest,
        came: [...new Set(alike.map(({ actual }) => actual))],
        exchanges: [...new Set(alike.flatMap(({ exchanges }) => exchanges))].sort((a, b) => a - b),
      },
    ];
  });
}

/** More of what came say little more; the JSON report has it all. */
export const MAX_CAME = 3;
