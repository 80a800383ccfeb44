import { streamSSE } from "hono/streaming";
import type { Simulator } from "../../../src/simulator/simulator.js";
import type { EventLog, LoggedExchange } from "../event-log.js";
import type { Handlers } from "../operations.js";
import type { ExchangeView } from "../view/exchange-view.js";

/** Proxies close what is silent for half a minute. */
const HEARTBEAT_MS = 15_000;

/** A page that reads no longer must not fill the memory: it is let go, and connects again if it still lives. */
const MAX_UNREAD = 1000;

/**
 * Exchanges as server-sent events, from now on, or from the event on that a client saw last, until the client goes away.
 *
 * @param log follows the simulator before any follower does
 */
export function eventHandlers(simulator: Simulator, view: ExchangeView, log: EventLog): Pick<Handlers, "followEvents"> {
  /** An exchange, and behind it a block without data, which nobody is shown: a client that comes back sends its id. */
  function blocksOf({ id, entry, session }: LoggedExchange): string {
    const scope = simulator.hasSession(session) ? simulator.session(session).journal() : log;
    const data = JSON.stringify(view.of(entry, session, scope));
    return `event: exchange\ndata: ${data}\nid: ${session}/${entry.id}\n\nid: ${id}\n\n`;
  }

  /** What a client that was away has missed. */
  function missedSince(eventId: string, isWanted: (exchange: LoggedExchange) => boolean): string {
    const { exchanges, lost } = log.after(eventId);
    const notice = lost === 0 ? "" : `event: lost\ndata: ${JSON.stringify(lossOf(lost))}\n\n`;
    return notice + exchanges.filter(isWanted).map(blocksOf).join("");
  }

  return {
    followEvents({ query, context }) {
      if (context.req.method === "HEAD") return context.body(null, 200, { "Content-Type": "text/event-stream" });
      const isWanted = ({ session }: LoggedExchange) => query.session === undefined || query.session === session;
      const answer = streamSSE(context, async (stream) => {
        await new Promise<void>((end) => {
          let unread = 0;
          const stopListening = simulator.subscribe(() => {
            const exchange = log.last();
            if (!exchange || !isWanted(exchange)) return;
            unread += 1;
            if (unread > MAX_UNREAD) return leave();
            void stream.write(blocksOf(exchange)).then(() => {
              unread -= 1;
            });
          });
          const heart = setInterval(() => void stream.write(": still here\n\n"), HEARTBEAT_MS);
          const leave = () => {
            stopListening();
            clearInterval(heart);
            end();
          };
          stream.onAbort(leave);
          // The client learns that it is heard: what it does next cannot be missed.
          void stream.write(": listening\n\n");
          const lastId = context.req.header("Last-Event-ID");
          if (lastId !== undefined && lastId !== "") void stream.write(missedSince(lastId, isWanted));
        });
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

/** @param lost how many exchanges of all sessions; undefined where nobody knows */
function lossOf(lost: number | undefined): { readonly exchanges?: number; readonly message: string } {
  const what =
    lost === undefined ? "Your last event is of another mock, or too old" : `${lost} exchanges are forgotten`;
  return {
    ...(lost !== undefined && { exchanges: lost }),
    message: `${what}: what is still known follows. Read the journals.`,
  };
}
