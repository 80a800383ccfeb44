import type { Simulator } from "../../src/simulator/simulator.js";
import type { Scenario } from "../../src/task/scenario.js";
import type { EndingOptions } from "./ending-options.js";
import type { SnapshotKeeper } from "./keep-snapshot.js";

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
  const { openSnapshot } = await import("./keep-snapshot.js");
  return openSnapshot(snapshot, scenarios);
}
