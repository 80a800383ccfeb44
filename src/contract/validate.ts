import { parse, toSeconds } from "iso8601-duration";
import type { ImportRequest } from "./contract.js";
import { validateImportRequest } from "./import-request.gen.js";

/** One way in which a request breaks the contract. */
export interface Violation {
  /** What the sentence is about, such as `body/access`. */
  readonly pointer: string;
  /** The schema keyword that refuses, such as `enum`; for what is no schema's business, our own word. */
  readonly keyword: string;
  readonly message: string;
  /** For `required`: the property that is missing. */
  readonly missing?: string;
  /** For `enum`: the values that would do. */
  readonly allowed?: readonly string[];
}

/** The keyword of a rule that the contract states in words: no schema's validator knows it. */
export const PROSE = "prose";

interface AjvError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly message: string;
  readonly params: { readonly missingProperty?: string; readonly allowedValues?: readonly string[] };
}

const validate = validateImportRequest as ((body: unknown) => boolean) & { errors?: readonly AjvError[] | null };

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
  if (validate(body)) {
    const request = body as ImportRequest;
    return isTtl(request.ttl) ? { request, violations: [] } : { violations: [TTL] };
  }
  const errors = validate.errors ?? [];
  const told = errors.filter(({ schemaPath }) => !schemaPath.startsWith("#/oneOf")).map(asViolation);
  return { violations: namesOneFolder(body) ? told : [FOLDER, ...told] };
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

/** `oneOf` reports its branches and itself, also where the one folder that is named has a wrong value. */
const FOLDER: Violation = {
  pointer: "body",
  keyword: "oneOf",
  message: "needs exactly one of folderId and folderPath",
};

function namesOneFolder(body: unknown): boolean {
  if (typeof body !== "object" || body === null) return false;
  return Object.hasOwn(body, "folderId") !== Object.hasOwn(body, "folderPath");
}

function asViolation({ instancePath, keyword, message, params }: AjvError): Violation {
  return {
    pointer: `body${instancePath}`,
    keyword,
    message,
    ...(params.missingProperty !== undefined && { missing: params.missingProperty }),
    ...(params.allowedValues !== undefined && { allowed: params.allowedValues }),
  };
}
