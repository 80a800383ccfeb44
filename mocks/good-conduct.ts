import type { Conduct } from "../src/judge/session-conduct.js";

/** What conduct is asked of: a mock, or what it told. */
export type Behaved = Conduct | { readonly conduct: (taskId?: string) => Promise<Conduct> };

/** What Vitest is told of an expectation. */
interface Matched {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * Whether the app broke no rule of conduct. Where it was not judged at all, it fails: a test that exercises nothing shows
 * nothing.
 *
 * @param taskId one task of a mock's; without it, all
 */
export async function toHaveGoodConduct(received: Behaved, taskId?: string): Promise<Matched> {
  const conduct = await conductIn(received, taskId);
  const text = await failureText(conduct);
  return {
    pass: conduct.result === "pass",
    message: () =>
      conduct.result === "pass" ? `expected bad conduct, but:\n\n${text}` : `expected good conduct\n\n${text}`,
  };
}

/** @throws TypeError for what is neither a mock nor its conduct, whether the expectation is turned round or not */
async function conductIn(received: unknown, taskId: string | undefined): Promise<Conduct> {
  if (isBehaved(received)) return "conduct" in received ? received.conduct(taskId) : received;
  throw new TypeError("toHaveGoodConduct: pass what createImportMock gives, or what its conduct() told.");
}

function isBehaved(received: unknown): received is Behaved {
  if (typeof received !== "object" || received === null) return false;
  return ("conduct" in received && typeof received.conduct === "function") || "clients" in received;
}

/** What a person reads of conduct in a test that fails: each broken rule, with the next step. */
export async function failureText(conduct: Conduct): Promise<string> {
  // Loaded on demand: most tests pass.
  const [{ renderText }, { clientResults }] = await Promise.all([
    import("../src/report/text.js"),
    import("../src/report/results.js"),
  ]);
  return renderText(clientResults({ conduct }), { colors: false }).trimEnd();
}
