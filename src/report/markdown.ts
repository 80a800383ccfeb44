import { shortened } from "../shortened.js";
import type { RecordedExchange } from "../verify/recording/recording.js";
import type { CheckResult, Report } from "../verify/report.js";
import { type Cause, causesOf, MAX_CAME } from "./causes.js";
import { excerptLines } from "./excerpt.js";
import { RED_PAGE, type ReadyLine, readyLines } from "./ready-lines.js";
import {
  appText,
  brokenRules,
  CONCLUSIONS,
  checksWithFindings,
  conclusionOf,
  count,
  failedChecks,
  lineText,
  listed,
  originRows,
  pointerText,
  reachedNothing,
  type Surroundings,
  seconds,
  seenIn,
  skippedText,
  statesOf,
  tallyText,
  valueText,
  verdictDetail,
  waitsText,
} from "./words.js";

/**
 * A report for a pull request or a job's summary. Text of the server's stands in code alone, where Markdown reads
 * nothing into it: no markup, no link, no mention of a person.
 */
export function renderMarkdown(
  report: Report,
  exchanges: readonly RecordedExchange[],
  surroundings: Surroundings,
): string {
  const material = { exchanges, surroundings };
  const found = checksWithFindings(report);
  const failed = failedChecks(report);
  const blocks = [
    `## ${{ conforms: "✅", violates: "❌", unjudged: "⚠️" }[conclusionOf(report)]} ${headline(report)}`,
    summary(report),
    ...(found.length === 0 ? [] : [failedTable(found)]),
    ...conductBlocks(report),
    ...found.map((check) => causesBlock(check, readyLines([check], report, material))),
    // Of one check, the commands stand right above.
    ...(failed.length < 2 ? [] : [`### What now\n\n${commandBlock(readyLines(failed, report, material))}`]),
    ...(report.conclusion === "conforms" ? [] : [`What each kind of failure means, and what to do: \`${RED_PAGE}\``]),
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
    ...questionBlock(report),
    ...(reachedNothing(report) ? [] : [coverageBlock(report)]),
    originRows(surroundings)
      .map(([name, value]) => `${name}: ${code(value)}`)
      .join(" · "),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const MAX_CAUSES = 10;

function headline(report: Report): string {
  return report.conduct ? "What the app did" : serverText(report);
}

function serverText({ target, conclusion }: Report): string {
  return `${target === "" ? "The recording" : code(target)} ${CONCLUSIONS[conclusion]}`;
}

/** Of an app's recording: how it behaved, each broken rule with its next step. */
function conductBlocks(report: Report): readonly string[] {
  const { conduct } = report;
  if (!conduct) return [];
  const rows = conduct.checks.map(
    ({ id, sentence, result }) =>
      `| ${{ pass: "✅", fail: "❌", "not-exercised": "–" }[result]} | \`${id}\` | ${sentence} |`,
  );
  return [
    ["| | rule for the app | has to hold |", "|---|---|---|", ...rows].join("\n"),
    ...brokenRules(report).map((check) => `${diffBlock(check)}\n\nNext: ${check.next}`),
  ];
}

function summary(report: Report): string {
  const waits = waitsText(report);
  const detail = verdictDetail(report);
  return [
    ...(report.conduct
      ? [`${appText(report)} ${serverText(report)}: ${detail}.`]
      : [`${detail}.`.replace(/^\w/, (first) => first.toUpperCase())]),
    `Checks: ${tallyText(report)};`,
    ...(skippedText(report) === "" ? [] : [`skipped: ${skippedText(report)};`]),
    `${count(report.requests, "request")} in ${seconds(report.durationMs)}${waits && `; waits: ${waits}`}.`,
  ].join(" ");
}

function failedTable(found: readonly CheckResult[]): string {
  const rows = found.map(({ id, severity, sentence, result, next }) => {
    const cells = [result === "fail" ? "❌" : "⚠️", `\`${id}\``, severity, sentence, next];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return ["| | check | kind | has to hold | next |", "|---|---|---|---|---|", ...rows].join("\n");
}

/** Every line begins with a sign of ours, so that none can end the block. */
function diffBlock(check: CheckResult): string {
  const causes = causesOf(check);
  const shown = causes.slice(0, MAX_CAUSES).map(diff);
  const rest = causes.length - shown.length;
  const more = rest > 0 ? `\n\nAnd ${count(rest, "more cause")}.` : "";
  return `### \`${check.id}\`\n\n\`\`\`diff\n${shown.join("\n")}\n\`\`\`${more}`;
}

function causesBlock(check: CheckResult, lines: readonly ReadyLine[]): string {
  return `${diffBlock(check)}\n\n${commandBlock(lines)}`;
}

function diff(cause: Cause): string {
  const place = listed(pointerText(cause), lineText(cause), seenIn(cause));
  const came = cause.came.slice(0, MAX_CAME).map((one) => `+ ${valueText(one)}`);
  const more = cause.came.length > MAX_CAME ? [`+ and ${cause.came.length - MAX_CAME} more`] : [];
  const contract = excerptLines(cause.line).map((line) => `  ${line}`);
  return [`@@ ${place} @@`, ...contract, `- ${valueText(cause.expected)}`, ...came, ...more].join("\n");
}

function commandBlock(lines: readonly ReadyLine[]): string {
  return `\`\`\`sh\n${lines.map(({ label, command }) => `# ${label}\n${command}`).join("\n")}\n\`\`\``;
}

function taskItem(task: Report["tasks"][number]): string {
  const states = statesOf(task).join(" → ") || "no state seen";
  const journey = task.journey === undefined ? "" : `${task.journey} `;
  return `${journey}${code(shortened(task.id, 40))}: ${states}, ${count(task.polls.length, "poll")}`;
}

function questionBlock({ questions }: Report): readonly string[] {
  const items = questions.flatMap(({ id, question, observed, assumed }) =>
    observed === undefined ? [] : [`- **${id}** ${question} ${code(observed)}; assumed: ${assumed}`],
  );
  if (items.length === 0) return [];
  return [`<details>\n<summary>Open questions, as observed</summary>\n\n${items.join("\n")}\n\n</details>`];
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
