import picocolors from "picocolors";
import type { RecordedExchange } from "../exchange/exchange.js";
import { grouped } from "../grouped.js";
import type { Report, TaskSummary } from "../judge/report.js";
import { printable, shortened, wrapped } from "../text.js";
import { secondsText } from "../time.js";
import { type Cause, excerptLines, MAX_CAME } from "./causes.js";
import { RED_PAGE, readyLines } from "./ready-lines.js";
import { type Coverage, type Failure, failuresOf, type Results, type Server, type Subject } from "./results.js";
import {
  count,
  failedChecks,
  lineText,
  listed,
  originRows,
  pointerText,
  reachedNothing,
  requestLine,
  type Surroundings,
  seenIn,
  skippedText,
  statesOf,
  valueText,
  waitsText,
} from "./words.js";

export interface TextOptions {
  /** Whether it is written to a terminal that shows colours, and NO_COLOR is not set. */
  readonly colors: boolean;
  /** Files that were written, such as other reports. */
  readonly files?: readonly string[] | undefined;
}

/**
 * Renders a report for a terminal: the failures first, like a diff, then the details, then the commands to run next.
 * The verdict is the last line, since that is where people look when the run ends. Only commands have more than 120
 * characters.
 *
 * @example process.stdout.write(renderText(serverResults(report, exchanges, surroundings), { colors: false }));
 */
export function renderText(results: Results, { colors, files = [] }: TextOptions): string {
  const { server, verdict, conclusion } = results;
  const paint = picocolors.createColors(colors);
  const sections = [
    ...failuresOf(results).map((failure) => failureLines(failure, server?.exchanges ?? [], paint)),
    ...(server ? serverSections(server, results) : clientSections(results)).map(([title, lines]) =>
      section(paint.bold(title), lines),
    ),
    section(paint.bold("Next steps"), server ? nowLines(server, paint) : []),
    section(
      paint.bold("Reports"),
      files.flatMap((file) => wrapped(file, "  ")),
    ),
    verdict
      .flatMap((sentence) => wrapped(sentence, ""))
      .map(paint.bold)
      .map({ conforms: paint.green, violates: paint.red, unjudged: paint.yellow }[conclusion]),
  ];
  const filled = sections.filter((lines) => lines.length > 0);
  return `${filled.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

type Sections = readonly (readonly [title: string, lines: readonly string[]])[];

function serverSections({ report, surroundings }: Server, results: Results): Sections {
  return [
    ["Could not be judged", unjudgedLines(report)],
    ["Leftover files", leftBehindLines(report)],
    ["Open questions, as observed", questionLines(report)],
    ["Summary", summaryLines(report, surroundings, results)],
  ];
}

function clientSections({ subjects, coverage }: Results): Sections {
  return [
    ["Clients", clientLines(subjects)],
    ...(coverage ? [[coverage.title, coverageLines(coverage)] as const] : []),
  ];
}

/** Further causes of a check are rarely useful; the JSON report has them all. */
const MAX_CAUSES = 5;

type Paint = ReturnType<typeof picocolors.createColors>;

function failureLines(
  { role, check, label, causes, commands }: Failure,
  exchanges: readonly RecordedExchange[],
  paint: Paint,
): readonly string[] {
  const { id, sentence, next, result } = check;
  const [sign, color] = result === "fail" ? ["✗", paint.red] : ["~", paint.yellow];
  const shown = causes.slice(0, MAX_CAUSES);
  const rest = causes.length - shown.length;
  return [
    color(`${sign} ${paint.bold(id)} ${role === "client" ? label : `(${label})`}`),
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
    // The command for the replay is shown once, below all failures.
    ...commands.slice(1).map(({ label, command }) => `  ${label}: ${paint.cyan(command)}`),
  ];
}

function causeLines(cause: Cause, paint: Paint): readonly string[] {
  const more = cause.came.length - MAX_CAME;
  return [
    ...wrapped(listed(pointerText(cause), lineText(cause)), "    ").map(paint.dim),
    ...excerptLines(cause.line).map((line) => paint.dim(`      ${line}`)),
    ...wrapped(valueText(cause.expected), "    - ").map(paint.green),
    ...cause.came.slice(0, MAX_CAME).flatMap((came) => wrapped(valueText(came), "    + ").map(paint.red)),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

/** Renders what to do after a failure; nothing without one. */
function nowLines({ report, ...material }: Server, paint: Paint): readonly string[] {
  const failed = failedChecks(report);
  if (failed.length === 0 && report.conclusion === "conforms") return [];
  const lines = failed.length === 0 ? [] : readyLines(failed, report, material);
  return [
    ...wrapped(`What each kind of failure means, and what to do: ${RED_PAGE}`, "  "),
    ...lines.flatMap(({ label, command }) => [`  ${label}:`, paint.cyan(command)]),
  ];
}

/** Requests with the same text share a line: the polls of a task differ only by their number. */
function requestLines(cause: Cause | undefined, exchanges: readonly RecordedExchange[]): readonly string[] {
  if (!cause) return [];
  if (exchanges.length === 0) return [cause.seenIn];
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

function summaryLines(report: Report, surroundings: Surroundings, { subjects, coverage }: Results): readonly string[] {
  const { checks, requests, durationMs, tasks } = report;
  const unseen = checks.flatMap(({ id, result }) => (result === "not-exercised" ? [id] : []));
  const tallyOf = (role: Subject["role"]) => subjects.flatMap((one) => (one.role === role ? [one.tally] : []));
  const rows: readonly (readonly [string, string])[] = [
    ...tallyOf("server").map((tally) => ["checks", tally] as const),
    ...(unseen.length > 0 && !reachedNothing(report) ? [["not exercised", unseen.join(", ")] as const] : []),
    ...(skippedText(report) === "" ? [] : [["skipped", skippedText(report)] as const]),
    ...tallyOf("app").map((tally) => ["rules", tally] as const),
    ["requests", `${requests} in ${secondsText(durationMs)}`],
    ...(waitsText(report) === "" ? [] : [["waits", waitsText(report)] as const]),
    ...tasks.map((task) => ["task", taskText(task)] as const),
    ...(coverage ? [["contract seen", coverageText(coverage)] as const] : []),
    ...originRows(report, surroundings),
  ];
  return rows.flatMap(([label, value]) => wrapped(value, `  ${label.padEnd(15)}`));
}

/** Renders how much of the contract the responses showed; the other reports list the parts. */
function coverageText({ parts }: Coverage): string {
  return parts.map(({ name, seen, never }) => `${seen.length} of ${seen.length + never.length} ${name}`).join(", ");
}

function taskText(task: TaskSummary): string {
  const states = statesOf(task).join(" → ") || "no state seen";
  const journey = task.journey === undefined ? "" : `${task.journey}: `;
  return `${journey}${states}, ${count(task.polls.length, "poll")} (${shortened(printable(task.id), 40)})`;
}

/** Clients with the same result need a line each only if something failed. */
const MAX_CLIENTS = 20;

function clientLines(clients: readonly Subject[]): readonly string[] {
  if (clients.length === 0) return ["  no client sent a request"];
  const rank = ({ result }: Subject) => ["fail", "pass", "not-exercised"].indexOf(result);
  const shown = clients.toSorted((a, b) => rank(a) - rank(b)).slice(0, MAX_CLIENTS);
  const rest = clients.length - shown.length;
  return [
    ...shown.flatMap(({ name, tally, versions }) => [
      ...wrapped(`${name}: ${tally}`, "  "),
      ...(versions === undefined ? [] : wrapped(versions, "    ")),
    ]),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
  ];
}

/** Of a hundred scenarios that were not requested, a few names are enough; the JSON report has them all. */
const MAX_NEVER = 5;

function coverageLines({ parts }: Coverage): readonly string[] {
  return parts.flatMap(({ name, share, never }) => {
    const rest = never.length - MAX_NEVER;
    const names = never.slice(0, MAX_NEVER).join(", ") + (rest > 0 ? ` and ${rest} more` : "");
    return wrapped(`${share}${never.length === 0 ? "" : `; never: ${names}`}`, `  ${name.padEnd(10)}`);
  });
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [title, ...lines];
}
