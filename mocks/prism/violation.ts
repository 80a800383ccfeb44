import { shownValue } from "../../src/contract/validate.js";
import { isHolder, own } from "../../src/own.js";

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

/**
 * Prism's diagnostic as the header tells it, and what was sent.
 *
 * @param body the request's or the response's, parsed
 */
export function asViolation(
  side: "request" | "response",
  { path = [], severity, code, message }: Diagnostic,
  body: unknown,
): PrismViolation {
  const location = [side, ...path.map(String)];
  const value = path[0] === "body" ? valueAt(body, path.slice(1)) : undefined;
  const text = value === undefined || code === "required" ? message : `${message}; got ${shownValue(value)}`;
  return { location, severity: SEVERITIES[severity] ?? "Error", ...(code !== undefined && { code }), message: text };
}

function valueAt(value: unknown, [name, ...rest]: readonly (string | number)[]): unknown {
  if (name === undefined) return value;
  return isHolder(value) ? valueAt(own(value, String(name)), rest) : undefined;
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
