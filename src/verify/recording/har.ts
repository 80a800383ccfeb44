import type { Entry, Har, Header } from "har-format";
import { base64ToString } from "uint8array-extras";
import { isObject, type JsonObject } from "../../contract/document.js";
import { matchOperation } from "../../contract/operation.js";
import { UserError } from "../../user-error.js";
import { apiPath } from "../read.js";
import type { RecordedExchange } from "./recording.js";
import { createRedactor } from "./redact.js";

/** What a recording says beside its exchanges, so that it is judged later as it was at once. */
export interface RecordingNotes {
  readonly target?: string;
  readonly timeoutMs?: number;
  readonly interrupted?: boolean;
  readonly keep?: boolean;
}

/**
 * Exchanges as HAR 1.2, for browsers' tools and for `fromHar`. What HAR has no place for stands in fields that begin
 * with an underscore, as HAR wants it.
 *
 * @param exchanges redacted already
 * @example toHar(exchanges, { version: "1.0.0", target: "https://api.hubapi.com" }).log.entries.length; // 24
 */
export function toHar(
  exchanges: readonly RecordedExchange[],
  { version, ...notes }: RecordingNotes & { readonly version: string },
): object {
  const creator = { name: "hubspot-import-kit", version };
  const log = { version: "1.2", creator, _importKit: notes, entries: exchanges.map(toEntry) };
  return { log } satisfies Har;
}

function toEntry({ startedAt, durationMs, purpose, request, response, failure }: RecordedExchange): Entry {
  const { method, url, body, tokenId } = request;
  const mimeType = response?.headers["content-type"] ?? "";
  const notes = {
    ...(purpose && { purpose }),
    ...(tokenId !== undefined && { tokenId }),
    ...(response?.flaw && { flaw: response.flaw }),
    ...(failure && { failure }),
  };
  const message = { httpVersion: "HTTP/1.1", cookies: [], headersSize: -1 };
  const entry = {
    startedDateTime: new Date(startedAt).toISOString(),
    time: durationMs,
    request: {
      ...message,
      method,
      url,
      headers: toHeaders(request.headers),
      queryString: [...new URL(url).searchParams].map(([name, value]) => ({ name, value })),
      bodySize: body?.length ?? 0,
      ...(body !== undefined && { postData: { mimeType: request.headers["content-type"] ?? "", text: body } }),
    },
    response: {
      ...message,
      // Browsers, too, write 0 where no answer came.
      status: response?.status ?? 0,
      statusText: "",
      headers: toHeaders(response?.headers ?? {}),
      content: { size: response?.body.length ?? 0, mimeType, ...(response && { text: response.body }) },
      redirectURL: response?.headers["location"] ?? "",
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    _importKit: notes,
  };
  return entry as Entry;
}

/**
 * The exchanges of a HAR file, from this kit or from any tool. Of a browser's, only calls of the contract's operations
 * are taken; secrets in it are taken out here.
 *
 * @param har parsed JSON of any shape
 * @param secrets what to take out beside everything that looks like a secret
 * @throws UserError `recording-file`, with the entry that is wrong
 * @example judge(fromHar(har).exchanges).conclusion; // "conforms"
 */
export function fromHar(
  har: unknown,
  secrets: readonly string[] = [],
): { readonly exchanges: readonly RecordedExchange[]; readonly notes: RecordingNotes } {
  const log = isObject(har) ? har["log"] : undefined;
  if (!isObject(log) || !Array.isArray(log["entries"])) throw unusable("it has no log.entries, as HAR 1.2 has");
  const redact = createRedactor(secrets);
  const exchanges = log["entries"].map(toExchange).filter(isOfContract).map(redact);
  const notes = isObject(log["_importKit"]) ? (log["_importKit"] as RecordingNotes) : {};
  return { exchanges: exchanges.sort((a, b) => a.startedAt - b.startedAt), notes };
}

function toExchange(entry: unknown, index: number): RecordedExchange {
  const wrong = (what: string) => unusable(`log.entries[${index}]${what}`);
  const { request, response, startedDateTime, time, _importKit: notes } = isObject(entry) ? entry : ({} as JsonObject);
  const startedAt = Date.parse(String(startedDateTime));
  if (Number.isNaN(startedAt)) throw wrong(".startedDateTime is no date");
  if (!isObject(request) || !URL.canParse(String(request["url"]))) throw wrong(".request.url is no address");
  if (!isObject(response) || typeof response["status"] !== "number") throw wrong(".response.status is no number");
  const { purpose, tokenId, flaw, failure } = (isObject(notes) ? notes : {}) as Partial<RecordedExchange> & {
    readonly tokenId?: string;
    readonly flaw?: "incomplete" | "not-utf-8";
  };
  const content = isObject(response["content"]) ? response["content"] : {};
  const text = typeof content["text"] === "string" ? content["text"] : "";
  const postData = isObject(request["postData"]) ? request["postData"]["text"] : undefined;
  const answer = {
    status: response["status"],
    headers: fromHeaders(response["headers"]),
    body: content["encoding"] === "base64" ? base64ToString(text) : text,
    ...(flaw && { flaw }),
  };
  const isAnswered = answer.status > 0 && !failure;
  return {
    startedAt,
    durationMs: typeof time === "number" && time >= 0 ? time : 0,
    ...(purpose && { purpose }),
    request: {
      method: String(request["method"]).toUpperCase(),
      url: String(request["url"]),
      headers: fromHeaders(request["headers"]),
      ...(typeof postData === "string" && { body: postData }),
      ...(tokenId !== undefined && { tokenId }),
    },
    ...(isAnswered
      ? { response: answer }
      : { failure: failure ?? { kind: "unreachable", message: "no answer was recorded" } }),
  };
}

function isOfContract({ purpose, request: { method, url } }: RecordedExchange): boolean {
  return purpose !== undefined || matchOperation(method, apiPath(url)).operation !== undefined;
}

function toHeaders(headers: Readonly<Record<string, string>>): Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}

function fromHeaders(headers: unknown): Readonly<Record<string, string>> {
  const list = Array.isArray(headers) ? (headers as readonly unknown[]) : [];
  const values: Record<string, string> = {};
  for (const header of list) {
    if (!isObject(header)) continue;
    const name = String(header["name"]).toLowerCase();
    values[name] = name in values ? `${values[name]}, ${header["value"]}` : String(header["value"]);
  }
  return values;
}

function unusable(why: string): UserError {
  return new UserError(
    "recording-file",
    `the recording cannot be used: ${why}. Record one with verify --record FILE.har.`,
  );
}
