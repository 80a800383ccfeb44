import type { Finding } from "../finding.js";
import { shortened } from "../shortened.js";
import type { CheckResult, Report } from "../verify/report.js";
import {
  CONCLUSIONS,
  count,
  failedChecks,
  isBreaking,
  lineText,
  listed,
  pointerText,
  seconds,
  seenIn,
  statesOf,
  tally,
  valueText,
  verdictDetail,
  waitsText,
} from "./words.js";

/**
 * A report for a pull request or a job's summary. Text of the server's stands in code alone, where Markdown reads
 * nothing into it: no markup, no link, no mention of a person.
 */
export function renderMarkdown(report: Report): string {
  const failed = failedChecks(report);
  const blocks = [
    `## ${{ conforms: "✅", violates: "❌", unjudged: "⚠️" }[report.conclusion]} ${headline(report)}`,
    summary(report),
    ...(failed.length === 0 ? [] : [failedTable(report, failed)]),
    ...failed.map((check) => findingsBlock(check)),
    ...list(
      "Could not be judged",
      report.unjudged.map(({ message, next }) => `${code(message)} ${next}`),
    ),
    ...list("Files left behind", [
      ...report.leftBehind.map(
        ({ fileId, path, why }) => `${code(path ?? "a file")}, id ${code(fileId)}: ${code(why)}`,
      ),
      ...(report.mayBeLeft ?? []).map(({ path, why }) => `${code(path)} may be left: ${code(why)}`),
    ]),
    ...list("Tasks", report.tasks.map(taskItem)),
    ...list("Open questions, as observed", questionItems(report)),
    coverageBlock(report),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const MAX_FINDINGS = 10;

function headline({ target, conclusion }: Report): string {
  return `${target === "" ? "The recording" : code(target)} ${CONCLUSIONS[conclusion]}`;
}

function summary(report: Report): string {
  const { pass, fail, "not-exercised": skipped } = tally(report);
  const waits = waitsText(report);
  return [
    `${verdictDetail(report)}.`.replace(/^\w/, (first) => first.toUpperCase()),
    `${pass} checks passed, ${fail} failed, ${skipped} not exercised;`,
    `${count(report.requests, "request")} in ${seconds(report.durationMs)}${waits && `; waits: ${waits}`}.`,
  ].join(" ");
}

function failedTable(report: Report, failed: readonly CheckResult[]): string {
  const rows = failed.map((check) => {
    const { id, severity, sentence, findings, next } = check;
    const sign = isBreaking(check, report) ? "❌" : "⚠️";
    const cells = [sign, `\`${id}\``, severity, sentence, findings.length, next];
    return `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return ["| | check | kind | has to hold | findings | next |", "|---|---|---|---|---|---|", ...rows].join("\n");
}

/** Every line begins with a sign of ours, so that none can end the block. */
function findingsBlock({ id, findings }: CheckResult): string {
  const shown = findings.slice(0, MAX_FINDINGS).map(diff);
  const rest = findings.length - shown.length;
  const more = rest > 0 ? `\n\nAnd ${count(rest, "more finding")}.` : "";
  return `### \`${id}\`\n\n\`\`\`diff\n${shown.join("\n")}\n\`\`\`${more}`;
}

function diff(finding: Finding): string {
  const place = listed(pointerText(finding), lineText(finding), seenIn(finding));
  return `@@ ${place} @@\n- ${valueText(finding.expected)}\n+ ${valueText(finding.actual)}`;
}

function taskItem(task: Report["tasks"][number]): string {
  const states = statesOf(task).join(" → ") || "no state seen";
  const journey = task.journey === undefined ? "" : `${task.journey} `;
  return `${journey}${code(shortened(task.id, 40))}: ${states}, ${count(task.polls.length, "poll")}`;
}

function questionItems({ questions }: Report): readonly string[] {
  return questions.flatMap(({ id, question, observed, assumed }) =>
    observed === undefined ? [] : [`**${id}** ${question} ${code(observed)}; assumed: ${assumed}`],
  );
}

function coverageBlock({ coverage }: Report): string {
  const parts = Object.entries(coverage).map(([name, { seen, never }]) => {
    const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    const unseen = never.length === 0 ? "" : `; never: ${never.map(code).join(", ")}`;
    return `- ${words}: ${seen.length} of ${seen.length + never.length} seen${unseen}`;
  });
  return `<details>\n<summary>Coverage of the contract</summary>\n\n${parts.join("\n")}\n\n</details>`;
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`### ${title}\n\n${items.map((item) => `- ${item}`).join("\n")}`];
}

/** A code span, fenced by more backticks than the text has in a row. */
export function code(text: string): string {
  const inner = valueText(text) || " ";
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${inner}${space}${fence}`;
}
