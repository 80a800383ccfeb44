import type { ConductReport, Report } from "../judge/report.js";
import { shortened } from "../text.js";
import { secondsText } from "../time.js";
import { type Cause, excerptLines, MAX_CAME } from "./causes.js";
import { RED_PAGE, type ReadyLine, readyLines } from "./ready-lines.js";
import { type Coverage, type Failure, failuresOf, type Results, type Server } from "./results.js";
import {
  appText,
  CONCLUSIONS,
  count,
  failedChecks,
  lineText,
  listed,
  originRows,
  pointerText,
  skippedText,
  statesOf,
  tallyText,
  valueText,
  verdictDetail,
  waitsText,
} from "./words.js";

/**
 * Renders a report for a pull request or a job's summary. Text of a server or a client is always in code spans, where
 * Markdown finds no markup, no link and no mention of a person.
 */
export function renderMarkdown(results: Results): string {
  const { server, coverage } = results;
  const failures = failuresOf(results);
  const ofServer = failures.filter(({ role }) => role === "server");
  const blocks = [
    `## ${{ conforms: "✅", violates: "❌", unjudged: "⚠️" }[results.conclusion]} ${headline(results)}`,
    ...(server ? [summary(server.report)] : []),
    ...(ofServer.length === 0 ? [] : [failedTable(ofServer)]),
    ...(server?.report.conduct ? [ruleTable(server.report.conduct)] : []),
    ...failures.map(failureBlock),
    ...(server ? serverBlocks(server) : clientTable(results)),
    ...(coverage ? [coverageBlock(coverage)] : []),
    ...(server ? [originLine(server)] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
}

const MAX_CAUSES = 10;

function headline({ server, title }: Results): string {
  if (!server) return title;
  return server.report.conduct ? "What the app did" : serverText(server.report);
}

function serverText({ target, conclusion }: Report): string {
  return `${target === "" ? "The recording" : code(target)} ${CONCLUSIONS[conclusion]}`;
}

function serverBlocks({ report, ...material }: Server): readonly string[] {
  const failed = failedChecks(report);
  return [
    // With a single check, the commands are right above.
    ...(failed.length < 2 ? [] : [`### Next steps\n\n${commandBlock(readyLines(failed, report, material))}`]),
    ...(report.conclusion === "conforms" ? [] : [`What each kind of failure means, and what to do: \`${RED_PAGE}\``]),
    ...list(
      "Could not be judged",
      report.unjudged.map(({ message, next }) => `${code(message)} ${next}`),
    ),
    ...list("Leftover files", [
      ...report.leftBehind.map(
        ({ fileId, path, why }) => `${code(path ?? "a file")}, id ${code(fileId)}: ${code(why)}`,
      ),
      ...(report.mayBeLeft ?? []).map(({ path, why }) => `${code(path)} may be left: ${code(why)}`),
    ]),
    ...list("Tasks", report.tasks.map(taskItem)),
    ...questionBlock(report),
  ];
}

function originLine({ report, surroundings }: Server): string {
  return originRows(report, surroundings)
    .map(([name, value]) => `${name}: ${code(value)}`)
    .join(" · ");
}

/** Renders the rules for an app with their results. */
function ruleTable({ checks }: ConductReport): string {
  const rows = checks.map(
    ({ id, sentence, result }) =>
      `| ${{ pass: "✅", fail: "❌", "not-exercised": "–" }[result]} | \`${id}\` | ${sentence} |`,
  );
  return ["| | rule for the app | requirement |", "|---|---|---|", ...rows].join("\n");
}

function clientTable({ subjects }: Results): readonly string[] {
  if (subjects.length === 0) return [];
  const rows = subjects.map(
    ({ name, result, tally, versions = "" }) =>
      `| ${code(name).replaceAll("|", "\\|")} | ${result} | ${tally} | ${versions} |`,
  );
  return [["| client | result | rules | versions of the API |", "|---|---|---|---|", ...rows].join("\n")];
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
    `${count(report.requests, "request")} in ${secondsText(report.durationMs)}${waits && `; waits: ${waits}`}.`,
  ].join(" ");
}

function failedTable(failures: readonly Failure[]): string {
  const rows = failures.map(({ label, check: { id, sentence, result, next } }) => {
    const cells = [result === "fail" ? "❌" : "⚠️", `\`${id}\``, label, sentence, next];
    return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  });
  return ["| | check | kind | requirement | next |", "|---|---|---|---|---|", ...rows].join("\n");
}

/**
 * Renders what no table above contains, with the diff. Each line of the diff begins with a sign of ours, so that none
 * can end the block.
 */
function failureBlock({ role, check, label, causes, commands }: Failure): string {
  const shown = causes.slice(0, MAX_CAUSES).map(diff);
  const rest = causes.length - shown.length;
  return [
    `### \`${check.id}\`${role === "client" ? ` ${code(label)}` : ""}`,
    ...(role === "client" ? [check.sentence] : []),
    `\`\`\`diff\n${shown.join("\n")}\n\`\`\``,
    ...(rest > 0 ? [`And ${count(rest, "more cause")}.`] : []),
    ...(role === "server" ? [] : [`Next: ${check.next}`]),
    ...(commands.length > 0 ? [commandBlock(commands)] : []),
  ].join("\n\n");
}

function diff(cause: Cause): string {
  const place = listed(pointerText(cause), lineText(cause), cause.seenIn);
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

function coverageBlock({ title, parts }: Coverage): string {
  const items = parts.map(({ name, share, never }) => {
    return `- ${name}: ${share}${never.length === 0 ? "" : `; never: ${never.map(code).join(", ")}`}`;
  });
  return `<details>\n<summary>${title}</summary>\n\n${items.join("\n")}\n\n</details>`;
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`### ${title}\n\n${items.map((item) => `- ${item}`).join("\n")}`];
}

/** Renders a code span, with more backticks than the text has in a row. */
function code(text: string): string {
  const inner = valueText(text) || " ";
  const longest = Math.max(0, ...(inner.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = longest > 0 ? " " : "";
  return `${fence}${space}${inner}${space}${fence}`;
}

/**
 * Renders what a run observed about the contract's open questions, as a section of `spec/evidence.md` for a person to
 * review. The rest of that page is generated; its generator keeps the sections with this heading.
 *
 * @param before the evidence so far: a second run of the same day gets a numbered heading, since the first one's
 * section may be reviewed already
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
