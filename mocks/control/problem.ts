import { STATUS_CODES } from "node:http";
import { UserError, type UserErrorCode } from "../../src/user-error.js";
import type { Schemas } from "./operations.js";
import { type ProblemCode, Refused } from "./refused.js";
import { isForPerson, jsonFor } from "./represent.js";

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
