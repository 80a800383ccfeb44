import type { HttpBindings } from "@hono/node-server";
import type { Context } from "hono";
import type { components, operations } from "../../spec/control.gen.js";
import type { SessionControl } from "../../src/session/session-control.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import { UserError } from "../../src/user-error.js";

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

/** What the API itself refuses, by the end of the problem's type. */
export type ProblemCode =
  | "ambiguous-task"
  | "bug"
  | "forbidden-host"
  | "forbidden-origin"
  | "forbidden-proxy"
  | "invalid-request"
  | "too-large"
  | "unknown-route"
  | "wrong-content-type"
  | "wrong-method"
  | "wrong-token";

/** A request that is refused. Whoever throws it has changed nothing. */
export class Rejected extends Error {
  override readonly name = "Refused";

  constructor(
    readonly code: ProblemCode,
    /** What happened, to what, and what to do. */
    readonly detail: string,
    readonly errors: Schemas["Problem"]["errors"] = [],
  ) {
    super(detail);
  }
}

/** Of a broken snapshot of a thousand tasks only the first mistakes are reported. */
const MAX_ERRORS = 20;

/** What does not fit the document. */
export function invalid(errors: Schemas["Problem"]["errors"]): Rejected {
  const list = errors.slice(0, MAX_ERRORS);
  const sentence = list.map(({ pointer, message }) => `${pointer} ${message}`).join(" ");
  return new Rejected("invalid-request", `${sentence} See ${CONTROL_PATH}/openapi.yaml.`, list);
}

/** Where the control API stands on the mock's port. */
export const CONTROL_PATH = "/__mock";

/** What a door says of a call beside the request. */
export interface Bound {
  Bindings: Partial<HttpBindings> & {
    /** What stood before the mock's own paths where the client called it; without a slash at the end. */
    readonly base?: string;
  };
}

/** Where the mock stands for the client of a call, without a slash at the end. */
export function baseOf({ env, req }: Context): string {
  return (env as Bound["Bindings"]).base ?? new URL(req.url).origin;
}

/**
 * The session that a path names. Looking at one must not make it: a mistyped name would look like an empty session.
 *
 * @throws UserError `unknown-session`
 */
export function requireSession(simulator: Simulator, { session: name }: { readonly session: string }): SessionControl {
  if (simulator.hasSession(name)) return simulator.session(name);
  throw new UserError(
    "unknown-session",
    `there is no session "${name}". Create it with PUT, or with a request that uses it.`,
  );
}
