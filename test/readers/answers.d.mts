import type { Scenario } from "../../src/scenario/scenario.js";
import type { Simulator, SimulatorOptions } from "../../src/simulator/simulator.js";

type Answers = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function rightAnswers(
  createSimulator: (options: SimulatorOptions) => Simulator,
  scenarios: readonly Scenario[],
): Promise<Answers>;
export function wrongAnswers(right: Answers): Answers;
