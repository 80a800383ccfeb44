import { PROSE } from "../../src/contract/validate.js";
import type { Exchange } from "../../src/exchange.js";
import type { PrismViolation } from "./violation.js";

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
