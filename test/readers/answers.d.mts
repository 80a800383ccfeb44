import type { Simulator, SimulatorOptions } from "../../src/simulator/simulator.js";
import type { Scenario } from "../../src/task/scenario.js";

type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function rightAnswers(
  createSimulator: (options: SimulatorOptions) => Simulator,
  scenarios: readonly Scenario[],
): Promise<Answers>;
export function wrongAnswers(right: Answers): Answers;
