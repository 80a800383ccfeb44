import { access, constants, readFile } from "node:fs/promises";
import { systemProblem } from "../../mocks/read-problem.js";
import { renderEvidence } from "../../src/report/evidence.js";
import { UserError } from "../../src/user-error.js";
import type { Report } from "../../src/verify/report.js";
import { printAside, withoutToken } from "../print.js";
import { writeWhole } from "../write-file.js";

const EVIDENCE = "spec/evidence.md";

/** @throws UserError `unknown-file` if there is no evidence in the current directory that can be added to */
export async function requireEvidence(): Promise<void> {
  await access(EVIDENCE, constants.R_OK | constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    const problem = error.code === "ENOENT" ? "does not exist here" : `cannot be changed (${systemProblem(error)})`;
    throw new UserError("unknown-file", `${EVIDENCE} ${problem}. Run this where the contract is kept.`);
  });
}

/** Adds what a run observed to the evidence in the current directory. */
export async function appendEvidence(report: Report): Promise<void> {
  const before = await readFile(EVIDENCE, "utf8");
  await writeWhole(EVIDENCE, `${before.trimEnd()}\n\n${withoutToken(renderEvidence(report, before))}`);
  printAside(`verify: added what was observed to ${EVIDENCE}: review it, then npm run generate\n`);
}
