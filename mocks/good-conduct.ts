import { VERSIONS, versionOf } from "../src/contract/operations.js";
import type { Exchange } from "../src/exchange/exchange.js";
import type { Conduct } from "../src/judge/session-conduct.js";
import { printable } from "../src/text.js";
import type { ImportMock } from "./handlers.js";

/** A mock, or the conduct that it returned. */
export type Behaved = Conduct | { readonly conduct: (taskId?: string) => Promise<Conduct> };

/** The result of a Vitest matcher. */
interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Passes if the app broke no rule of conduct. Fails if no rule was exercised: such a test shows nothing.
 *
 * @param taskId a task of the mock; default: all tasks
 */
export async function toHaveGoodConduct(received: Behaved, taskId?: string): Promise<MatcherResult> {
  const conduct = await conductIn(received, taskId);
  const text = await failureText(conduct);
  return {
    pass: conduct.result === "pass",
    message: () =>
      conduct.result === "pass" ? `expected bad conduct, but:\n\n${text}` : `expected good conduct\n\n${text}`,
  };
}

/** A version of the API as its path has it. */
export type ApiVersion = "v3" | `${number}-${number}`;

/**
 * Passes if the app sent no request to a version of the API. Fails if it sent none at all, also under `not`: such a test
 * shows nothing.
 *
 * @throws TypeError for a value that is not a mock, and for an invalid version
 */
export function toHaveNoRequestsTo(
  this: { readonly isNot: boolean },
  received: Pick<ImportMock, "requests" | "verify">,
  version: ApiVersion,
): MatcherResult {
  if (!isMock(received)) throw new TypeError("toHaveNoRequestsTo: pass the mock that createImportMock returned.");
  if (!VERSIONS.includes(version) && !/^\d{4}-\d\d$/.test(version)) {
    const given = JSON.stringify(version) ?? String(version);
    throw new TypeError(`toHaveNoRequestsTo: write a version such as ${VERSIONS.join(", ")}; got ${given}.`);
  }
  if (received.requests.length === 0) {
    return { pass: this.isNot, message: () => "the mock got no request, so it shows nothing about the app" };
  }
  const verified = received.verify({ version, exactly: 0 });
  return {
    pass: verified.passed,
    message: () => {
      const lines = requestsTo(version, received.requests);
      return lines.length === 0
        ? verified.message
        : `expected no request to ${version}, but got:\n\n${lines.join("\n")}`;
    },
  };
}

function isMock(received: unknown): received is Pick<ImportMock, "requests" | "verify"> {
  return typeof received === "object" && received !== null && "requests" in received && "verify" in received;
}

const MOST_LINES = 20;

/** @example requestsTo("v3", mock.requests); // ["  POST /files/v3/files/import-from-url/async → 202"] */
function requestsTo(version: string, exchanges: readonly Exchange[]): readonly string[] {
  const lines = exchanges
    .filter(({ request, repeatOf }) => repeatOf === undefined && versionOf(request.path) === version)
    .map(({ request: { method, path }, response: { status } }) => {
      return `  ${method} ${printable(path)} → ${status === 0 ? "no response" : status}`;
    });
  const rest = lines.length - MOST_LINES;
  return rest > 0 ? [...lines.slice(0, MOST_LINES), `  and ${rest} more`] : lines;
}

/** @throws TypeError for a value that is neither a mock nor its conduct, also under `not` */
async function conductIn(received: unknown, taskId: string | undefined): Promise<Conduct> {
  if (isBehaved(received)) return "conduct" in received ? received.conduct(taskId) : received;
  throw new TypeError(
    "toHaveGoodConduct: pass the mock that createImportMock returned, or the result of its conduct().",
  );
}

function isBehaved(received: unknown): received is Behaved {
  if (typeof received !== "object" || received === null) return false;
  return ("conduct" in received && typeof received.conduct === "function") || "clients" in received;
}

/** Renders conduct for the message of a failed test: each broken rule, with the next step. */
export async function failureText(conduct: Conduct): Promise<string> {
  // Loaded on demand: most tests pass.
  const [{ renderText }, { clientResults, forTerminal }] = await Promise.all([
    import("../src/report/text.js"),
    import("../src/report/results.js"),
  ]);
  return renderText(forTerminal(clientResults({ conduct }), conduct), { colors: false }).trimEnd();
}
