import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { createRedactor } from "../../src/exchange/redact.js";

export type Send = (request: Request) => Promise<Received>;

/** What a client reads of a response. */
export type Received = Pick<Response, "status" | "headers" | "text">;

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

  async function record(send: Send, request: Request): Promise<Received> {
    const slot = slots.push(undefined) - 1;
    const startedAt = now();
    const body = request.body ? await request.clone().text() : "";
    const token = tokenId(request.headers.get("authorization"));
    const sent = {
      method: request.method,
      url: request.url,
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
