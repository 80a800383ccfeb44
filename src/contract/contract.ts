import type { components, operations } from "../../spec/openapi.gen.js";

type Schemas = components["schemas"];

/** The body of an import's request. @see spec/openapi.yaml#/components/schemas/ImportRequest */
export type ImportRequest = Schemas["ImportRequest"];
/** The response to an import's request. @see spec/openapi.yaml#/components/schemas/TaskLocator */
export type TaskLocator = Schemas["TaskLocator"];
/** The response to a poll, a union by `status`. @see spec/openapi.yaml#/components/schemas/TaskStatus */
export type TaskStatus = Schemas["TaskStatus"];
/** The result of a completed import. @see spec/openapi.yaml#/components/schemas/File */
export type File = Schemas["File"];
/** One entry of a task's `errors`. @see spec/openapi.yaml#/components/schemas/StandardError */
export type StandardError = Schemas["StandardError"];
/** The body of an error response. @see spec/openapi.yaml#/components/schemas/Error */
export type HubspotError = Schemas["Error"];
/** Who may see a file. @see spec/openapi.yaml#/components/schemas/Access */
export type Access = Schemas["Access"];

/** Each access that the contract knows. */
export const ACCESS = [
  "PUBLIC_INDEXABLE",
  "PUBLIC_NOT_INDEXABLE",
  "HIDDEN_INDEXABLE",
  "HIDDEN_NOT_INDEXABLE",
  "HIDDEN_PRIVATE",
  "HIDDEN_SENSITIVE",
  "PRIVATE",
  "SENSITIVE",
] as const satisfies readonly Access[];

/** Whether a value is an access that the contract knows. */
export function isAccess(value: unknown): value is Access {
  return (ACCESS as readonly unknown[]).includes(value);
}

export type State = TaskStatus["status"];

export const STATES = ["PENDING", "PROCESSING", "COMPLETE", "CANCELED"] as const satisfies readonly State[];

/** An operation of the contract, by its operationId. */
export type OperationId = keyof operations;
