export type {
  Access,
  File,
  HubspotError,
  ImportRequest,
  OperationId,
  StandardError,
  TaskLocator,
  TaskStatus,
} from "./contract/contract.js";
export type { ErrorName } from "./contract/hubspot-error.js";
export type { Violation } from "./contract/validate.js";
export type { Exchange } from "./exchange/exchange.js";
export { defineScenario } from "./scenario/define.js";
export type { Scenario } from "./scenario/scenario.js";
export type { ScenarioSource } from "./scenario/source.js";
export { createSimulator, type Simulator, type SimulatorOptions } from "./simulator/simulator.js";
export type { Unknowns } from "./task/status-body.js";
export type { Pace } from "./task/task.js";
export { UserError, type UserErrorCode } from "./user-error.js";
