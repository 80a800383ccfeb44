export type {
  Access,
  File,
  HubspotError,
  ImportRequest,
  StandardError,
  TaskLocator,
  TaskStatus,
} from "./contract/contract.js";
export type { OperationId } from "./contract/operation.js";
export type { Violation } from "./contract/validate.js";
export type { Exchange } from "./exchange.js";
export { createSimulator, type Simulator, type SimulatorOptions } from "./simulator/simulator.js";
export type { Unknowns } from "./task/answer.js";
export type { Draft } from "./task/draft.js";
export type { Effect } from "./task/fault/effect.js";
export type { Fault } from "./task/fault/fault.js";
export type { ErrorName } from "./task/hubspot-error.js";
export { defineScenario } from "./task/scenario/define.js";
export type { Parameter } from "./task/scenario/parameters.js";
export type { ScenarioSource } from "./task/scenario/source.js";
export type { Scenario, Step } from "./task/scenario.js";
export type { Pace, Task } from "./task/task.js";
export { decodeTaskId, encodeTaskId, type TaskOrigin } from "./task/task-id.js";
export { type Observation, observe } from "./task/timeline.js";
export { UserError, type UserErrorCode } from "./user-error.js";
export type { Line, Wire } from "./wire.js";
