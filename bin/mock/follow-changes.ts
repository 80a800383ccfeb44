import type { Mock } from "../../mocks/server.js";
import type { Scenario } from "../../src/task/scenario.js";
import { printAside } from "../print.js";

/**
 * Takes the scenarios of a directory anew whenever a file of theirs changes. What is broken is told, and changes nothing.
 *
 * @param replayed scenarios that come from no directory, and stay
 */
export async function followChanges(
  directory: string,
  {
    mock,
    replayed,
    tell,
  }: { readonly mock: Mock; readonly replayed: readonly Scenario[]; readonly tell: (line: string) => void },
): Promise<void> {
  // Loaded on demand: most mocks have no scenarios of the user's to follow.
  const { watchScenarios } = await import("../../mocks/scenario-files/watch.js");
  await watchScenarios(directory, {
    onChange(scenarios) {
      mock.simulator.reload([...scenarios, ...replayed]);
      tell(`read ${directory} anew`);
    },
    onProblem: (message) => printAside(`mock: ${message} What was read before stays in use.\n`),
  });
}
