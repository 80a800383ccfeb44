import { logConduct } from "../../mocks/conduct/log.js";
import { renderConduct } from "../../src/report/conduct/kinds.js";
import { renderConductText } from "../../src/report/conduct/text.js";
import type { ConductResults } from "../../src/report/conduct/words.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { UserError } from "../../src/user-error.js";
import { onBreakOff } from "../break-off.js";
import { appendSummary } from "../job-summary.js";
import { hasColors, print, printAside } from "../print.js";
import { requireWritable, writeTexts } from "../verify/files.js";
import { withoutToken } from "../without-token.js";
import type { EndingOptions } from "./ending-options.js";
import { judgeRun } from "./exit-code.js";

/** Follows the clients from now on. @returns what tells how they behaved, and with which exit code to end */
export function followClients(simulator: Simulator, options: EndingOptions): () => Promise<number> {
  const log = logConduct(simulator);
  return () => tell({ conduct: log.conduct(), coverage: simulator.coverageOfAll() }, options);
}

/** @throws UserError `report-file`: what cannot be written should be told before a run is made */
export async function requireReports({ conductReport = [] }: EndingOptions): Promise<void> {
  await requireWritable(conductReport.map(({ file }) => file));
}

async function tell({ conduct, coverage }: Required<ConductResults>, options: EndingOptions): Promise<number> {
  const { failUnder, quiet = false } = options;
  const { exitCode, complaint } = judgeRun({ conduct, coverage }, options);
  const results = failUnder === undefined ? { conduct } : { conduct, coverage };
  // From here on Ctrl-C ends it at once, with no half file left.
  onBreakOff();
  // Before anything is printed: where the terminal was closed, that may fail, and the reports should be there all the same.
  const failure = await writeReports(results, options);
  await appendSummary("mock", withoutToken(renderConduct("markdown", results)));
  if (!quiet) {
    const reports = failure === undefined ? options.conductReport?.map(({ file, kind }) => `${file} (${kind})`) : [];
    print(`\n${withoutToken(renderConductText(results, { colors: hasColors(process.stdout), reports }))}`);
  }
  if (complaint !== undefined) printAside(`mock: ${complaint}\n`);
  if (failure !== undefined) printAside(`mock: ${failure}\n`);
  return failure === undefined ? exitCode : 2;
}

/** @returns what kept a report from being written */
async function writeReports(
  results: ConductResults,
  { conductReport = [] }: EndingOptions,
): Promise<string | undefined> {
  const texts = conductReport.map(({ kind, file }) => [file, withoutToken(renderConduct(kind, results))] as const);
  try {
    await writeTexts(new Map(texts));
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
