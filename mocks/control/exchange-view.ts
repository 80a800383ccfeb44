import { violationMessage } from "../../src/contract/validate.js";
import { curlCommand, TOKEN_VARIABLE } from "../../src/exchange/curl.js";
import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { createRedactor, type Redact } from "../../src/exchange/redact.js";
import { oncePer } from "../../src/once-per.js";
import type { JournalEntry } from "../../src/session/journal.js";
import { shortName, splitSession } from "../../src/session/names.js";
import type { TaskLife, TaskView } from "../../src/session/steering.js";
import { reasonFor } from "../../src/simulator/reason.js";
import { isoDate } from "../../src/time.js";
import { isOfProxy } from "../incoming.js";
import type { Schemas } from "./operations.js";

/** Journals' exchanges for people and programs, without secrets. */
export interface ExchangeView {
  /** @param scope a secret has one pseudonym in all that is shown of it, such as a journal; it is forgotten with it */
  readonly of: (entry: JournalEntry, session: string, scope: object) => Schemas["Exchange"];
  /** For what else is shown of a scope. */
  readonly redactorOf: (scope: object) => Redact;
}

export function createExchangeView(): ExchangeView {
  const redactorOf = oncePer<object, Redact>(() => createRedactor([]));
  return { of: (entry, session, scope) => redactorOf(scope)(viewExchange(entry, session)), redactorOf };
}

function viewExchange(entry: JournalEntry, session: string): Schemas["Exchange"] {
  const { id, at, operation, taskId, state, effect, isInjected, repeatOf, scenario } = entry;
  const { violations, request, sent, response, progress, version } = entry;
  return {
    id,
    session,
    at: isoDate(at),
    reason: reasonFor(entry),
    ...(operation && { operation }),
    ...(version !== undefined && { version }),
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
    response: viewResponse(response),
  };
}

export function viewResponse({ status, headers, body, wire }: JournalEntry["response"]): Schemas["SentResponse"] {
  return { ...(status !== 0 && { status }), headers, body, ...(wire && { wire: wire.kind }) };
}

/**
 * A request of the journal as a command for a POSIX shell. The token stands as a variable: the journal does not keep it.
 *
 * @example curlFor(exchange); // "curl -sS -w '\\n' 'http://127.0.0.1:4010/files/…' -H \"Authorization: Bearer $HUBSPOT_ACCESS_TOKEN\""
 */
export function curlFor({ request, session }: CurlSource): string {
  const { method, url, headers, body, tokenId } = request;
  const isNamed = "x-mock-session" in headers || splitSession(new URL(url).pathname).name !== undefined;
  const command = {
    method,
    url,
    headers: {
      // The token that chose the session is gone.
      ...(!isNamed && session !== "default" && { "X-Mock-Session": session }),
      ...Object.fromEntries(Object.entries(headers).filter(([name]) => !isOfProxy(name))),
    },
    body,
    ...(tokenId !== undefined && { bearer: TOKEN_VARIABLE }),
  };
  return curlCommand(command, QUIET);
}

/** The parts of an exchange that its curl command needs. */
interface CurlSource {
  readonly session: string;
  readonly request: Pick<RecordedExchange["request"], "method" | "url" | "headers" | "body" | "tokenId">;
}

/** Errors are shown and nothing else; curl ends the line of a body, for HubSpot's do not. */
const QUIET = ["-sS", "-w '\\n'"];

export function viewTimeline(stages: TaskLife["stages"]): Schemas["Timeline"] {
  return stages.map(({ at, ...stage }) => ({ ...stage, ...(at !== undefined && { at: isoDate(at) }) }));
}

export function viewSummary(task: TaskView): Schemas["TaskSummary"] {
  const { id, name, status, scenario, polls, requestedAt, draft, forcedAt } = task;
  const forced = forcedAt !== undefined && { forcedAt: isoDate(forcedAt) };
  return { id, name, status, scenario, polls, requestedAt: isoDate(requestedAt), draft, ...forced };
}

/** @param exchanges the task's own */
export function viewLife(task: TaskLife, exchanges: readonly Schemas["Exchange"][]): Schemas["Task"] {
  const { stages, injected } = task;
  return { ...viewSummary(task), timeline: viewTimeline(stages), injected, exchanges };
}
