import type { Scenario } from "../../src/scenario/scenario.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { SIGNALS } from "../break-off.js";
import type { EndingOptions } from "./options.js";
import type { SnapshotKeeper } from "./snapshot-file.js";

/**
 * Gets ready to tell how clients behaved, where that was asked for. Loaded on demand: the judge takes its time to load.
 *
 * @returns what follows the clients, and gives what tells it all and says with which exit code to end
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
 * Gets ready to keep sessions in a file, where that was asked for. Loaded on demand, too.
 *
 * @param scenarios those that the mock is started with
 * @throws UserError `snapshot-file`
 */
export async function prepareKeeping(
  { snapshot }: EndingOptions,
  scenarios: readonly Scenario[],
): Promise<SnapshotKeeper | undefined> {
  if (snapshot === undefined) return undefined;
  const { openSnapshot } = await import("./snapshot-file.js");
  return openSnapshot(snapshot, scenarios);
}

/**
 * Ends the process once it is asked to, or nobody reads on.
 *
 * @param finish does what is left to do @returns the exit code
 */
export function endWhenAsked(finish: () => Promise<number>): void {
  let isEnding = false;
  const end = () => {
    if (!isEnding) void finish().then((exitCode) => process.exit(exitCode));
    isEnding = true;
  };
  // `mock | head` closes the pipe, or somebody the terminal: nobody reads on, so there is nothing left to serve.
  process.stdout.on("error", ({ code }: NodeJS.ErrnoException) =>
    code === "EPIPE" || code === "EIO" ? end() : process.exit(),
  );
  for (const signal of SIGNALS) process.once(signal, end);
}
