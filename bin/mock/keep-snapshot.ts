import type { Mock, MockOptions } from "../../mocks/server.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import type { Scenario } from "../../src/task/scenario.js";
import { UserError } from "../../src/user-error.js";
import { printAside } from "../print.js";
import { readSnapshotFile, unwritable, writeSnapshotFile } from "./snapshot-file.js";

/** A mock that is killed loses this much at most. */
const EVERY_MS = 30_000;

/**
 * Opens the file that keeps a mock's sessions from one start to the next.
 *
 * @param scenarios those that the mock is started with
 * @throws UserError `snapshot-file`
 */
export async function openSnapshot(file: string, scenarios: readonly Scenario[]): Promise<SnapshotKeeper> {
  const sessions = await readSnapshotFile(file, scenarios);
  return new SnapshotKeeper(file, sessions && { sessions });
}

/** Writes a mock's sessions to a file: at once, every half a minute in which something changed, and at the end. */
export class SnapshotKeeper {
  #simulator: Simulator | undefined;
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  #isChanged = false;
  #isFailing = false;

  constructor(
    readonly file: string,
    /** What it holds already. */
    readonly snapshot: MockOptions["snapshot"],
  ) {}

  /** One line for the log. */
  get summary(): string {
    return this.snapshot ? `went on from ${this.file}` : `made ${this.file}, which keeps all sessions`;
  }

  /** Notes a change that no exchange shows. */
  touch(): void {
    this.#isChanged = true;
  }

  /** Writes the mock's sessions from now on. @throws UserError `snapshot-file` where the first time fails; the mock is closed then */
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

  /** Writes them for the last time. @returns whether that went well */
  async end(): Promise<boolean> {
    clearInterval(this.#timer);
    await this.#writing;
    const problem = await this.#write();
    if (problem !== undefined) printAside(`mock: ${problem} What changed since it was written last is lost.\n`);
    return problem === undefined;
  }

  /** What goes wrong is told once, until it goes well again. */
  async #writeAgain(): Promise<void> {
    const problem = await this.#write();
    if (problem !== undefined && !this.#isFailing) printAside(`mock: ${problem} It is tried again every 30 s.\n`);
    this.#isFailing = problem !== undefined;
  }

  /** @returns what kept them from being written */
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
