import { stat } from "node:fs/promises";
import { printAside } from "./print.js";
import { appendWhole } from "./write-file.js";

/** GitHub shows nothing of a step's summary that is larger than 1 MiB. */
const MAX_BYTES = 1024 * 1024;
const FENCE = "```\n";
const CUT = "\n\nThe rest was cut off: a job's summary has at most 1 MiB. The report files have it all.\n";

/** Whether this is a GitHub job, which shows a summary. */
export function hasSummary(): boolean {
  return Boolean(process.env["GITHUB_STEP_SUMMARY"]);
}

/**
 * Adds to the summary of a GitHub job, if this is one.
 *
 * @param command who says so where it cannot be written
 * @param markdown without the token
 */
export async function appendSummary(command: string, markdown: string): Promise<void> {
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (!summary) return;
  const before = await stat(summary).then(
    ({ size }) => size,
    () => 0,
  );
  const text = cutToBytes(`${markdown}\n`, MAX_BYTES - before);
  await appendWhole(summary, text).catch(({ message }: Error) => {
    // Nobody asked for it on the command line: the run is not worth less without.
    printAside(`${command}: the job's summary ${summary} cannot be written: ${message}\n`);
  });
}

/** Whole lines, then what says that some are missing; nothing where not even that has room. */
function cutToBytes(text: string, maxBytes: number): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= maxBytes) return text;
  const room = maxBytes - Buffer.byteLength(CUT);
  if (room < 0) return "";
  const kept = bytes.subarray(0, bytes.lastIndexOf("\n", room - FENCE.length) + 1).toString();
  const isFenceOpen = (kept.match(/^```/gm) ?? []).length % 2 === 1;
  return kept + (isFenceOpen ? FENCE : "") + CUT;
}
