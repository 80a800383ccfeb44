import { access, constants, readFile } from "node:fs/promises";
import { systemProblem } from "../../mocks/read-problem.js";
import { UserError } from "../../src/user-error.js";
import { printAside } from "../print.js";
import { writeWhole } from "../write-file.js";

const EVIDENCE = "spec/evidence.md";

/**
 * The evidence in the current directory.
 *
 * @throws UserError `unknown-file` if there is none that can be added to
 */
export async function readEvidence(): Promise<string> {
  try {
    await access(EVIDENCE, constants.W_OK);
    return await readFile(EVIDENCE, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem =
      code === "ENOENT"
        ? "does not exist here"
        : `cannot be changed (${systemProblem(error as NodeJS.ErrnoException)})`;
    throw new UserError("unknown-file", `${EVIDENCE} ${problem}. Run this where the contract is kept.`);
  }
}

/** Puts the evidence in the current directory, with what a run observed, in place of what it was. */
export async function writeEvidence(text: string): Promise<void> {
  await writeWhole(EVIDENCE, text);
  printAside(`verify: added what was observed to ${EVIDENCE}: review it, then npm run generate\n`);
}
