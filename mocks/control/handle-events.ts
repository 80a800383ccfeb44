import { streamSSE } from "hono/streaming";
import type { KeptExchange } from "../../src/session/journal.js";
import { DEFAULT_SESSION } from "../../src/session/names.js";
import type { Simulator } from "../../src/simulator/simulator.js";
import type { EventLog } from "./event-log.js";
import type { ExchangeView } from "./exchange-view.js";
import type { Handlers } from "./operations.js";

/** Proxies close what is silent for half a minute. */
const HEARTBEAT_MS = 15_000;

/** How soon a browser connects again: by itself it waits three seconds, in which a person looks at a page that says nothing. */
const RETRY_MS = 500;

/** The next exchange for a follower, or how many were evicted before it. */
type Next = { readonly place: number; readonly kept: KeptExchange } | { readonly lost: number | undefined };

/**
 * Exchanges as server-sent events, from now on, or from the event on that a client saw last, until the client goes away.
 *
 * @param log follows the simulator before any follower does
 * @param changes what is changed through this API
 */
export function eventHandlers(
  simulator: Simulator,
  view: ExchangeView,
  { log, changes }: { readonly log: EventLog; readonly changes: ChangeFeed },
): Pick<Handlers, "followEvents"> {
  /** An exchange, and behind it a block without data, which nobody is shown: a client that comes back sends its id. */
  function blocksOf(place: number, kept: KeptExchange): string {
    const session = sessionOf(kept);
    const scope = simulator.hasSession(session) ? simulator.session(session).journal() : log;
    const data = JSON.stringify(view.of(kept.entry(), session, scope));
    return `event: exchange\ndata: ${data}\nid: ${session}/${kept.id}\n\nid: ${log.idOf(place)}\n\n`;
  }

  /** @returns a function that gives the next exchange of a follower, or undefined where it has yet to come */
  function followerFrom(lastId: string | undefined, isWanted: (kept: KeptExchange) => boolean) {
    let place = lastId === undefined ? log.end() : log.placeAfter(lastId);
    return (): Next | undefined => {
      const from = place ?? log.first();
      const lost = place === undefined ? undefined : Math.max(0, log.first() - from);
      place = Math.max(from, log.first());
      if (lost !== 0) return { lost };
      for (let kept = log.at(place); kept; kept = log.at(place)) {
        place += 1;
        if (isWanted(kept)) return { place: place - 1, kept };
      }
      return undefined;
    };
  }

  return {
    followEvents({ query, context }) {
      if (context.req.method === "HEAD") return context.body(null, 200, { "Content-Type": "text/event-stream" });
      const isWanted = (kept: KeptExchange) => query.session === undefined || query.session === sessionOf(kept);
      const next = followerFrom(context.req.header("Last-Event-ID") || undefined, isWanted);
      const answer = streamSSE(context, async (stream) => {
        let wake = () => {};
        const changed = new Set<string | undefined>();
        const unfollow = changes.follow((session) => {
          if (query.session === undefined || session === undefined || session === query.session) changed.add(session);
          wake();
        });
        stream.onAbort(() => {
          unfollow();
          wake();
        });
        // The client learns that it is heard: what it does next cannot be missed.
        await stream.write(`retry: ${RETRY_MS}\n: listening\n\n`);
        while (!stream.aborted) {
          const told = next();
          // Nothing is written before the client has read what was: who reads nothing takes no memory.
          if (told) await stream.write("kept" in told ? blocksOf(told.place, told.kept) : lossOf(told.lost));
          else if (changed.size > 0) await stream.write(changesOf(changed));
          else if (await isSilent(log, (end) => (wake = end))) await stream.write(": still here\n\n");
        }
      });
      // nginx would keep the events until it has a buffer of them, and others compress or keep them.
      answer.headers.set("X-Accel-Buffering", "no");
      answer.headers.set("Cache-Control", "no-cache, no-transform");
      // Node says how long the connection lasts and how the body is divided, and tells HTTP/1.0 neither.
      for (const name of ["Connection", "Transfer-Encoding"]) answer.headers.delete(name);
      return answer;
    },
  };
}

/** @param changed sessions, or undefined for the whole mock; emptied */
function changesOf(changed: Set<string | undefined>): string {
  const events = [...changed].map((session) => `event: change\ndata: ${JSON.stringify({ session })}\n\n`);
  changed.clear();
  return events.join("");
}

function sessionOf({ exchange: { session = DEFAULT_SESSION } }: KeptExchange): string {
  return session;
}

/** Waits for the next exchange. @returns whether none came for the time of a heartbeat */
function isSilent(log: EventLog, onEnd: (end: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const over = (silent: boolean) => {
      clearTimeout(heart);
      stopWaiting();
      resolve(silent);
    };
    const heart = setTimeout(() => over(true), HEARTBEAT_MS);
    const stopWaiting = log.onNext(() => over(false));
    onEnd(() => over(false));
  });
}

/** @param lost how many exchanges of all sessions; undefined where nobody knows */
function lossOf(lost: number | undefined): string {
  const what =
    lost === undefined ? "Your last event is from another mock, or was evicted" : `${lost} exchanges were evicted`;
  const loss = {
    ...(lost !== undefined && { exchanges: lost }),
    message: `${what}: the remaining events follow. Read the journals for the rest.`,
  };
  return `event: lost\ndata: ${JSON.stringify(loss)}\n\n`;
}

/** Tells those who follow which session was changed through the control API. */
export class ChangeFeed {
  readonly #followers = new Set<(session: string | undefined) => void>();

  /** @param session undefined for the whole mock */
  note(session: string | undefined): void {
    for (const follower of this.#followers) follower(session);
  }

  /** @returns ends it */
  follow(follower: (session: string | undefined) => void): () => void {
    this.#followers.add(follower);
    return () => void this.#followers.delete(follower);
  }
}
