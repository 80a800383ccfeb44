import picocolors from "picocolors";
import type { Finding } from "../finding.js";
import { grouped } from "../grouped.js";
import { shortened } from "../shortened.js";
import type { RecordedExchange } from "../verify/recording/recording.js";
import type { CheckResult, Report, TaskSummary } from "../verify/report.js";
import { printable, wrapped } from "./printable.js";
import {
  CONCLUSIONS,
  count,
  failedChecks,
  isBreaking,
  lineText,
  listed,
  pointerText,
  requestLine,
  seconds,
  seenIn,
  statesOf,
  subject,
  tally,
  valueText,
  verdictDetail,
  waitsText,
} from "./words.js";

export interface TextOptions {
  /** Redacted. Without them a finding names its requests by number alone. */
  readonly exchanges?: readonly RecordedExchange[];
  /** Whether it goes to a terminal that shows colours, and NO_COLOR is not set. */
  readonly colors: boolean;
}

/**
 * A report for a terminal: what failed first, like a diff, then what it rests on, and the verdict in the last line,
 * where a reader's eyes are when the run ends. No line has more than 120 characters.
 *
 * @example process.stdout.write(renderText(report, { exchanges, colors: false }));
 */
export function renderText(report: Report, { exchanges = [], colors }: TextOptions): string {
  const paint = picocolors.createColors(colors);
  const sections = [
    ...failedChecks(report).map((check) => failure(check, { report, exchanges, paint })),
    section(paint.bold("Could not be judged"), unjudgedLines(report)),
    section(paint.bold("Files left behind"), leftBehindLines(report)),
    section(paint.bold("Open questions, as observed"), questionLines(report)),
    section(paint.bold("Summary"), summaryLines(report)),
    verdictLines(report)
      .map(paint.bold)
      .map({ conforms: paint.green, violates: paint.red, unjudged: paint.yellow }[report.conclusion]),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** More of one check's findings say little more; the JSON report has them all. */
const MAX_FINDINGS = 5;

interface Setting {
  readonly report: Report;
  readonly exchanges: readonly RecordedExchange[];
  readonly paint: ReturnType<typeof picocolors.createColors>;
}

function failure(check: CheckResult, { report, exchanges, paint }: Setting): readonly string[] {
  const { id, severity, sentence, findings, next } = check;
  const [sign, color] = isBreaking(check, report) ? ["✗", paint.red] : ["~", paint.yellow];
  const shown = findings.slice(0, MAX_FINDINGS);
  const rest = findings.length - shown.length;
  return [
    color(`${sign} ${paint.bold(id)} (${severity})`),
    ...wrapped(sentence, "  "),
    ...shown.flatMap((finding, index) => {
      const requests = requestLines(finding, exchanges);
      const isSame = requests.join() === requestLines(shown[index - 1], exchanges).join();
      return [
        ...(isSame ? [] : requests.flatMap((line) => wrapped(line, "  ")).map(paint.cyan)),
        ...wrapped(listed(pointerText(finding), lineText(finding)), "    ").map(paint.dim),
        ...wrapped(valueText(finding.expected), "    - ").map(paint.green),
        ...wrapped(valueText(finding.actual), "    + ").map(paint.red),
      ];
    }),
    ...(rest > 0 ? [`  and ${count(rest, "more finding")} of this check`] : []),
    ...wrapped(next, "  Next: "),
  ];
}

/** Requests that read alike share a line: the polls of a task differ in nothing but their number. */
function requestLines(finding: Finding | undefined, exchanges: readonly RecordedExchange[]): readonly string[] {
  if (!finding) return [];
  const groups = grouped(finding.exchanges, (index) => {
    const exchange = exchanges[index];
    return exchange ? requestLine(exchange) : "";
  });
  const lines = [...groups].map(([line, indexes]) => {
    const numbers = seenIn({ ...finding, exchanges: indexes });
    return line === "" ? numbers : `${line} (${numbers})`;
  });
  return lines.length > 3 ? [...lines.slice(0, 2), `and ${lines.length - 2} others`] : lines;
}

function unjudgedLines({ unjudged }: Report): readonly string[] {
  return unjudged.flatMap(({ reason, message, next }) => [
    ...wrapped(`${reason}: ${valueText(message)}`, "  "),
    ...wrapped(next, "    Next: "),
  ]);
}

function leftBehindLines({ leftBehind, mayBeLeft = [] }: Report): readonly string[] {
  return [
    ...leftBehind.flatMap(({ fileId, path, why }) =>
      wrapped(`${valueText(path ?? "a file")} (id ${valueText(fileId)}): ${valueText(why)}`, "  "),
    ),
    ...mayBeLeft.flatMap(({ path, why }) => wrapped(`${valueText(path)} may be left: ${valueText(why)}`, "  ")),
  ];
}

function questionLines({ questions }: Report): readonly string[] {
  return questions.flatMap(({ id, question, observed, assumed }) =>
    observed === undefined
      ? []
      : wrapped(`${question} ${valueText(observed)}; assumed: ${assumed}`, `  ${id.padEnd(4)}`),
  );
}

function summaryLines(report: Report): readonly string[] {
  const { checks, requests, durationMs, tasks } = report;
  const { pass, fail, "not-exercised": skipped } = tally(report);
  const unseen = checks.flatMap(({ id, result }) => (result === "not-exercised" ? [id] : []));
  const rows: readonly (readonly [string, string])[] = [
    ["checks", `${pass} passed, ${fail} failed, ${skipped} not exercised`],
    ...(unseen.length > 0 ? [["not exercised", unseen.join(", ")] as const] : []),
    ["requests", `${requests} in ${seconds(durationMs)}`],
    ...(waitsText(report) === "" ? [] : [["waits", waitsText(report)] as const]),
    ...tasks.map((task) => ["task", taskText(task)] as const),
    ["contract seen", coverageText(report)],
  ];
  return rows.flatMap(([label, value]) => wrapped(value, `  ${label.padEnd(15)}`));
}

/** How much of the contract the answers showed; the other reports say which. */
function coverageText({ coverage }: Report): string {
  const names = {
    operations: "operations",
    statuses: "statuses",
    states: "states",
    properties: "properties",
    enumValues: "enum values",
  };
  return Object.entries(names)
    .map(([key, name]) => [name, coverage[key as keyof typeof names]] as const)
    .map(([name, { seen, never }]) => `${seen.length} of ${seen.length + never.length} ${name}`)
    .join(", ");
}

function taskText(task: TaskSummary): string {
  const states = statesOf(task).join(" → ") || "no state seen";
  const journey = task.journey === undefined ? "" : `${task.journey}: `;
  return `${journey}${states}, ${count(task.polls.length, "poll")} (${shortened(printable(task.id), 40)})`;
}

function verdictLines(report: Report): readonly string[] {
  return wrapped(`${subject(report)} ${CONCLUSIONS[report.conclusion]}: ${verdictDetail(report)}.`, "");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}
