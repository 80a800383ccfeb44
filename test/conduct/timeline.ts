import type { RecordedExchange } from "../../src/exchange/exchange.js";
import { START } from "../clock.js";
import { CAT, IMPORT } from "./client.js";

/** What came back: a task's state, a status, or a status with its headers; `none` when nothing did. */
export type Came = "PENDING" | "PROCESSING" | "COMPLETE" | "CANCELED" | "none" | number | Answered;
type Answered = { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

type Details = Partial<Pick<RecordedExchange, "durationMs">> & {
  readonly headers?: Readonly<Record<string, string>>;
  readonly tokenId?: string;
};

/** A poll written down by hand, so many milliseconds after the tests' noon. */
export function poll(atMs: number, came: Came, details: Details = {}, id = "task-1"): RecordedExchange {
  const url = `https://api.hubapi.com${IMPORT}/tasks/${id}/status`;
  return exchange(atMs, { method: "GET", url }, { came, details, body: { taskId: id } });
}

/** An import written down by hand. @param id of the task that is answered */
export function submit(
  atMs: number,
  id: string,
  { body = CAT, server = "https://api.hubapi.com", ...details }: Details & { body?: object; server?: string } = {},
) {
  const request = { method: "POST", url: server + IMPORT, body: JSON.stringify(body) };
  return exchange(atMs, request, { came: { status: 202 }, details, body: { id } });
}

export function exchange(
  atMs: number,
  request: { readonly method: string; readonly url: string; readonly body?: string },
  { came, details = {}, body = {} }: { readonly came: Came; readonly details?: Details; readonly body?: object },
): RecordedExchange {
  const { durationMs = 0, headers = { authorization: "Bearer REDACTED" }, tokenId } = details;
  const sent = { ...request, headers, ...(tokenId !== undefined && { tokenId }) };
  const base = { startedAt: START + atMs, durationMs, request: sent };
  if (came === "none") return { ...base, failure: { kind: "dropped", message: "gone" } };
  const { status, headers: own = {} } =
    typeof came === "object" ? came : { status: typeof came === "number" ? came : 200 };
  const shown = typeof came === "string" ? { ...body, status: came } : body;
  const response = { status, headers: { "content-type": "application/json", ...own }, body: JSON.stringify(shown) };
  return { ...base, response };
}
