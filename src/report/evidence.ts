import type { Report } from "../verify/report.js";

/**
 * What a run observed about the contract's open questions, as a section of `spec/evidence.md` for a person to review. A
 * list, not a table: the tables above it are read by programs.
 */
export function renderEvidence({ startedAt, target, questions }: Report): string {
  const observed = questions.flatMap(({ id, question, assumed, observed: seen }) =>
    seen === undefined ? [] : [`- **${id}** ${question} Observed: ${oneLine(seen)}. Assumed so far: ${assumed}.\n`],
  );
  const none = "- Nothing that bears on an open question.\n";
  return `## Observed on ${startedAt.slice(0, 10)}, ${URL.canParse(target) ? oneLine(new URL(target).host) : "a recording"}\n\n${observed.join("") || none}`;
}

/** A server's words stay inside their list item. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[<>|`]/g, "");
}
