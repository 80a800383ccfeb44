import { matchOperation } from "../contract/contract.js";
import type { ErrorAnswer } from "../contract/hubspot-error.js";
import type { Exchange } from "../exchange/exchange.js";
import type { Body, RequestHead } from "../exchange/request.js";
import { limitName } from "../scenario/effect-name.js";
import { readClock } from "../session/clock.js";
import type { Entry } from "../session/entry.js";
import type { KeptExchange, Seen } from "../session/journal.js";
import { limitExceeded } from "../session/rate-limits.js";
import { findRepeated, noteAttempt, type ResetRequest, requestKey, type Transport } from "../session/repeat.js";
import { withId } from "../session/short-name.js";
import type { World } from "../session/world.js";
import { checkImportStatus } from "./check-import-status.js";
import { deleteFile } from "./delete-file.js";
import { checkCredentials, importFromUrl } from "./import-from-url.js";
import { type Call, idIn, type Outcome } from "./request-context.js";
import { Responder } from "./respond.js";
import type { RequestAddress, RequestRoute } from "./route-request.js";

/** An answer that is none of ours. */
export type Witnessed = Pick<Required<Exchange>, "response" | "effect">;

/** An answer that is not sent yet. */
export interface Begun {
  readonly exchange: Exchange;
  /** @param instead what was sent in place of its own, and why */
  readonly keep: (instead?: Witnessed) => KeptExchange;
}

/** What a door knows of a request beside its bytes. */
export interface Arrival {
  /** What the request's address has before the API's path. Default the option `basePath`. */
  readonly prefix?: string;
  /** Where a door has parsed the address already. */
  readonly address?: RequestAddress;
  /** Tells of the connection, if anybody asks; undefined where every request is the client's own. */
  readonly transport?: () => Transport | undefined;
  /** Calls back once the response has left, or its connection is over without it. */
  readonly whenOver?: (over: () => void) => void;
}

/** Answers calls, and takes them into their session's journal. */
export interface Dispatcher {
  readonly begin: (request: RequestHead, body: Body, arrival?: Arrival) => Begun;
  readonly witness: (request: RequestHead, body: Body, answer: Witnessed, arrival?: Arrival) => KeptExchange;
}

/**
 * @param now the simulator's clock, in epoch milliseconds
 * @param onKept called after each exchange, with the session that answered
 */
export function createDispatcher({
  now,
  placeOf,
  onKept,
}: {
  readonly now: () => number;
  readonly placeOf: (request: RequestHead, body: Body, arrival?: Arrival) => RequestRoute;
  readonly onKept: (kept: KeptExchange, world: World) => void;
}): Dispatcher {
  function keep(exchange: Exchange, { world, shown }: RequestRoute, { whenOver }: Arrival, seen: Seen): KeptExchange {
    const { session } = world;
    const kept = session.journal.append(exchange, seen);
    whenOver?.(() => {
      kept.tookMs = Math.max(0, readClock(session.clock, now()) - shown);
    });
    onKept(kept, world);
    return kept;
  }

  /** By what a request is known among those that were reset, where its transport may make several attempts at it. */
  function attemptAt(request: RequestHead, body: Body, arrival: Arrival) {
    const transport = arrival.transport?.();
    return transport && { key: requestKey(request, body), transport };
  }

  return {
    begin(request, body, arrival = NO_ARRIVAL) {
      const place = placeOf(request, body, arrival);
      const { world, now: at, clientAt } = place;
      const { resets, tasks } = world.session;
      // Nobody pays for a key but who may need it: resets are rare.
      const attempt = resets.size > 0 ? attemptAt(request, body, arrival) : undefined;
      const repeated = attempt && findRepeated(resets, { method: request.method, at: clientAt, ...attempt });
      const exchange = dispatchCall(place, request, body, repeated);
      // Now, for other polls of the task may be answered before this one is sent.
      const known = tasks.get(exchange.taskId ?? "");
      const progress = known && progressOf(known);
      const url = withId(request.url, exchange.taskId);
      const seen = { at, clientAt, progress, request, url, body: textOf(body) };
      return {
        exchange,
        keep(instead) {
          const kept = keep(instead ? { ...unsent(exchange), ...instead } : exchange, place, arrival, seen);
          const { id, exchange: sent } = kept;
          const isNoted = resets.size > 0 || sent.response.wire !== undefined;
          const made = isNoted ? (attempt ?? attemptAt(request, body, arrival)) : undefined;
          if (made) noteAttempt(resets, made.key, { exchange: sent, id, at: clientAt, transport: made.transport });
          return kept;
        },
      };
    },
    witness(request, body, { response, effect }, arrival = NO_ARRIVAL) {
      const place = placeOf(request, body, arrival);
      const { world, now: at, clientAt } = place;
      const { operation } = matchOperation(request.method, place.path);
      const asked = requestOf(place, request, body);
      const exchange = { request: asked, session: world.name, operation, violations: [], response, effect };
      const seen = { at, clientAt, progress: undefined, request, url: request.url, body: textOf(body) };
      return keep(exchange, place, arrival, seen);
    },
  };
}

const NO_ARRIVAL: Arrival = {};

/** What is kept where something else was sent: the state that nobody has seen is not among it. */
function unsent({ state: _, ...rest }: Exchange): Exchange {
  return rest;
}

function progressOf({ task, number, polls }: Entry): NonNullable<Seen["progress"]> {
  return { polls, pace: task.pace, number, scenario: task.scenario.name };
}

function textOf(body: Body): string {
  return "text" in body ? body.text : "";
}

/** What a session answers a call, and why. @param repeated the request that its transport has sent before, if it has */
function dispatchCall(place: RequestRoute, request: RequestHead, body: Body, repeated?: ResetRequest): Exchange {
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
function requestOf({ path }: RequestRoute, { method }: RequestHead, body: Body): Exchange["request"] {
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
  const refusal = checkCredentials(call.request.headers.get("authorization"));
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
