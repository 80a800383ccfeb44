import type { RecordedExchange } from "../exchange/exchange.js";
import type { ScenarioCoverage } from "../exchange/session-journal.js";
import type { CheckResult, ConductCheck, Report } from "../judge/report.js";
import type { ClientConduct } from "../judge/session-conduct.js";
import { shortened } from "../text.js";
import { type Cause, causesOf, excerptLines, MAX_CAME } from "./causes.js";
import { RED_PAGE, type ReadyLine, readyLines } from "./ready-lines.js";
import {
  appText,
  brokenRules,
  CONCLUSIONS,
  type ConductResults,
  checksWithFindings,
  clientText,
  conclusionOf,
  conductConclusion,
  conductTallyText,
  count,
  coverageParts,
  exchangesText,
  failedChecks,
  failedIn,
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
  tasksIn,
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
function code(text: string): string {
  const inner = valueText(text) || " ";
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${inner}${space}${fence}`;
}

/** How clients behaved, for a pull request or a job's summary. What a client said of itself stands in code alone. */
export function renderConductMarkdown({ conduct, coverage }: ConductResults): string {
  const sign = { pass: "✅", fail: "❌", "not-exercised": "⚠️" }[conduct.result];
  const blocks = [
    `## ${sign} Conduct: ${conductConclusion(conduct)}`,
    ...conduct.clients.flatMap((client) => failedIn(client).map((check) => failure(client, check))),
    ...(conduct.clients.length === 0 ? [] : [clientTable(conduct.clients)]),
    ...(coverage ? [scenarioCoverageBlock(coverage)] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** More of one rule's findings say little more; the JSON report has them all. */
const MAX_FINDINGS = 10;

function failure(client: ClientConduct, check: ConductCheck): string {
  const tasksText = tasksIn(client, check);
  // Every line begins with a sign of ours, so that none can end the block.
  const shown = check.findings
    .slice(0, MAX_FINDINGS)
    .map(
      (finding) =>
        `@@ ${listed(tasksText(finding), exchangesText(finding))} @@\n- ${valueText(finding.expected)}\n+ ${valueText(finding.actual)}`,
    );
  return `### \`${check.id}\` ${code(clientText(client))}\n\n${check.sentence}\n\n\`\`\`diff\n${shown.join("\n")}\n\`\`\`\n\nNext: ${check.next}`;
}

function clientTable(clients: readonly ClientConduct[]): string {
  const rows = clients.map(
    (client) =>
      `| ${code(clientText(client)).replaceAll("|", "\\|")} | ${client.result} | ${conductTallyText(client)} |`,
  );
  return ["| client | result | rules |", "|---|---|---|", ...rows].join("\n");
}

function scenarioCoverageBlock(coverage: ScenarioCoverage): string {
  const items = coverageParts(coverage).map(({ name, met, all, missed }) => {
    const never = missed.length === 0 ? "" : `; never: ${missed.map(code).join(", ")}`;
    return `- ${name}: ${met} of ${all}${never}`;
  });
  const summary = `<summary>Scenario coverage: ${coverage.percent} %</summary>`;
  return `<details>\n${summary}\n\n${items.join("\n")}\n\n</details>`;
}

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
