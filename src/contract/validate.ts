import { parse, toSeconds } from "iso8601-duration";
import type { SchemaError } from "../schema-error.js";
import { shownValue } from "../text.js";
import type { ImportRequest } from "./contract.js";
import { validateImportRequest } from "./import-request.gen.js";

/** One way in which a request breaks the contract. */
export interface Violation {
  /** The subject of the message, such as `body/access`. */
  readonly pointer: string;
  /**
   * The keyword of the schema that is violated, such as `enum`; for a rule that no schema can express, a word of this
   * kit.
   */
  readonly keyword: string;
  /** The rule, with the values that are allowed. */
  readonly message: string;
  /** The value that was sent, shortened and without tokens. */
  readonly sent?: string;
  /** For `required`: the property that is missing. */
  readonly missing?: string;
}

/**
 * Renders the rule and the value in one sentence.
 *
 * @example violationText(violation); // 'body/access must be one of PUBLIC_INDEXABLE, …; got "PUBLIC"'
 */
export function violationText(violation: Violation): string {
  return `${violation.pointer} ${violationMessage(violation)}`;
}

/** Renders the rule and the value, without the subject. */
export function violationMessage({ message, sent }: Violation): string {
  return sent === undefined ? message : `${message}; got ${sent}`;
}

/** The keyword of a rule that the contract states in words, since no schema can express it. */
export const PROSE = "prose";

const validate = validateImportRequest as ((body: unknown) => boolean) & { errors?: readonly SchemaError[] | null };

/**
 * Returns an import's body, or how it breaks the contract.
 *
 * @param body parsed JSON of any shape
 * @see spec/openapi.yaml#/components/schemas/ImportRequest
 * @example parseImportRequest({ url: "https://example.com/a.png", access: "PRIVATE" }).violations[0].pointer; // "body"
 */
export function parseImportRequest(
  body: unknown,
):
  | { readonly request: ImportRequest; readonly violations: readonly [] }
  | { readonly violations: readonly Violation[] } {
  const folders = foldersIn(body);
  if (validate(body) && folders === "one") {
    const request = body as ImportRequest;
    if (isTtl(request.ttl)) return { request, violations: [] };
    return { violations: [{ ...TTL, sent: shownValue(request.ttl) }] };
  }
  const violations = (validate.errors ?? []).map((error) => asViolation(error, body));
  return {
    violations: folders === "one" ? violations : [{ ...FOLDER, ...(folders && { sent: folders }) }, ...violations],
  };
}

/** What no schema can express: the sum of a period's parts. */
const TTL: Violation = {
  pointer: "body/ttl",
  keyword: PROSE,
  message: "must be an ISO 8601 period from one day (P1D) to one year (P1Y)",
};

function isTtl(ttl: string | undefined): boolean {
  if (ttl === undefined) return true;
  const days = toSeconds(parse(ttl), new Date(0)) / 86_400;
  return days >= 1 && days <= 366;
}

/** The contract's `oneOf`, for which a validator would report an error for each branch and one for itself. */
const FOLDER: Violation = {
  pointer: "body",
  keyword: "oneOf",
  message: "needs exactly one of folderId and folderPath",
};

function foldersIn(body: unknown): "one" | "both" | "neither" | undefined {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return undefined;
  const [byId, byPath] = [Object.hasOwn(body, "folderId"), Object.hasOwn(body, "folderPath")];
  return byId === byPath ? (byId ? "both" : "neither") : "one";
}

/** These are also the words of the mock's 400: they stay stable for clients, and a page with MSW loads no others. */
function asViolation({ instancePath, keyword, message = keyword, params }: SchemaError, body: unknown): Violation {
  const { allowedValues, missingProperty: missing } = params as AjvParams;
  const rule = allowedValues ? `must be one of ${allowedValues.join(", ")}` : message;
  const violation = { pointer: `body${instancePath}`, keyword, message: rule };
  if (missing !== undefined) return { ...violation, missing };
  return { ...violation, sent: shownValue(valueAt(body, instancePath)) };
}

interface AjvParams {
  readonly missingProperty?: string;
  readonly allowedValues?: readonly string[];
}

/** The contract's request has one level, so a pointer is empty, or a slash and a name. */
function valueAt(body: unknown, pointer: string): unknown {
  return pointer === "" ? body : (body as Readonly<Record<string, unknown>>)[pointer.slice(1)];
}
