import type { ImportRequest } from "../../contract/contract.js";
import { parseImportRequest, type Violation } from "../../contract/validate.js";
import { type ErrorAnswer, noToken } from "../../task/hubspot-error.js";
import { type Body, MAX_BODY_BYTES } from "../read-body.js";

/** A request that breaks the contract: how, and what HubSpot answers. */
export interface Refusal {
  readonly violations: readonly Violation[];
  readonly answer: ErrorAnswer;
}

/**
 * Any bearer token is a good one, unless it begins with the word "invalid": a client's way with a wrong token should be
 * tried, too. Whether a token has expired or lacks scopes is a scenario's business.
 */
export function refuseCredentials(authorization: string | null): Refusal | undefined {
  const isWrong = /^Bearer\s+invalid\b/i.test(authorization ?? "");
  if (!isWrong && /^Bearer\s+\S/i.test(authorization ?? "")) return undefined;
  // A wrong token has the right form: the request keeps the contract.
  if (isWrong) return { violations: [], answer: noToken };
  const message = "needs the header Authorization: Bearer <token>";
  const sent = authorization === null ? "none" : "one without a bearer token";
  return { violations: [{ pointer: "header/authorization", keyword: "security", message, sent }], answer: noToken };
}

/**
 * The import that a body asks for, or how HubSpot refuses it.
 *
 * @see spec/openapi.yaml#/paths/~1files~1v3~1files~1import-from-url~1async/post
 */
export function readImport(body: Body): { readonly request: ImportRequest } | { readonly refusal: Refusal } {
  switch (body.kind) {
    case "too-large":
      return refuse(413, "size", `The request body is larger than ${MAX_BODY_BYTES} bytes.`);
    case "wrong-type":
      return refuse(
        415,
        "content-type",
        `The Content-Type ${body.contentType.slice(0, 100)} is not supported. Send application/json.`,
      );
    case "empty":
      return refuse(400, "required", "Invalid input JSON on line 1, column 1: Unexpected end-of-input");
    case "not-json":
      return refuse(400, "json", `Invalid input JSON on line ${body.line}, column ${body.column}: ${body.problem}`);
    case "json": {
      const parsed = parseImportRequest(body.value);
      if ("request" in parsed) return parsed;
      return { refusal: { violations: parsed.violations, answer: invalidImport(parsed.violations, body.value) } };
    }
  }
}

function refuse(status: number, keyword: string, message: string): { readonly refusal: Refusal } {
  return { refusal: { violations: [{ pointer: "body", keyword, message }], answer: { status, body: { message } } } };
}

/** HubSpot's deserialiser stops at missing fields; only a complete body is looked at field by field. */
function invalidImport(violations: readonly Violation[], body: unknown): ErrorAnswer {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    const message = `Invalid input JSON on line 1, column 1: expected an object, not ${shown(body)}`;
    return { status: 400, body: { message } };
  }
  const missing = violations.flatMap((violation) => violation.missing ?? []).sort();
  if (missing.length > 0) {
    const message = `Invalid input JSON on line 1, column 2. Some required fields were not set: [${missing.join(", ")}]`;
    return { status: 400, body: { message } };
  }
  const errors = violations.map((violation) => fieldError(violation, body as Record<string, unknown>));
  return {
    status: 400,
    body: {
      message: `Invalid input: ${errors.map(({ message }) => message).join("; ")}`,
      errors,
      category: "VALIDATION_ERROR",
    },
  };
}

function fieldError({ pointer, message }: Violation, body: Record<string, unknown>) {
  const field = pointer.split("/")[1];
  if (field === undefined) return { message, code: "INVALID_FOLDER", in: "folderPath" };
  return {
    message: `${field} ${message}`,
    code: "INVALID_VALUE",
    in: field,
    context: { [field]: [shown(body[field])] },
  };
}

/** A value in a few characters; what is nested is named only, for its text can be endless. */
function shown(value: unknown): string {
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return String(value).slice(0, 100);
}
