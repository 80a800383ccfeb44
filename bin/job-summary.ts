import { appendFile } from "node:fs/promises";
import { printAside, withoutToken } from "./print.js";

/**
 * Adds to the summary of a GitHub job, if this is one.
 *
 * @param command who says so where it cannot be written
 */
export async function appendSummary(command: string, markdown: string): Promise<void> {
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (!summary) return;
  await appendFile(summary, `${withoutToken(markdown)}\n`).catch(({ message }: Error) => {
    // Nobody asked for it on the command line: the run is not worth less without.
    printAside(`${command}: the job's summary ${summary} cannot be written: ${message}\n`);
  });
}
