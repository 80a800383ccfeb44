import type { RecordedExchange } from "../exchange/exchange.js";
import type { Report } from "../judge/report.js";
import { jsonText } from "../text.js";
import { renderAnnotations } from "./annotations.js";
import { renderConductText } from "./conduct-text.js";
import { renderConductHtml, renderHtml } from "./html.js";
import { renderConductJunit, renderJunit } from "./junit.js";
import type { ConductReportKind, ReportKind } from "./kinds.js";
import { renderConductMarkdown, renderMarkdown } from "./markdown.js";
import { renderSarif } from "./sarif.js";
import { renderText } from "./text.js";
import type { ConductResults, Surroundings } from "./words.js";

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

/** How clients behaved, as the text of a file, with a line end at its end; `json` is the conduct as it is. */
export function renderConduct(kind: ConductReportKind, results: ConductResults): string {
  switch (kind) {
    case "text":
      return renderConductText(results, { colors: false });
    case "markdown":
      return renderConductMarkdown(results);
    case "junit":
      return renderConductJunit(results);
    case "html":
      return renderConductHtml(results);
    case "json":
      return jsonText(results);
  }
}
