/** An entry of the header `sl-violations`, in Prism's own form. */
export interface PrismViolation {
  readonly location: readonly string[];
  readonly severity: string;
  readonly code?: string | number;
  readonly message: string;
}

interface Diagnostic {
  readonly path?: readonly (string | number)[];
  readonly severity: number;
  readonly code?: string | number;
  readonly message: string;
}

const SEVERITIES = ["Error", "Warning", "Information", "Hint"];
/** Clients and proxies give up on longer headers; Prism cuts at the same place. */
const MAX_HEADER_CHARACTERS = 8 * 1024 - 100;

/** Prism's diagnostic as the header tells it. */
export function asViolation(
  side: "request" | "response",
  { path = [], severity, code, message }: Diagnostic,
): PrismViolation {
  const location = [side, ...path.map(String)];
  return { location, severity: SEVERITIES[severity] ?? "Error", ...(code !== undefined && { code }), message };
}

/** The value of the header `sl-violations`. */
export function headerText(violations: readonly PrismViolation[]): string {
  // A header holds Latin-1 alone; JSON can say everything else in escapes.
  const text = JSON.stringify(violations).replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return text.length > MAX_HEADER_CHARACTERS ? `Too many violations! ${text.slice(0, MAX_HEADER_CHARACTERS)}` : text;
}
