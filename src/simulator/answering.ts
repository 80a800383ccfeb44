import { matchOperation } from "../contract/operation.js";
import type { Exchange } from "../exchange.js";
import { answerCall, requestOf } from "./answer-call.js";
import { readClock } from "./control/clock.js";
import type { JournalEntry, Seen } from "./control/journal.js";
import type { Place } from "./place.js";
import type { Body } from "./read-body.js";
import { findRepeated, noteAttempt, requestKey, type Transport } from "./repeat.js";
import type { Entry } from "./session.js";
import { withId } from "./short-name.js";
import type { World } from "./world.js";

/** An answer that is none of ours. */
export type Witnessed = Pick<Required<Exchange>, "response" | "effect">;

/** An answer that is not sent yet. */
export interface Begun {
  readonly exchange: Exchange;
  /** @param instead what was sent in place of its own, and why */
  readonly keep: (instead?: Witnessed) => Exchange;
}

/** What a door knows of a request beside its bytes. */
export interface Arrival {
  /** What the request's address has before the API's path. Default the option `basePath`. */
  readonly prefix?: string;
  /** Absent where every request is the client's own. */
  readonly transport?: Transport;
  /** Calls back once the response has left, or its connection is over without it. */
  readonly whenOver?: (over: () => void) => void;
}

/** Answers calls, and takes them into their session's journal. */
export interface Answering {
  readonly begin: (request: Request, body: Body, arrival?: Arrival) => Begun;
  readonly witness: (request: Request, body: Body, answer: Witnessed, arrival?: Arrival) => Exchange;
}

/**
 * @param now the simulator's clock, in epoch milliseconds
 * @param onEntry called after each exchange, with the session that answered
 */
export function createAnswering({
  now,
  placeOf,
  onEntry,
}: {
  readonly now: () => number;
  readonly placeOf: (request: Request, body: Body, arrival?: Arrival) => Place;
  readonly onEntry: (entry: JournalEntry, world: World) => void;
}): Answering {
  function keep(exchange: Exchange, { world, shown }: Place, { whenOver }: Arrival, seen: Seen) {
    const { session } = world;
    const entry = session.journal.append(exchange, seen);
    whenOver?.(() => session.journal.end(entry.id, Math.max(0, readClock(session.clock, now()) - shown)));
    onEntry(entry, world);
    return entry;
  }

  /** The attempts at a request that is reset, where its transport may make several. */
  function attemptsAt({ world, clientAt: at }: Place, request: Request, body: Body, { transport }: Arrival) {
    const { resets } = world.session;
    if (!transport) return { note: () => {} };
    // Nobody pays for a key but who may need it: resets are rare.
    const key = resets.size > 0 ? requestKey(request, body) : "";
    return {
      repeated: findRepeated(resets, { method: request.method, key, at, transport }),
      note(exchange: Exchange, id: number) {
        if (resets.size === 0 && !exchange.response.wire) return;
        noteAttempt(resets, key || requestKey(request, body), { exchange, id, at, transport });
      },
    };
  }

  return {
    begin(request, body, arrival = {}) {
      const place = placeOf(request, body, arrival);
      const { world, now: at, clientAt } = place;
      const { repeated, note } = attemptsAt(place, request, body, arrival);
      const exchange = answerCall(place, request, body, repeated);
      // Now, for other polls of the task may be answered before this one is sent.
      const known = world.session.tasks.get(exchange.taskId ?? "");
      const seen = {
        at,
        clientAt,
        ...(known && { progress: progressOf(known) }),
        request,
        url: withId(request.url, exchange.taskId),
        body: textOf(body),
      };
      return {
        exchange,
        keep(instead) {
          const { state: _, ...unsent } = exchange;
          const entry = keep(instead ? { ...unsent, ...instead } : exchange, place, arrival, seen);
          note(entry, entry.id);
          return entry;
        },
      };
    },
    witness(request, body, { response, effect }, arrival = {}) {
      const place = placeOf(request, body, arrival);
      const { world, now: at, clientAt } = place;
      const { operation } = matchOperation(request.method, place.path);
      const asked = requestOf(place, request, body);
      const exchange = { request: asked, session: world.name, operation, violations: [], response, effect };
      return keep(exchange, place, arrival, { at, clientAt, request, url: request.url, body: textOf(body) });
    },
  };
}

function progressOf({ task, number, polls }: Entry): NonNullable<Seen["progress"]> {
  return { polls, pace: task.pace, number, scenario: task.scenario.name };
}

function textOf(body: Body): string {
  return "text" in body ? body.text : "";
}
