import type { RecordedExchange } from "../verify/recording/recording.js";
import type { Report } from "../verify/report.js";
import { renderAnnotations } from "./annotations.js";
import { renderHtml } from "./html.js";
import { renderJunit } from "./junit.js";
import type { ReportKind } from "./kinds.js";
import { renderMarkdown } from "./markdown.js";
import { jsonText } from "./printable.js";
import { renderSarif } from "./sarif.js";
import { renderText } from "./text.js";
import type { Surroundings } from "./words.js";

/**
 * A report as the text of a file, with a line end at its end; `text` without colours.
 *
 * @param exchanges redacted: what the report is based on
 * @example await writeFile("report.html", renderReport("html", report, exchanges, surroundings));
 */
export function renderReport(
  kind: ReportKind,
  report: Report,
  exchanges: readonly RecordedExchange[],
  surroundings: Surroundings,
): string {
  return RENDERERS[kind](report, exchanges, surroundings);
}

type Render = (report: Report, exchanges: readonly RecordedExchange[], surroundings: Surroundings) => string;

const RENDERERS: Readonly<Record<ReportKind, Render>> = {
  text: (report, exchanges, surroundings) => renderText(report, { exchanges, colors: false, surroundings }),
  markdown: renderMarkdown,
  junit: renderJunit,
  json: jsonText,
  sarif: (report, _, surroundings) => renderSarif(report, surroundings),
  html: renderHtml,
  github: (report, _, surroundings) => renderAnnotations(report, surroundings),
};
