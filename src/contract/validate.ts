import { parse, toSeconds } from "iso8601-duration";
import type { SchemaError } from "../schema-error.js";
import { shownValue } from "../text.js";
import type { ImportRequest } from "./contract.js";
import { validateImportRequest } from "./import-request.gen.js";

/** One way in which a request breaks the contract. */
export interface Violation {
  /** What the sentence is about, such as `body/access`. */
  readonly pointer: string;
  /** The keyword of the schema that is broken, such as `enum`; our own word for a rule that no schema can say. */
  readonly keyword: string;
  /** The rule, with the values that are allowed. */
  readonly message: string;
  /** What was sent instead, in a few characters and never a token. */
  readonly sent?: string;
  /** For `required`: the property that is missing. */
  readonly missing?: string;
}

/**
 * The rule and what was sent, in one sentence.
 *
 * @example violationText(violation); // 'body/access must be one of PUBLIC_INDEXABLE, …; got "PUBLIC"'
 */
export function violationText(violation: Violation): string {
  return `${violation.pointer} ${violationMessage(violation)}`;
}

/** The rule and what was sent, without what they are about. */
export function violationMessage({ message, sent }: Violation): string {
  return sent === undefined ? message : `${message}; got ${sent}`;
}

/** The keyword of a rule that the contract states in words: no schema's validator knows it. */
export const PROSE = "prose";

const validate = validateImportRequest as ((body: unknown) => boolean) & { errors?: readonly SchemaError[] | null };

/**
 * An import's body, or how it breaks the contract.
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

/** What no schema can say: the sum of a period's parts. */
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

/** The contract's `oneOf`, which a validator would report for each of its branches and for itself. */
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

/** The mock's 400 has these words, too: they stay as clients have seen them, and a page with MSW loads no others. */
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

/** The contract's request has one level: a pointer is empty, or a slash and a name. */
function valueAt(body: unknown, pointer: string): unknown {
  return pointer === "" ? body : (body as Readonly<Record<string, unknown>>)[pointer.slice(1)];
}
