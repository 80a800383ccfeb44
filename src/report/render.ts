import { jsonText } from "../text.js";
import { renderAnnotations } from "./annotations.js";
import { renderHtml } from "./html.js";
import { renderJunit } from "./junit.js";
import type { ConductReportKind, ReportKind } from "./kinds.js";
import { renderMarkdown } from "./markdown.js";
import type { Results, ServerResults } from "./results.js";
import { renderSarif } from "./sarif.js";
import { renderText } from "./text.js";

/**
 * Renders a report as the text of a file, which ends with a line end; `text` has no colours.
 *
 * @example await writeFile("report.html", render.html(serverResults(report, exchanges, surroundings)));
 */
export const render: Readonly<
  Record<ConductReportKind, (results: Results) => string> &
    Record<Exclude<ReportKind, ConductReportKind>, (results: ServerResults) => string>
> = {
  text: (results) => renderText(results, { colors: false }),
  markdown: renderMarkdown,
  junit: renderJunit,
  json: ({ json }) => jsonText(json),
  sarif: ({ server }) => renderSarif(server.report, server.surroundings),
  html: renderHtml,
  github: ({ server }) => renderAnnotations(server.report, server.surroundings),
};
