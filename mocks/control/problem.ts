import { STATUS_CODES } from "node:http";
import { UserError, type UserErrorCode } from "../../src/user-error.js";
import { CONTROL_PATH } from "./base.js";
import type { Schemas } from "./operations.js";
import { isForPerson, jsonFor } from "./represent.js";

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

/** What the client is told of whatever was thrown; undefined for a bug of ours. */
export function problemOf(error: unknown): Schemas["Problem"] | undefined {
  if (error instanceof Refused) return problem(error.code, STATUS_OF[error.code], error.detail, error.errors);
  if (error instanceof UserError) return problem(error.code, statusOf(error.code), error.message);
  return undefined;
}

/** A bug is told without its stack: that is for whoever runs the mock. */
export const BUG: Schemas["Problem"] = problem(
  "bug",
  500,
  "This is a bug of hubspot-import-kit. The mock's standard error has its trail: please report it.",
);

/** @param asked the request's own headers: who reads it decides how it is written */
export function problemResponse(
  body: Schemas["Problem"],
  asked: Headers,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(jsonFor(body, isForPerson(asked)), {
    status: body.status,
    headers: { "Content-Type": "application/problem+json", "Cache-Control": "no-store", ...headers },
  });
}

const STATUS_OF: Readonly<Record<ProblemCode, number>> = {
  "ambiguous-task": 409,
  bug: 500,
  "forbidden-host": 403,
  "forbidden-origin": 403,
  "forbidden-proxy": 403,
  "invalid-request": 400,
  "too-large": 413,
  "unknown-route": 404,
  "wrong-content-type": 415,
  "wrong-method": 405,
  "wrong-token": 401,
};

const CONFLICTS: readonly UserErrorCode[] = ["no-change", "task-ended", "task-started"];

function statusOf(code: UserErrorCode): number {
  if (code.startsWith("unknown-")) return 404;
  return CONFLICTS.includes(code) ? 409 : 400;
}

function problem(
  code: string,
  status: number,
  detail: string,
  errors: Schemas["Problem"]["errors"] = [],
): Schemas["Problem"] {
  return { type: `urn:hubspot-import-kit:${code}`, title: STATUS_CODES[status] ?? "Error", status, detail, errors };
}
