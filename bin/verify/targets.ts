import { resolve } from "node:path";
import { isReportKind, REPORT_KINDS, type ReportKind } from "../../src/report/kinds.js";
import { UserError } from "../../src/user-error.js";

/** Where what a run comes to is written. */
export interface Targets {
  /** The report that standard output gets in place of the text. */
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
 * What `--report`, `--json` and `--record` ask for.
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
    throw unusable("Standard output takes one report alone; --json is --report json=-. Give the others a file.");
  }
  if (record === STDOUT) throw unusable("--record takes a file, not standard output. Name one, such as run.har.");
  requireDistinct([...reports.map(({ file }) => file), ...(record === undefined ? [] : [record])]);
  return { reports, ...(printed[0] && { printed: printed[0].kind }), ...(record !== undefined && { record }) };
}

/** As a file's name; what many commands call it. */
const STDOUT = "-";

function parseReport(text: string): ReportTarget {
  const [, word = "", file = ""] = /^([^=]*)(?:=(.*))?$/s.exec(text.trim()) ?? [];
  if (isReportKind(word) && file !== "") return { kind: word, file };
  throw unusable(`--report "${text}" is no report. Write KIND=FILE, with KIND one of ${REPORT_KINDS.join(", ")}.`);
}

function requireDistinct(files: readonly string[]): void {
  const paths = files.map((file) => resolve(file));
  const twice = files.find((file, index) => paths.indexOf(resolve(file)) < index);
  if (twice === undefined) return;
  throw unusable(`${twice} would be written twice. Give each report and the recording a file of its own.`);
}

function unusable(message: string): UserError {
  return new UserError("invalid-option", message);
}
