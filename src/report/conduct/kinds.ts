import { jsonText } from "../printable.js";
import { renderConductHtml } from "./html.js";
import { renderConductJunit } from "./junit.js";
import type { ConductReportKind } from "./kind-names.js";
import { renderConductMarkdown } from "./markdown.js";
import { renderConductText } from "./text.js";
import type { ConductResults } from "./words.js";

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
