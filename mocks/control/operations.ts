import type { Context } from "hono";
import type { components, operations } from "../../spec/control.gen.js";

/** The bodies of spec/control.openapi.yaml, by name. */
export type Schemas = Unchanged<components["schemas"]>;

/** The operations of spec/control.openapi.yaml, by id. */
export type ControlOperation = keyof operations;

/** One function for each operation of the document: a missing one does not compile. */
export type Handlers = { readonly [Id in ControlOperation]: (call: Call<Id>) => Answer<Id> | Promise<Answer<Id>> };

/** A request that the document's schemas have let through. */
export interface Call<Id extends ControlOperation> {
  readonly path: NonNullable<operations[Id]["parameters"]["path"]>;
  readonly query: NonNullable<operations[Id]["parameters"]["query"]>;
  readonly body: BodyOf<operations[Id]>;
  /** For what has no schema: the origin that was called, and streams. */
  readonly context: Context;
}

type BodyOf<Operation> = Operation extends { requestBody: { content: { "application/json": infer Body } } }
  ? Body
  : undefined;

/** The JSON of the answer 200; a whole response where it is something else, or written with care; nothing where it is 204. */
type Answer<Id extends ControlOperation> = AnswerOf<operations[Id]["responses"]>;

type AnswerOf<Responses> = Responses extends { 200: { content: { "application/json": infer Json } } }
  ? Unchanged<Json> | Response
  : Responses extends { 200: unknown }
    ? Response
    : // biome-ignore lint/suspicious/noConfusingVoidType: what answers 204 gives nothing back
      void;

/** What is shown is not changed: the simulator's own values may be given away as they are. */
type Unchanged<Value> = Value extends object ? { readonly [Key in keyof Value]: Unchanged<Value[Key]> } : Value;
