/** The kinds of report, as users name them. `github` is GitHub's annotations. */
export const REPORT_KINDS = ["text", "markdown", "junit", "json", "sarif", "html", "github"] as const;

export type ReportKind = (typeof REPORT_KINDS)[number];

/** Whether a text is a kind of report. */
export function isReportKind(word: string): word is ReportKind {
  return REPORT_KINDS.some((kind) => kind === word);
}

/** SARIF and annotations refer to lines of the contract, and clients break no lines. */
export type ConductReportKind = Exclude<ReportKind, "sarif" | "github">;

/** Whether a text is a kind of report about conduct. */
export function isConductReportKind(word: string): word is ConductReportKind {
  return isReportKind(word) && word !== "sarif" && word !== "github";
}
