import type { Conduct } from "../src/judge/session-conduct.js";

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
  const [{ renderText }, { clientResults }] = await Promise.all([
    import("../src/report/text.js"),
    import("../src/report/results.js"),
  ]);
  return renderText(clientResults({ conduct }), { colors: false }).trimEnd();
}
