import { violationMessage } from "../../../src/contract/validate.js";
import { isoDate } from "../../../src/instant.js";
import type { JournalEntry } from "../../../src/simulator/control/journal.js";
import { reasonFor } from "../../../src/simulator/control/reason.js";
import { shortName } from "../../../src/simulator/short-name.js";
import { createRedactor, type Redact } from "../../../src/verify/recording/redact.js";
import type { Schemas } from "../operations.js";

/** Journals' exchanges for people and programs, without secrets. */
export interface ExchangeView {
  /** @param scope a secret has one pseudonym in all that is shown of it, such as a journal; it is forgotten with it */
  readonly of: (entry: JournalEntry, session: string, scope: object) => Schemas["Exchange"];
  /** For what else is shown of a scope. */
  readonly redactorOf: (scope: object) => Redact;
}

export function createExchangeView(): ExchangeView {
  const redactors = new WeakMap<object, Redact>();

  function redactorOf(scope: object): Redact {
    const redact = redactors.get(scope) ?? createRedactor([]);
    redactors.set(scope, redact);
    return redact;
  }

  return { of: (entry, session, scope) => redactorOf(scope)(viewExchange(entry, session)), redactorOf };
}

function viewExchange(entry: JournalEntry, session: string): Schemas["Exchange"] {
  const { id, at, operation, taskId, state, effect, isInjected, repeatOf, scenario } = entry;
  const { violations, request, sent, response, progress } = entry;
  return {
    id,
    session,
    at: isoDate(at),
    reason: reasonFor(entry),
    ...(operation && { operation }),
    ...(taskId !== undefined && { taskId }),
    ...(progress && { task: shortName(progress) }),
    ...(state !== undefined && { state }),
    ...(effect !== undefined && { effect }),
    ...(isInjected && { isInjected }),
    ...(repeatOf !== undefined && { repeatOf }),
    ...(scenario && { scenario: { name: scenario.name, why: scenario.why } }),
    violations: violations.map((violation) => {
      const { pointer, keyword } = violation;
      return { pointer, keyword, message: violationMessage(violation) };
    }),
    request: { method: request.method, ...sent },
    response: {
      ...(response.status !== 0 && { status: response.status }),
      headers: response.headers,
      body: response.body,
      ...(response.wire && { wire: response.wire.kind }),
    },
  };
}
