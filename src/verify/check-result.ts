import type { Finding } from "../finding.js";
import type { RuleCheck } from "./report.js";
import type { Rule, RuleResult, Verdict } from "./rule.js";

/** What a rule's verdicts come to. */
export function checkResult(
  { id, sentence, severity, evidence, next }: Omit<Rule, "judge">,
  verdicts: readonly Verdict[],
): RuleCheck {
  const found = verdicts.flatMap(({ exchanges, about, problems }) =>
    problems.map((problem) => ({ finding: { rule: id, severity, ...problem, exchanges }, about })),
  );
  const result = resultOf(verdicts);
  return { id, sentence, severity, evidence, result, judged: verdicts.length, next, findings: merged(found) };
}

/** One broken is broken; nothing looked at is neither. */
export function resultOf(verdicts: readonly Verdict[]): RuleResult {
  if (verdicts.length === 0) return "not-exercised";
  return verdicts.some(({ problems }) => problems.length > 0) ? "fail" : "pass";
}

/** What several answers show alike is one finding, with all of them as its proof. */
function merged(
  found: readonly { readonly finding: Finding; readonly about: number | undefined }[],
): readonly Finding[] {
  const groups = new Map<string, { readonly finding: Finding; readonly exchanges: Set<number> }>();
  for (const { finding, about } of found) {
    const { exchanges, ...rest } = finding;
    const key = JSON.stringify([rest, about]);
    const group = groups.get(key) ?? { finding, exchanges: new Set() };
    groups.set(key, group);
    for (const index of exchanges) group.exchanges.add(index);
  }
  return [...groups.values()].map(({ finding, exchanges }) => ({
    ...finding,
    exchanges: [...exchanges].sort((a, b) => a - b),
  }));
}
