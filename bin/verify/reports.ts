import { type ReportKind, renderReport } from "../../src/report/kinds.js";
import { renderMarkdown } from "../../src/report/markdown.js";
import { withoutCommands } from "../../src/report/printable.js";
import { renderText } from "../../src/report/text.js";
import type { Surroundings } from "../../src/report/words.js";
import type { Verification } from "../../src/verify/verify.js";
import { appendSummary } from "../job-summary.js";
import { hasColors, print, printAside, withoutToken } from "../print.js";

/**
 * Prints the text, or the report that was asked for in its place; then the text stands on standard error. GitHub's
 * commands alone share standard output with it: they are lines of a job's log, and no document.
 */
export function printReport(
  { report, exchanges }: Verification,
  {
    printed = "text",
    isQuiet,
    surroundings,
  }: { readonly printed?: ReportKind | undefined; readonly isQuiet: boolean; readonly surroundings: Surroundings },
): void {
  const textFor = (stream: NodeJS.WriteStream) =>
    withoutToken(renderText(report, { exchanges, colors: hasColors(stream) }));
  const document = printed === "text" ? "" : withoutToken(renderReport(printed, report, exchanges, surroundings));
  if (printed === "text" || printed === "github") {
    // GitHub's commands are ours, and to be obeyed.
    process.stdout.write(`${document}${withoutCommands(textFor(process.stdout))}`);
  } else {
    print(document);
    if (!isQuiet) printAside(textFor(process.stderr));
  }
}

/** Adds the report to the summary of a GitHub job, if this is one. */
export async function summarize({ report }: Verification): Promise<void> {
  await appendSummary("verify", renderMarkdown(report));
}
