import type { ErrorAnswer } from "../contract/hubspot-error.js";
import { matchOperation, versionOf } from "../contract/operations.js";
import type { Exchange } from "../exchange/exchange.js";
import type { Body, RequestHead } from "../exchange/request.js";
import { limitLabel } from "../scenario/scenario.js";
import { readClock } from "../session/clock.js";
import type { Entry } from "../session/entry.js";
import type { KeptExchange, Seen } from "../session/journal.js";
import { withId } from "../session/names.js";
import { limitExceeded } from "../session/rate-limits.js";
import { findRepeated, noteAttempt, type ResetRequest, requestKey, type Transport } from "../session/repeat.js";
import type { World } from "../session/session.js";
import { checkImportStatus } from "./check-import-status.js";
import { deleteFile } from "./delete-file.js";
import { checkCredentials, importFromUrl } from "./import-from-url.js";
import { idIn, type Outcome, type RequestAddress, type RequestContext, type RequestRoute } from "./request-context.js";
import { Responder } from "./respond.js";

/** An external response. */
export type Witnessed = Pick<Required<Exchange>, "response" | "effect">;

/** A response that is not sent yet. */
export interface Begun {
  readonly exchange: Exchange;
  /** @param instead what was sent in place of the exchange's own response, and why */
  readonly keep: (instead?: Witnessed) => KeptExchange;
}

/** What a door knows about a request beside its bytes. */
export interface Arrival {
  /** The part of the request's address before the API's path. Default: the option `basePath`. */
  readonly prefix?: string;
  /** Set if a door has parsed the address already. */
  readonly address?: RequestAddress;
  /** Describes the connection; undefined if every request is the client's own, and none is sent again by its transport. */
  readonly transport?: () => Transport | undefined;
  /** Calls back once the response was sent, or its connection ended without it. */
  readonly whenOver?: (over: () => void) => void;
}

/** What a dispatcher needs of the simulator around it. */
interface Surroundings {
  /** The simulator's clock, in epoch milliseconds. */
  readonly now: () => number;
  readonly placeOf: (request: RequestHead, body: Body, arrival?: Arrival) => RequestRoute;
  /** Called after each exchange, with the session that responded. */
  readonly onKept: (kept: KeptExchange, world: World) => void;
}

/** Responds to requests, and appends the exchanges to their session's journal. */
export class Dispatcher {
  readonly #around: Surroundings;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  begin(request: RequestHead, body: Body, arrival = NO_ARRIVAL): Begun {
    const place = this.#around.placeOf(request, body, arrival);
    const { world, now: at, clientAt } = place;
    const { resets, tasks } = world.session;
    // Resets are rare: without one, no request needs a key.
    const attempt = resets.size > 0 ? attemptAt(request, body, arrival) : undefined;
    const repeated = attempt && findRepeated(resets, { method: request.method, at: clientAt, ...attempt });
    const exchange = dispatchRequest(place, request, body, repeated);
    // Read now: other polls of the task may begin before `keep` is called.
    const known = tasks.read(exchange.taskId ?? "");
    const progress = known && progressOf(known);
    const url = withId(request.url, exchange.taskId);
    const seen = { at, clientAt, progress, request, url, body: textOf(body) };
    return {
      exchange,
      keep: (instead) => {
        const kept = this.#keep(instead ? { ...unsent(exchange), ...instead } : exchange, place, arrival, seen);
        const { id, exchange: sent } = kept;
        const isNoted = resets.size > 0 || sent.response.wire !== undefined;
        const made = isNoted ? (attempt ?? attemptAt(request, body, arrival)) : undefined;
        if (made) noteAttempt(resets, made.key, { exchange: sent, id, at: clientAt, transport: made.transport });
        return kept;
      },
    };
  }

  witness(request: RequestHead, body: Body, { response, effect }: Witnessed, arrival = NO_ARRIVAL): KeptExchange {
    const place = this.#around.placeOf(request, body, arrival);
    const { world, now: at, clientAt } = place;
    const { operation } = matchOperation(request.method, place.path);
    const asked = requestOf(place, request, body);
    const exchange = { request: asked, session: world.name, operation, violations: [], response, effect };
    const seen = { at, clientAt, progress: undefined, request, url: request.url, body: textOf(body) };
    return this.#keep(exchange, place, arrival, seen);
  }

  #keep(exchange: Exchange, { world, shown }: RequestRoute, { whenOver }: Arrival, seen: Seen): KeptExchange {
    const { session } = world;
    const kept = session.journal.append(exchange, seen);
    whenOver?.(() => {
      kept.tookMs = Math.max(0, readClock(session.clock, this.#around.now()) - shown);
    });
    this.#around.onKept(kept, world);
    return kept;
  }
}

/** Returns the key of a request among those that were reset, if its transport may attempt it several times. */
function attemptAt(request: RequestHead, body: Body, arrival: Arrival) {
  const transport = arrival.transport?.();
  return transport && { key: requestKey(request, body), transport };
}

const NO_ARRIVAL: Arrival = {};

/** Returns an exchange whose response was replaced without its state, which no client has seen. */
function unsent({ state: _, ...rest }: Exchange): Exchange {
  return rest;
}

function progressOf({ task, number, polls }: Entry): NonNullable<Seen["progress"]> {
  return { polls, pace: task.pace, number, scenario: task.scenario.name };
}

function textOf(body: Body): string {
  return "text" in body ? body.text : "";
}

/** Returns a session's response to a request, and the reason. @param repeated the request that its transport sent before */
function dispatchRequest(place: RequestRoute, request: RequestHead, body: Body, repeated?: ResetRequest): Exchange {
  const { world, base, path, now, shown, idSuffix, rejected } = place;
  const { session, unknowns, limits } = world;
  const allowance = session.budget.spend(shown, limits);
  const respond = new Responder(session.nextCorrelationId(now), now, allowance, unknowns.asPublished ?? false);
  const context: RequestContext = { request, base, path, body, now, shown, idSuffix, respond, allowance, repeated };
  const { operation, outcome } = dispatch(world, context, path, rejected);
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

/**
 * Adds the header for the scenario to a response, and removes the body from one to HEAD. Its headers are its own: a copy of
 * them took 2 % of a poll's time (npm run bench).
 */
function sentFor(
  { method }: RequestHead,
  response: Outcome["response"],
  scenario: Outcome["scenario"],
): Exchange["response"] {
  const { status, headers, body, wire } = response;
  return {
    status,
    headers:
      scenario && status !== 0
        ? Object.assign(headers, { "X-Mock-Scenario": `${scenario.name}; why=${scenario.why}` })
        : headers,
    body: method === "HEAD" ? "" : body,
    ...(wire && { wire }),
  };
}

/** Returns a request in the form of an exchange. */
function requestOf({ path }: RequestRoute, { method }: RequestHead, body: Body): Exchange["request"] {
  return body.kind === "json" ? { method, path, body: body.value } : { method, path };
}

function dispatch(
  world: World,
  context: RequestContext,
  path: string,
  rejected: ErrorAnswer | undefined,
): { readonly operation: Exchange["operation"]; readonly outcome: Outcome } {
  const route = matchOperation(context.request.method, path);
  const { operation } = route;
  if (operation === undefined) return { operation, outcome: { response: context.respond.page(route) } };
  const unread = (outcome: Outcome) => ({ operation, outcome: { ...outcome, isUnjudged: true as const } });
  if (world.apiVersions) {
    const version = versionOf(path) ?? "";
    if (!world.apiVersions.includes(version)) return { ...unread(switchedOff(context, version)), operation: undefined };
  }
  if (rejected) return unread({ response: context.respond.error(rejected) });
  const rejection = checkCredentials(context.request.headers.get("authorization"));
  if (rejection) {
    const { answer, violations } = rejection;
    const outcome = { response: context.respond.error(answer), violations };
    return violations.length > 0 ? { operation, outcome } : unread(outcome);
  }
  const over = limitExceeded(context.allowance, { operation, now: context.now });
  if (over) {
    return unread({ response: context.respond.error(over.answer), effect: limitLabel(over.limit) });
  }
  switch (operation) {
    case "importFromUrl":
      return { operation, outcome: importFromUrl(world, context) };
    case "checkImportStatus":
      return { operation, outcome: checkImportStatus(world, context, idIn(route)) };
    case "deleteFile":
      return { operation, outcome: deleteFile(world, context, idIn(route)) };
  }
}

/** HubSpot's edge would not know its paths. */
function switchedOff({ respond }: RequestContext, version: string): Outcome {
  const effect = `version ${version} is switched off by --api-versions`;
  return { response: respond.page({ status: 404 }), effect };
}
