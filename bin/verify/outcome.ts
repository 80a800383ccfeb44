import { resolve } from "node:path";
import { version } from "../../mocks/version.js";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { type RecordingNotes, toHar } from "../../src/exchange/har.js";
import type { JudgeOptions } from "../../src/judge/judge.js";
import type { Report } from "../../src/judge/report.js";
import { isReportKind, REPORT_KINDS, type ReportKind } from "../../src/report/kinds.js";
import { serverResults } from "../../src/report/results.js";
import { renderText } from "../../src/report/text.js";
import type { Surroundings } from "../../src/report/words.js";
import { jsonText, withoutCommands } from "../../src/text.js";
import { UserError } from "../../src/user-error.js";
import { conclude, type Verification } from "../../src/verify/conclude.js";
import { environmentRedactor, environmentTokens, withoutToken } from "../without-token.js";
import { withHint } from "./proxy.js";

/** Everything needed to judge and render a run: plain data, so that another thread can do it. */
export interface Job {
  readonly exchanges: readonly RecordedExchange[];
  readonly judging: JudgeOptions;
  /** Settings of the recording. */
  readonly notes: RecordingNotes;
  readonly hint: string;
  readonly targets: Targets;
  /** Redacted. */
  readonly surroundings: Surroundings;
  readonly isQuiet: boolean;
  readonly colors: { readonly stdout: boolean; readonly stderr: boolean };
  /** Whether this is a GitHub job, which can show a summary. */
  readonly hasSummary: boolean;
  /** The current evidence file, if the run's observations are added to it. */
  readonly evidence?: string;
}

/** Everything that a run prints and writes, with the token redacted. */
export interface Outcome {
  readonly exitCode: Report["exitCode"];
  readonly stdout: string;
  readonly stderr: string;
  readonly summary?: string;
  /** Texts by their files. */
  readonly files: ReadonlyMap<string, string>;
  readonly evidence?: string;
}

/** Judges a run and renders the requested reports. Pure except for reading the token that it redacts. */
export function outcomeOf(job: Job): Promise<Outcome> {
  return outcomeText(withHint(conclude(job, environmentTokens()), job.hint), job);
}

/** Renders a judged run. @param verification redacted, as by `conclude` */
export async function outcomeText(verification: Verification, job: Job): Promise<Outcome> {
  const { report } = verification;
  const { targets, hasSummary, evidence } = job;
  const files = new Map<string, string>();
  for (const { kind, file } of targets.reports) files.set(file, await rendered(kind, verification, job));
  if (targets.record !== undefined) {
    files.set(targets.record, recordingText(verification, job));
  }
  return {
    exitCode: report.exitCode,
    ...(await printed(verification, job)),
    ...(hasSummary && { summary: await rendered("markdown", verification, job) }),
    files,
    ...(evidence !== undefined && { evidence: await appendEvidence(evidence, report) }),
  };
}

/** Renders a report without the token. The renderer is loaded on demand: most runs only print the text. */
async function rendered(kind: ReportKind, verification: Verification, job: Job): Promise<string> {
  const { render } = await import("../../src/report/render.js");
  const { report, exchanges } = verification;
  const text = render[kind](serverResults(report, exchanges, job.surroundings));
  // A page shows all exchanges. They are redacted already, as is everything else here: searching their megabytes again,
  // twice with the attached recording, took a tenth of the command's processor time (npm run bench, verify).
  if (kind !== "html") return withoutToken(text);
  if (report.conduct === undefined) return text;
  // An app's page is what its developer sends to others: it has the recording, too.
  const { attachRecording } = await import("../../src/report/page.js");
  return attachRecording(text, recordingText(verification, job));
}

function recordingText({ exchanges }: Verification, { notes }: Job): string {
  return jsonText(toHar(exchanges, { version, ...environmentRedactor()(notes) }));
}

async function appendEvidence(evidence: string, report: Report): Promise<string> {
  const { renderEvidence } = await import("../../src/report/markdown.js");
  return `${evidence.trimEnd()}\n\n${withoutToken(renderEvidence(report, evidence))}`;
}

/**
 * Renders the text, or the requested report for standard output, with the text on standard error. Only GitHub's commands
 * share standard output with the text: they are lines of a job's log, not a document.
 */
async function printed(verification: Verification, job: Job): Promise<Pick<Outcome, "stdout" | "stderr">> {
  const { report, exchanges } = verification;
  const { targets, surroundings, isQuiet, colors } = job;
  const { printed: kind = "text" } = targets;
  const results = serverResults(report, exchanges, surroundings);
  const text = (hasColors: boolean) => withoutCommands(withoutToken(renderText(results, { colors: hasColors })));
  if (kind === "text") return { stdout: text(colors.stdout), stderr: "" };
  const document = await rendered(kind, verification, job);
  // Here GitHub's commands are intended, so they are kept.
  if (kind === "github") return { stdout: `${document}${text(colors.stdout)}`, stderr: "" };
  return { stdout: withoutCommands(document), stderr: isQuiet ? "" : text(colors.stderr) };
}

/** Where a run's reports and recording are written. */
export interface Targets {
  /** The report that is printed in place of the text. */
  readonly printed?: ReportKind;
  readonly reports: readonly ReportTarget[];
  /** The file of the recording. */
  readonly record?: string;
}

interface ReportTarget {
  readonly kind: ReportKind;
  readonly file: string;
}

/**
 * Parses `--report`, `--json` and `--record`.
 *
 * @throws UserError `invalid-option` if one is unusable, or two would be written to the same place
 * @example parseTargets({ report: ["junit=out/verify.xml"], json: true }).printed; // "json"
 */
export function parseTargets(options: {
  readonly report?: readonly string[];
  readonly json?: boolean;
  readonly record?: string;
}): Targets {
  const { report = [], json = false, record } = options;
  const all = [...report, ...(json ? ["json=-"] : [])].map(parseReport);
  const printed = all.filter(({ file }) => file === STDOUT);
  const reports = all.filter(({ file }) => file !== STDOUT);
  if (printed.length > 1) {
    throw unusable("Standard output takes only one report; --json is --report json=-. Give the others a file.");
  }
  if (record === STDOUT) throw unusable("--record takes a file, not standard output. Name one, such as run.har.");
  requireDistinct([...reports.map(({ file }) => file), ...(record === undefined ? [] : [record])]);
  return { reports, ...(printed[0] && { printed: printed[0].kind }), ...(record !== undefined && { record }) };
}

/** The file name that stands for standard output, as in many commands. */
const STDOUT = "-";

function parseReport(text: string): ReportTarget {
  const [, word = "", file = ""] = /^([^=]*)(?:=(.*))?$/s.exec(text.trim()) ?? [];
  if (isReportKind(word) && file !== "") return { kind: word, file };
  throw unusable(`--report "${text}" is not a report. Write KIND=FILE, with KIND one of ${REPORT_KINDS.join(", ")}.`);
}

function requireDistinct(files: readonly string[]): void {
  const paths = files.map((file) => resolve(file));
  const twice = files.find((file, index) => paths.indexOf(resolve(file)) < index);
  if (twice === undefined) return;
  throw unusable(`${twice} would be written twice. Give each report and the recording its own file.`);
}

function unusable(message: string): UserError {
  return new UserError("invalid-option", message);
}
