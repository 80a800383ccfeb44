import { matchOperation } from "../contract/operation.js";
import type { Exchange } from "../exchange.js";
import { answerCall, requestOf } from "./answer-call.js";
import { readClock } from "./control/clock.js";
import type { KeptExchange, Seen } from "./control/journal.js";
import type { Entry } from "./entry.js";
import type { Place, RequestAddress } from "./place.js";
import type { Body } from "./read-body.js";
import { findRepeated, noteAttempt, requestKey, type Transport } from "./repeat.js";
import type { RequestHead } from "./request-head.js";
import { withId } from "./short-name.js";
import type { World } from "./world.js";

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
export interface Answering {
  readonly begin: (request: RequestHead, body: Body, arrival?: Arrival) => Begun;
  readonly witness: (request: RequestHead, body: Body, answer: Witnessed, arrival?: Arrival) => KeptExchange;
}

/**
 * @param now the simulator's clock, in epoch milliseconds
 * @param onKept called after each exchange, with the session that answered
 */
export function createAnswering({
  now,
  placeOf,
  onKept,
}: {
  readonly now: () => number;
  readonly placeOf: (request: RequestHead, body: Body, arrival?: Arrival) => Place;
  readonly onKept: (kept: KeptExchange, world: World) => void;
}): Answering {
  function keep(exchange: Exchange, { world, shown }: Place, { whenOver }: Arrival, seen: Seen): KeptExchange {
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
      const exchange = answerCall(place, request, body, repeated);
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
