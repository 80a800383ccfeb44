import type { Report } from "../verify/report.js";
import { code } from "./markdown.js";

/**
 * What a run observed about the contract's open questions, as a section of `spec/evidence.md` for a person to review. A
 * list, not a table: the tables above it are read by programs.
 *
 * @param before the evidence so far: a second run of the same day gets a numbered heading, since somebody may have
 *   reviewed the first one's section
 */
export function renderEvidence({ startedAt, target, questions }: Report, before: string): string {
  const observed = questions.flatMap(({ id, question, assumed, observed: seen }) =>
    seen === undefined ? [] : [`- **${id}** ${question} Observed: ${code(seen)}. Assumed so far: ${assumed}.\n`],
  );
  const none = "- Nothing that bears on an open question.\n";
  const place = URL.canParse(target) ? code(new URL(target).host) : "a recording";
  const heading = `## Observed on ${startedAt.slice(0, 10)}, ${place}`;
  const sections = before.split("\n").filter((line) => line === heading || line.startsWith(`${heading} (`)).length;
  return `${heading}${sections === 0 ? "" : ` (${sections + 1})`}\n\n${observed.join("") || none}`;
}
