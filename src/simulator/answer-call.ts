import { matchOperation } from "../contract/operation.js";
import type { Exchange } from "../exchange.js";
import { limitName } from "../task/fault/effect-name.js";
import type { ErrorAnswer } from "../task/hubspot-error.js";
import { limitExceeded } from "./budget.js";
import { type Call, idIn, type Outcome } from "./call.js";
import { checkImportStatus } from "./operations/check-import-status.js";
import { deleteFile } from "./operations/delete-file.js";
import { importFromUrl } from "./operations/import-from-url.js";
import { refuseCredentials } from "./operations/refusal.js";
import type { Place } from "./place.js";
import type { Body } from "./read-body.js";
import type { ResetRequest } from "./repeat.js";
import type { RequestHead } from "./request-head.js";
import { Responder } from "./respond.js";
import type { World } from "./world.js";

/** What a session answers a call, and why. @param repeated the request that its transport has sent before, if it has */
export function answerCall(place: Place, request: RequestHead, body: Body, repeated?: ResetRequest): Exchange {
  const { world, base, path, now, shown, idSuffix, refused } = place;
  const { session, unknowns, limits } = world;
  const allowance = session.budget.spend(shown, limits);
  const respond = new Responder(session.nextCorrelationId(now), now, allowance, unknowns.asPublished ?? false);
  const call: Call = { request, base, body, now, shown, idSuffix, respond, allowance, repeated };
  const { operation, outcome } = dispatch(world, call, path, refused);
  const { response, scenario } = outcome;
  return {
    request: requestOf(place, request, body),
    session: world.name,
    operation,
    violations: NONE,
    ...outcome,
    ...(repeated && { repeatOf: repeated.id }),
    response: sentFor(request, response, scenario),
  };
}

const NONE: Exchange["violations"] = [];

/** A response with the scenario that gave it, and without its body where HEAD asked. */
function sentFor(
  { method }: RequestHead,
  response: Outcome["response"],
  scenario: Outcome["scenario"],
): Exchange["response"] {
  const { status, headers, body, wire } = response;
  return {
    status,
    headers:
      scenario && status !== 0 ? { ...headers, "X-Mock-Scenario": `${scenario.name}; why=${scenario.why}` } : headers,
    body: method === "HEAD" ? "" : body,
    ...(wire && { wire }),
  };
}

/** A request as an exchange has it. */
export function requestOf({ path }: Place, { method }: RequestHead, body: Body): Exchange["request"] {
  return body.kind === "json" ? { method, path, body: body.value } : { method, path };
}

function dispatch(
  world: World,
  call: Call,
  path: string,
  refused: ErrorAnswer | undefined,
): { readonly operation: Exchange["operation"]; readonly outcome: Outcome } {
  const route = matchOperation(call.request.method, path);
  const { operation } = route;
  if (operation === undefined) return { operation, outcome: { response: call.respond.page(route) } };
  const unread = (outcome: Outcome) => ({ operation, outcome: { ...outcome, isUnjudged: true as const } });
  if (refused) return unread({ response: call.respond.error(refused) });
  const refusal = refuseCredentials(call.request.headers.get("authorization"));
  if (refusal) {
    const { answer, violations } = refusal;
    const outcome = { response: call.respond.error(answer), violations };
    return violations.length > 0 ? { operation, outcome } : unread(outcome);
  }
  const over = limitExceeded(call.allowance, { operation, now: call.now });
  if (over) {
    return unread({ response: call.respond.error(over.answer), effect: limitName(over.limit) });
  }
  switch (operation) {
    case "importFromUrl":
      return { operation, outcome: importFromUrl(world, call) };
    case "checkImportStatus":
      return { operation, outcome: checkImportStatus(world, call, idIn(route)) };
    case "deleteFile":
      return { operation, outcome: deleteFile(world, call, idIn(route)) };
  }
}
