import { access, constants, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { createSnapshotCheck, MAX_SNAPSHOT_BYTES } from "../../mocks/control/check-request.js";
import { readControlDocument } from "../../mocks/control/document.js";
import { Rejected } from "../../mocks/control/operations.js";
import { inTurns } from "../../mocks/in-turns.js";
import { readProblem, readText, systemProblem } from "../../mocks/read-file.js";
import type { Mock, MockOptions } from "../../mocks/server.js";
import type { Scenario } from "../../src/scenario/scenario.js";
import { SNAPSHOT_VERSION } from "../../src/session/snapshot.js";
import { createSimulator, type Simulator, type Snapshots } from "../../src/simulator/simulator.js";
import { UserError } from "../../src/user-error.js";
import { printAside } from "../print.js";
import { isDirectory, writeWhole } from "../write-file.js";

/** A killed mock loses at most the changes of this time. */
const EVERY_MS = 30_000;

/**
 * Opens the file that stores a mock's sessions between two runs.
 *
 * @param scenarios of the mock
 * @throws UserError `snapshot-file`
 */
export async function openSnapshot(file: string, scenarios: readonly Scenario[]): Promise<SnapshotKeeper> {
  const sessions = await readSnapshotFile(file, scenarios);
  return new SnapshotKeeper(file, sessions && { sessions });
}

/** Writes a mock's sessions to a file: at once, every 30 seconds if something changed, and at the end. */
export class SnapshotKeeper {
  #simulator: Simulator | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  #isChanged = false;
  #isFailing = false;

  constructor(
    readonly file: string,
    /** The content of an existing file. */
    readonly snapshot: MockOptions["snapshot"],
  ) {}

  /** A line for the log. */
  get summary(): string {
    return this.snapshot ? `continued from ${this.file}` : `created ${this.file}, which keeps all sessions`;
  }

  /** Marks the sessions as changed, for a change without an exchange. */
  touch(): void {
    this.#isChanged = true;
  }

  /**
   * Writes the mock's sessions from now on. Closes the mock if the first write fails.
   *
   * @throws UserError `snapshot-file`
   */
  async keep({ simulator, close }: Mock): Promise<void> {
    this.#simulator = simulator;
    const problem = await this.#write();
    if (problem !== undefined) {
      await close();
      throw new UserError("snapshot-file", `${problem} Choose another file.`);
    }
    simulator.subscribe(() => this.touch());
    this.#timer = setInterval(() => {
      if (this.#isChanged) this.#writing = this.#writing.then(() => this.#writeAgain());
    }, EVERY_MS);
  }

  /** Writes the sessions for the last time. @returns whether that succeeded */
  async end(): Promise<boolean> {
    clearInterval(this.#timer);
    await this.#writing;
    const problem = await this.#write();
    if (problem !== undefined) printAside(`mock: ${problem} Changes since it was last written are lost.\n`);
    return problem === undefined;
  }

  /** Writes again; reports only the first of consecutive failures. */
  async #writeAgain(): Promise<void> {
    const problem = await this.#write();
    if (problem !== undefined && !this.#isFailing) printAside(`mock: ${problem} Trying again every 30 s.\n`);
    this.#isFailing = problem !== undefined;
  }

  /** @returns the problem; undefined if the sessions were written */
  async #write(): Promise<string | undefined> {
    if (!this.#simulator) return undefined;
    this.#isChanged = false;
    try {
      await writeSnapshotFile(this.file, this.#simulator);
      return undefined;
    } catch (error) {
      this.#isChanged = true;
      return unwritable(this.file, error as Error);
    }
  }
}

/**
 * Reads the sessions of a snapshot file; undefined if it does not exist yet.
 *
 * @param scenarios of the mock; those of the sessions' tasks must be among them
 * @throws UserError `snapshot-file` if it is not a snapshot of a mock, or cannot be written later
 */
async function readSnapshotFile(file: string, scenarios: readonly Scenario[]): Promise<Snapshots | undefined> {
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw unusable(file, readProblem(error));
  });
  await requireWritable(file, found !== undefined);
  if (!found) return undefined;
  // A pipe could be read, but what is written to it later would have no reader.
  if (!found.isFile() && !found.isDirectory()) throw unusable(file, "is not a regular file");
  const text = await readText(file, MAX_SNAPSHOT_BYTES).catch((error) => {
    throw unusable(file, readProblem(error));
  });
  const check = await createSnapshotCheck(readControlDocument());
  try {
    const { sessions } = check(parsed(file, text));
    // A trial before the mock starts: only this shows whether the scenarios of all tasks exist.
    createSimulator({ scenarios }).restoreAll(sessions);
    return sessions;
  } catch (error) {
    if (error instanceof UserError && error.code === "snapshot-file") throw error;
    if (error instanceof UserError) throw unusable(file, `cannot be used: ${error.message}`);
    if (!(error instanceof Rejected)) throw error;
    const [{ pointer, message } = { pointer: "", message: error.message }] = error.errors;
    throw unusable(file, `is not a snapshot of a whole mock: ${pointer || "it"} ${message}`);
  }
}

/** @throws system errors, as on a full disk; the previous file stays complete then */
async function writeSnapshotFile(file: string, simulator: Simulator): Promise<void> {
  // A thousand sessions take a while; the mock responds to requests meanwhile.
  const parts = await inTurns(
    Object.entries(simulator.snapshots()),
    ([name, snapshot]) => `${JSON.stringify(name)}:${JSON.stringify(snapshot)}`,
  );
  const text = `{"version":${SNAPSHOT_VERSION},"sessions":{${parts.join(",\n")}}}\n`;
  if (Buffer.byteLength(text) > MAX_SNAPSHOT_BYTES)
    throw new Error("it would be larger than the 200 MB that a start can read");
  // Imports are private: no other user of this machine may read them.
  await writeWhole(file, text, { mode: 0o600 });
}

/** Renders why a snapshot cannot be written, in one line. */
function unwritable(file: string, error: Error): string {
  return `${file} cannot be written: ${"code" in error ? systemProblem(error as NodeJS.ErrnoException) : error.message}.`;
}

async function requireWritable(file: string, isThere: boolean): Promise<void> {
  const directory = dirname(resolve(file));
  try {
    if (isThere) await access(file, constants.W_OK);
    else if (await isDirectory(directory)) await access(directory, constants.W_OK);
    else throw new Error(`${directory} is not a directory`);
  } catch (error) {
    throw new UserError("snapshot-file", `${unwritable(file, error as Error)} Choose another file.`);
  }
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unusable(file, text === "" ? "is empty" : "is not JSON");
  }
}

function unusable(file: string, problem: string): UserError {
  const advice = "Choose another file; a missing file is created.";
  return new UserError("snapshot-file", `${file} ${problem.replace(/\.?$/, ".")} ${advice}`);
}
