import { appendFile, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { renderEvidence } from "../src/report/evidence.js";
import { isReportKind, REPORT_KINDS, type ReportKind, renderReport } from "../src/report/kinds.js";
import { renderText } from "../src/report/text.js";
import { UserError } from "../src/user-error.js";
import type { RecordedExchange } from "../src/verify/recording/recording.js";
import type { Report } from "../src/verify/report.js";

/** A report to be written; `-` is standard output. */
export interface ReportTarget {
  readonly kind: ReportKind;
  readonly file: string;
}

/** @throws UserError `invalid-option` @example parseReport("junit=out/verify.xml").kind; // "junit" */
export function parseReport(text: string): ReportTarget {
  const [, word = "", file = ""] = /^([^=]*)=?(.*)$/s.exec(text.trim()) ?? [];
  if (isReportKind(word) && file !== "") return { kind: word, file };
  throw new UserError(
    "invalid-option",
    `--report "${text}" is no report. Write KIND=FILE, with KIND one of ${REPORT_KINDS.join(", ")}.`,
  );
}

/** @throws UserError `report-file` if one of the files cannot be written; makes the directories they need */
export async function requireWritable(files: readonly string[]): Promise<void> {
  for (const file of files.filter((name) => name !== "-")) {
    try {
      await mkdir(dirname(file), { recursive: true });
      if ((await stat(file).catch(() => undefined))?.isDirectory()) throw new Error("it is a directory");
      await appendFile(file, "");
    } catch (error) {
      throw new UserError(
        "report-file",
        `${file} cannot be written: ${(error as Error).message}. Choose another file.`,
      );
    }
  }
}

/** Prints the report, and writes it wherever it was asked for, and into the summary of a GitHub job. */
export async function writeReports(options: {
  readonly report: Report;
  readonly exchanges: readonly RecordedExchange[];
  readonly targets: readonly ReportTarget[];
  readonly json: boolean;
}): Promise<void> {
  const { report, exchanges, targets, json } = options;
  for (const { kind, file } of targets) {
    const text = renderReport(kind, report, exchanges);
    if (file === "-") process.stdout.write(`${text.trimEnd()}\n`);
    else await writeFile(file, text);
  }
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (summary) await appendFile(summary, `${renderReport("markdown", report, exchanges)}\n`);
  const colors = Boolean(process.stdout.isTTY) && !process.env["NO_COLOR"];
  process.stdout.write(
    json
      ? `${renderReport("json", report, exchanges).trimEnd()}\n`
      : `${renderText(report, { exchanges, colors }).trimEnd()}\n`,
  );
}

const EVIDENCE = "spec/evidence.md";

/** Adds what a run observed to the evidence in the current directory. */
export async function appendEvidence(report: Report): Promise<void> {
  const before = await readFile(EVIDENCE, "utf8").catch(() => {
    throw new UserError("unknown-file", `${EVIDENCE} does not exist here. Run this where the contract is kept.`);
  });
  await writeFile(EVIDENCE, `${before.trimEnd()}\n\n${renderEvidence(report)}`);
  process.stderr.write(`verify: added what was observed to ${EVIDENCE}: review it, then npm run generate\n`);
}
