import { PROSE } from "../../src/contract/validate.js";
import type { Exchange } from "../../src/exchange/exchange.js";
import { getOwn, isHolder } from "../../src/json.js";
import { shownValue } from "../../src/text.js";

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
  return isHolder(value) ? valueAt(getOwn(value, String(name)), rest) : undefined;
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

/** What Prism found of an exchange; undefined where it knows no such operation. */
export type Found =
  | { readonly request: readonly PrismViolation[]; readonly response: readonly PrismViolation[] }
  | undefined;

/** Where the mock is wrong, not the client: nobody should have to find out by debugging their own code. */
export function defectsOf(exchange: Exchange, found: Found): readonly PrismViolation[] {
  const defect = (message: string) => [{ location: ["mock"], severity: "Error", code: "defect", message }];
  const routed = exchange.operation !== undefined;
  // Prism takes an empty segment at the end of a path for an id.
  if (!routed && exchange.request.path.endsWith("/")) return [];
  if (routed !== (found !== undefined)) {
    return defect(`Prism ${routed ? "does not know" : "knows"} the operation ${exchange.operation ?? "of this path"}.`);
  }
  if (found === undefined) return [];
  const isRefusedByPrism = found.request.some(({ severity }) => severity === "Error");
  const isRefused = exchange.violations.some(({ keyword }) => keyword !== PROSE);
  if (isRefusedByPrism !== isRefused && !exchange.isUnjudged) {
    return defect(`Prism ${isRefusedByPrism ? "refuses" : "accepts"} a request that the simulator does not judge so.`);
  }
  const isBreak = (check: string) => CHECKS_OF_ANSWERS.includes(check);
  const isDeclared = exchange.isInjected || (exchange.scenario?.breaks?.some(isBreak) ?? false);
  const undeclared = isDeclared ? undefined : found.response[0];
  if (!undeclared) return [];
  const name = exchange.scenario?.name ?? "none";
  return defect(
    `The answer breaks the contract, and its scenario "${name}" does not declare it (breaks: [schema]). ${undeclared.message}`,
  );
}

/** Of what a scenario may declare to break, that which Prism can see: it knows one answer, not a task's life. */
const CHECKS_OF_ANSWERS: readonly string[] = [
  "status-declared",
  "content-type",
  "body-complete",
  "body-json",
  "schema",
  "headers",
];
