import { CONTROL_PATH } from "./base.js";
import type { Schemas } from "./operations.js";

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
export class Refused extends Error {
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

/** A broken snapshot of a thousand tasks is told by its first mistakes. */
const MAX_ERRORS = 20;

/** What does not fit the document. */
export function invalid(errors: Schemas["Problem"]["errors"]): Refused {
  const list = errors.slice(0, MAX_ERRORS);
  const sentence = list.map(({ pointer, message }) => `${pointer} ${message}`).join(" ");
  return new Refused("invalid-request", `${sentence} See ${CONTROL_PATH}/openapi.yaml.`, list);
}
