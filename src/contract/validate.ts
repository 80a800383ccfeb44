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
  return { violations: withFolderRule(errors).map(asViolation) };
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

/** `oneOf` reports each branch and then itself; people need the one sentence that it stands for. */
function withFolderRule(errors: readonly AjvError[]): readonly AjvError[] {
  const branches = new Set(["folderId", "folderPath"]);
  return errors
    .filter(({ keyword, params }) => !(keyword === "required" && branches.has(params.missingProperty ?? "")))
    .map((error) =>
      error.keyword === "oneOf" ? { ...error, message: "needs exactly one of folderId and folderPath" } : error,
    );
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
