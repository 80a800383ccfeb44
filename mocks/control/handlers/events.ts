import { streamSSE } from "hono/streaming";
import type { Simulator } from "../../../src/simulator/simulator.js";
import type { Handlers } from "../operations.js";
import type { ExchangeView } from "../view/exchange-view.js";

/** Proxies close what is silent for half a minute. */
const HEARTBEAT_MS = 15_000;

/** A page that reads no longer must not fill the memory: it is let go, and connects again if it still lives. */
const MAX_UNREAD = 1000;

/** Exchanges as server-sent events, from now on until the client goes away. */
export function eventHandlers(simulator: Simulator, view: ExchangeView): Pick<Handlers, "followEvents"> {
  return {
    followEvents({ query, context }) {
      if (context.req.method === "HEAD") return context.body(null, 200, { "Content-Type": "text/event-stream" });
      return streamSSE(context, async (stream) => {
        await new Promise<void>((end) => {
          let unread = 0;
          const stopListening = simulator.subscribe((entry, session) => {
            if (query.session !== undefined && query.session !== session) return;
            unread += 1;
            if (unread > MAX_UNREAD) return leave();
            const data = JSON.stringify(view.of(entry, session, simulator.session(session).journal()));
            void stream.writeSSE({ event: "exchange", id: `${session}/${entry.id}`, data }).then(() => {
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
        });
      });
    },
  };
}
