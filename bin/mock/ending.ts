import type { Scenario } from "../../src/scenario/scenario.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { SIGNALS } from "../break-off.js";
import type { EndingOptions } from "./options.js";
import type { SnapshotKeeper } from "./snapshot-file.js";

/**
 * Prepares the report of the clients' conduct, if requested. Loaded on demand, as loading the judge takes time.
 *
 * @returns a function that follows the clients, and returns one that reports and returns the exit code
 * @throws UserError `report-file` if a report cannot be written
 */
export async function prepareEnding(options: EndingOptions): Promise<(simulator: Simulator) => () => Promise<number>> {
  const { conductReport, failOn, failUnder } = options;
  if (!conductReport && !failOn && failUnder === undefined) return () => async () => 0;
  const { followClients, requireReports } = await import("./conclusion.js");
  await requireReports(options);
  return (simulator) => followClients(simulator, options);
}

/**
 * Prepares storing sessions in a file, if requested. Loaded on demand.
 *
 * @param scenarios of the mock
 * @throws UserError `snapshot-file`
 */
export async function prepareSnapshot(
  { snapshot }: EndingOptions,
  scenarios: readonly Scenario[],
): Promise<SnapshotKeeper | undefined> {
  if (snapshot === undefined) return undefined;
  const { openSnapshot } = await import("./snapshot-file.js");
  return openSnapshot(snapshot, scenarios);
}

/**
 * Ends the process on a signal, or once its output has no reader.
 *
 * @param finish runs before the end and returns the exit code
 */
export function endWhenAsked(finish: () => Promise<number>): void {
  let isEnding = false;
  const end = () => {
    if (!isEnding) void finish().then((exitCode) => process.exit(exitCode));
    isEnding = true;
  };
  // `mock | head` closes the pipe, or a user the terminal: the mock is not used any more.
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) =>
    code === "EPIPE" || code === "EIO" ? end() : process.exit(),
  );
  for (const signal of SIGNALS) process.once(signal, end);
}
