import type { Simulator } from "../../src/simulator/simulator.js";
import { UserError } from "../../src/user-error.js";
import type { EndingOptions } from "./ending-options.js";

/**
 * Gets ready to tell how clients behaved, where that was asked for. Loaded on demand: the judge takes its time to load.
 *
 * @returns what follows the clients, and gives what tells it all and says with which exit code to end
 * @throws UserError `report-file` if a report cannot be written
 */
export async function prepareEnding(
  options: EndingOptions & { readonly errors?: boolean },
): Promise<(simulator: Simulator) => () => Promise<number>> {
  const { conductReport, failOn, failUnder } = options;
  if (!conductReport && !failOn && failUnder === undefined) return () => async () => 0;
  if (options.errors && (conductReport || failOn)) {
    const why = "with --errors a client is answered 500 where the journal has what the scenario says";
    throw new UserError(
      "invalid-option",
      `--errors and a judgement of conduct exclude each other: ${why}. Leave out one.`,
    );
  }
  const { followClients, requireReports } = await import("./conclusion.js");
  await requireReports(options);
  return (simulator) => followClients(simulator, options);
}
