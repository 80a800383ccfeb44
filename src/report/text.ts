import picocolors from "picocolors";
import type { RecordedExchange } from "../exchange/exchange.js";
import { grouped } from "../grouped.js";
import type { CheckResult, Report, TaskSummary } from "../judge/report.js";
import { printable, shortened, wrapped } from "../text.js";
import { type Cause, causesOf, excerptLines, MAX_CAME } from "./causes.js";
import { type Material, RED_PAGE, readyLines } from "./ready-lines.js";
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
  requestLine,
  type Surroundings,
  seconds,
  seenIn,
  skippedText,
  statesOf,
  subject,
  tally,
  tallyText,
  valueText,
  verdictDetail,
  waitsText,
} from "./words.js";

export interface TextOptions {
  /** Redacted. Without them a finding names its requests by number alone. */
  readonly exchanges?: readonly RecordedExchange[];
  /** Whether it goes to a terminal that shows colours, and NO_COLOR is not set. */
  readonly colors: boolean;
  readonly surroundings: Surroundings;
}

/**
 * A report for a terminal: what failed first, like a diff, then what it rests on, then commands that lead on, and the
 * verdict in the last line, where a reader's eyes are when the run ends. No line but a command has more than 120 characters.
 *
 * @example process.stdout.write(renderText(report, { exchanges, colors: false, surroundings }));
 */
export function renderText(report: Report, { exchanges = [], colors, surroundings }: TextOptions): string {
  const paint = picocolors.createColors(colors);
  const setting = { exchanges, surroundings, paint };
  const sections = [
    ...brokenRules(report).map((check) => failure(check, report, { ...setting, isRule: true })),
    ...checksWithFindings(report).map((check) => failure(check, report, setting)),
    section(paint.bold("Could not be judged"), unjudgedLines(report)),
    section(paint.bold("Files left behind"), leftBehindLines(report)),
    section(paint.bold("Open questions, as observed"), questionLines(report)),
    section(paint.bold("Summary"), summaryLines(report, surroundings)),
    section(paint.bold("What now"), nowLines(report, setting)),
    verdictLines(report)
      .map(paint.bold)
      .map({ conforms: paint.green, violates: paint.red, unjudged: paint.yellow }[conclusionOf(report)]),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** More of one check's causes say little more; the JSON report has them all. */
const MAX_CAUSES = 5;

interface Setting extends Material {
  readonly paint: ReturnType<typeof picocolors.createColors>;
}

function failure(
  check: CheckResult,
  report: Report,
  { exchanges, surroundings, paint, isRule = false }: Setting & { readonly isRule?: boolean },
): readonly string[] {
  const { id, sentence, next, result } = check;
  const [sign, color] = result === "fail" ? ["✗", paint.red] : ["~", paint.yellow];
  const causes = causesOf(check);
  const shown = causes.slice(0, MAX_CAUSES);
  const rest = causes.length - shown.length;
  return [
    color(`${sign} ${paint.bold(id)} (${isRule ? "conduct" : check.severity})`),
    ...wrapped(sentence, "  "),
    ...shown.flatMap((cause, index) => {
      const requests = requestLines(cause, exchanges);
      const isSame = requests.join() === requestLines(shown[index - 1], exchanges).join();
      return [
        ...(isSame ? [] : requests.flatMap((line) => wrapped(line, "  ")).map(paint.cyan)),
        ...causeLines(cause, paint),
      ];
    }),
    ...(rest > 0 ? [`  and ${count(rest, "more cause")} of this check`] : []),
    ...wrapped(next, "  Next: "),
    // No rule of a client's can be left out.
    ...(isRule ? [] : readyLines([check], report, { exchanges, surroundings }).slice(1)).map(
      ({ label, command }) => `  ${label}: ${paint.cyan(command)}`,
    ),
  ];
}

function causeLines(cause: Cause, paint: Setting["paint"]): readonly string[] {
  const more = cause.came.length - MAX_CAME;
  return [
    ...wrapped(listed(pointerText(cause), lineText(cause)), "    ").map(paint.dim),
    ...excerptLines(cause.line).map((line) => paint.dim(`      ${line}`)),
    ...wrapped(valueText(cause.expected), "    - ").map(paint.green),
    ...cause.came.slice(0, MAX_CAME).flatMap((came) => wrapped(valueText(came), "    + ").map(paint.red)),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

/** What a red run's reader does next; nothing where nothing failed. */
function nowLines(report: Report, { exchanges, surroundings, paint }: Setting): readonly string[] {
  const failed = failedChecks(report);
  if (failed.length === 0 && report.conclusion === "conforms") return [];
  const lines = failed.length === 0 ? [] : readyLines(failed, report, { exchanges, surroundings });
  return [
    ...wrapped(`What each kind of failure means, and what to do: ${RED_PAGE}`, "  "),
    ...lines.flatMap(({ label, command }) => [`  ${label}:`, paint.cyan(command)]),
  ];
}

/** Requests that read alike share a line: the polls of a task differ in nothing but their number. */
function requestLines(cause: Cause | undefined, exchanges: readonly RecordedExchange[]): readonly string[] {
  if (!cause) return [];
  const groups = grouped(cause.exchanges, (index) => {
    const exchange = exchanges[index];
    return exchange ? requestLine(exchange) : "";
  });
  const lines = [...groups].map(([line, indexes]) => {
    const numbers = seenIn({ exchanges: indexes });
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

function summaryLines(report: Report, surroundings: Surroundings): readonly string[] {
  const { checks, requests, durationMs, tasks } = report;
  const unseen = checks.flatMap(({ id, result }) => (result === "not-exercised" ? [id] : []));
  const rows: readonly (readonly [string, string])[] = [
    ["checks", tallyText(report)],
    ...(unseen.length > 0 && !reachedNothing(report) ? [["not exercised", unseen.join(", ")] as const] : []),
    ...(skippedText(report) === "" ? [] : [["skipped", skippedText(report)] as const]),
    ...(report.conduct ? [["rules", rulesText(report.conduct)] as const] : []),
    ["requests", `${requests} in ${seconds(durationMs)}`],
    ...(waitsText(report) === "" ? [] : [["waits", waitsText(report)] as const]),
    ...tasks.map((task) => ["task", taskText(task)] as const),
    ...(reachedNothing(report) ? [] : [["contract seen", coverageText(report)] as const]),
    ...originRows(surroundings),
  ];
  return rows.flatMap(([label, value]) => wrapped(value, `  ${label.padEnd(15)}`));
}

function rulesText(conduct: NonNullable<Report["conduct"]>): string {
  const { pass, fail, "not-exercised": unseen } = tally(conduct);
  return `${pass} passed, ${fail} failed, ${unseen} not exercised`;
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
  return [
    ...wrapped(appText(report), ""),
    ...wrapped(`${subject(report)} ${CONCLUSIONS[report.conclusion]}: ${verdictDetail(report)}.`, ""),
  ];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}
