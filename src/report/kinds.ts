/** The kinds of report, as people ask for them. `github` is GitHub's annotations. */
export const REPORT_KINDS = ["text", "markdown", "junit", "json", "sarif", "html", "github"] as const;

export type ReportKind = (typeof REPORT_KINDS)[number];

/** Whether a word names a kind of report. */
export function isReportKind(word: string): word is ReportKind {
  return REPORT_KINDS.some((kind) => kind === word);
}

/** SARIF and annotations point at lines of the contract, of which a client breaks none. */
export type ConductReportKind = Exclude<ReportKind, "sarif" | "github">;

/** Whether a word names a kind of report about conduct. */
export function isConductReportKind(word: string): word is ConductReportKind {
  return isReportKind(word) && word !== "sarif" && word !== "github";
}
