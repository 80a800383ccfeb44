import type { components } from "../../spec/openapi.gen.js";

type Schemas = components["schemas"];

/** The body of an import call. @see spec/openapi.yaml#/components/schemas/ImportRequest */
export type ImportRequest = Schemas["ImportRequest"];
/** The answer to an import call. @see spec/openapi.yaml#/components/schemas/TaskLocator */
export type TaskLocator = Schemas["TaskLocator"];
/** The answer to a status call, a union by `status`. @see spec/openapi.yaml#/components/schemas/TaskStatus */
export type TaskStatus = Schemas["TaskStatus"];
/** The result of a completed import. @see spec/openapi.yaml#/components/schemas/File */
export type File = Schemas["File"];
/** One entry of a task's `errors`. @see spec/openapi.yaml#/components/schemas/StandardError */
export type StandardError = Schemas["StandardError"];
/** The body of an answer that is not a success. @see spec/openapi.yaml#/components/schemas/Error */
export type HubspotError = Schemas["Error"];
/** Who may see a file. @see spec/openapi.yaml#/components/schemas/Access */
export type Access = Schemas["Access"];

const ACCESS: readonly unknown[] = [
  "PUBLIC_INDEXABLE",
  "PUBLIC_NOT_INDEXABLE",
  "HIDDEN_INDEXABLE",
  "HIDDEN_NOT_INDEXABLE",
  "HIDDEN_PRIVATE",
  "HIDDEN_SENSITIVE",
  "PRIVATE",
  "SENSITIVE",
] satisfies readonly Access[];

/** Whether a value is one of the contract's accesses. */
export function isAccess(value: unknown): value is Access {
  return ACCESS.includes(value);
}
