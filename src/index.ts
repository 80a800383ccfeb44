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
export type { Line, Wire } from "./exchange/wire.js";
export { defineScenario } from "./scenario/define.js";
export type { Effect } from "./scenario/effect.js";
export type { Fault } from "./scenario/fault.js";
export type { Parameter } from "./scenario/parameters.js";
export type { Scenario, Step } from "./scenario/scenario.js";
export type { ScenarioSource } from "./scenario/source.js";
export { createSimulator, type Simulator, type SimulatorOptions } from "./simulator/simulator.js";
export type { RequestedFile } from "./task/requested-file.js";
export type { Unknowns } from "./task/status-body.js";
export type { Pace, Task } from "./task/task.js";
export { type Observation, observe } from "./task/task.js";
export { decodeTaskId, encodeTaskId, type TaskOrigin } from "./task/task-id.js";
export { UserError, type UserErrorCode } from "./user-error.js";
