import { PROSE } from "../../src/contract/validate.js";
import type { Exchange } from "../../src/exchange/exchange.js";
import { getOwn, isHolder } from "../../src/json.js";
import { shownValue } from "../../src/text.js";

/** An entry of the header `sl-violations`, in Prism's form. */
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
/** Clients and proxies reject longer headers; Prism has the same limit. */
const MAX_HEADER_CHARACTERS = 8 * 1024 - 100;

/**
 * Converts Prism's diagnostic to an entry of the header, and adds the value that was sent.
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
  return isHolder(value) ? valueAt(getOwn(value, String(name)), rest) : undefined;
}

/** Renders the value of the header `sl-violations`. */
export function headerText(violations: readonly PrismViolation[]): string {
  // Headers are limited to Latin-1; JSON can escape everything else.
  const text = JSON.stringify(violations).replace(
    /[^\x20-\x7e]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return text.length > MAX_HEADER_CHARACTERS ? `Too many violations! ${text.slice(0, MAX_HEADER_CHARACTERS)}` : text;
}

/** Prism's violations of an exchange; undefined if Prism does not know the operation. */
export type Found =
  | { readonly request: readonly PrismViolation[]; readonly response: readonly PrismViolation[] }
  | undefined;

/** Returns the mock's own defects, so that users need not find them by debugging their client. */
export function defectsOf(exchange: Exchange, found: Found): readonly PrismViolation[] {
  const defect = (message: string) => [{ location: ["mock"], severity: "Error", code: "defect", message }];
  const routed = exchange.operation !== undefined;
  // Prism accepts an empty last segment of a path as an id.
  if (!routed && exchange.request.path.endsWith("/")) return [];
  if (routed !== (found !== undefined)) {
    return defect(`Prism ${routed ? "does not know" : "knows"} the operation ${exchange.operation ?? "of this path"}.`);
  }
  if (found === undefined) return [];
  const isInvalidByPrism = found.request.some(({ severity }) => severity === "Error");
  const isInvalid = exchange.violations.some(({ keyword }) => keyword !== PROSE);
  if (isInvalidByPrism !== isInvalid && !exchange.isUnjudged) {
    return defect(`Prism ${isInvalidByPrism ? "rejects" : "accepts"} a request that the simulator does not.`);
  }
  const isBreak = (check: string) => CHECKS_OF_RESPONSES.includes(check);
  const isDeclared = exchange.isInjected || (exchange.scenario?.breaks?.some(isBreak) ?? false);
  const undeclared = isDeclared ? undefined : found.response[0];
  if (!undeclared) return [];
  const name = exchange.scenario?.name ?? "none";
  return defect(
    `The response breaks the contract, and its scenario "${name}" does not declare it (breaks: [schema]). ${undeclared.message}`,
  );
}

/** The checks that Prism can perform, which sees single responses and not the course of a task. */
const CHECKS_OF_RESPONSES: readonly string[] = [
  "status-declared",
  "content-type",
  "body-complete",
  "body-json",
  "schema",
  "headers",
];
