import { logConduct } from "../../mocks/conduct/log.js";
import { renderConduct } from "../../src/report/conduct/kinds.js";
import { renderConductText } from "../../src/report/conduct/text.js";
import type { ConductResults } from "../../src/report/conduct/words.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { UserError } from "../../src/user-error.js";
import { appendSummary } from "../job-summary.js";
import { hasColors, print, printAside, withoutToken } from "../print.js";
import { requireWritable, writeTexts } from "../verify/files.js";
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

async function tell(results: Required<ConductResults>, options: EndingOptions): Promise<number> {
  const { conductReport = [], quiet = false } = options;
  const { exitCode, complaint } = judgeRun(results, options);
  if (!quiet) print(`\n${withoutToken(renderConductText(results, { colors: hasColors(process.stdout) }))}`);
  if (complaint !== undefined) printAside(`mock: ${complaint}\n`);
  await appendSummary("mock", renderConduct("markdown", results));
  const texts = conductReport.map(({ kind, file }) => [file, withoutToken(renderConduct(kind, results))] as const);
  try {
    await writeTexts(new Map(texts));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    printAside(`mock: ${error.message}\n`);
    return 2;
  }
  return exitCode;
}
