import { access, constants } from "node:fs/promises";
import { readProblem, readText } from "../../mocks/read-file.js";
import { UserError } from "../../src/user-error.js";
import { printAside } from "../print.js";
import { writeWhole } from "../write-file.js";

const EVIDENCE = "spec/evidence.md";
const MAX_BYTES = 10_000_000;

/**
 * The evidence in the current directory.
 *
 * @throws UserError `unknown-file` if there is none that can be added to
 */
export async function readEvidence(): Promise<string> {
  try {
    await access(EVIDENCE, constants.W_OK);
    return await readText(EVIDENCE, MAX_BYTES);
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    const problem = failure.code === "ENOENT" ? "does not exist here" : readProblem(failure);
    throw new UserError("unknown-file", `${EVIDENCE} ${problem}. Run this where the contract is kept.`);
  }
}

/** Puts the evidence in the current directory, with what a run observed, in place of what it was. */
export async function writeEvidence(text: string): Promise<void> {
  await writeWhole(EVIDENCE, text);
  printAside(`verify: added what was observed to ${EVIDENCE}: review it, then npm run generate\n`);
}
