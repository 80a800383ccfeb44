import { type RecordedExchange, toResponse, wireOf } from "../../src/exchange/exchange.js";
import { createRedactor } from "../../src/exchange/redact.js";
import { bodyFrom } from "../../src/exchange/request.js";
import type { Simulator } from "../../src/simulator/simulator.js";

export type Send = (request: Sent) => Promise<Received>;

/** A request as a client sends it; `body` is empty where it has none. */
export interface Sent extends Pick<Request, "method" | "url" | "headers"> {
  readonly body: string;
}

/** What a client reads of a response. */
export type Received = Pick<Response, "status" | "headers" | "text">;

/** @param body a byte order mark is not part of what `text` reads, as with `fetch` */
export function received(status: number, headers: Readonly<Record<string, string>>, body: string): Received {
  return { status, headers: new Headers(headers), text: async () => body.replace(/^\uFEFF/, "") };
}

export const overNetwork: Send = ({ url, method, headers, body }) =>
  fetch(url, { method, headers, ...(body !== "" && { body }) });

/** Sends to a simulator of this process. Most of the time would go to making and reading a Request and a Response. */
export function toSimulator(simulator: Pick<Simulator, "exchange">): Send {
  return async (request) => {
    const body = await bodyFrom(request.body, request.headers.get("content-type"));
    const { response } = simulator.exchange(request, body);
    if (wireOf(response)) return toResponse(response, { signal: new AbortController().signal });
    return received(response.status, response.headers, response.body);
  };
}

/** Writes down what goes through it, as a client's recorder does: redacted, in the order of sending. */
export function createRecorder(now: () => number) {
  const slots: (RecordedExchange | undefined)[] = [];
  const tokens: string[] = [];
  const redact = createRedactor([]);

  function tokenId(token: string | null): string | undefined {
    if (token === null) return undefined;
    if (!tokens.includes(token)) tokens.push(token);
    return `token-${tokens.indexOf(token)}`;
  }

  async function record(send: Send, request: Sent): Promise<Received> {
    const slot = slots.push(undefined) - 1;
    const startedAt = now();
    const { method, url, body } = request;
    const token = tokenId(request.headers.get("authorization"));
    const sent = {
      method,
      url,
      headers: Object.fromEntries(request.headers),
      ...(body !== "" && { body }),
      ...(token !== undefined && { tokenId: token }),
    };
    try {
      const answer = await send(request);
      const text = await answer.text();
      const { status, headers } = answer;
      const response = { status, headers: Object.fromEntries(headers), body: text };
      slots[slot] = redact({ startedAt, durationMs: now() - startedAt, request: sent, response });
      return { status, headers, text: async () => text };
    } catch (error) {
      const failure = { kind: "dropped", message: String(error) } as const;
      slots[slot] = redact({ startedAt, durationMs: now() - startedAt, request: sent, failure });
      throw error;
    }
  }

  return {
    through:
      (send: Send): Send =>
      (request) =>
        record(send, request),
    exchanges: (): readonly RecordedExchange[] => slots.filter((one) => one !== undefined),
  };
}
