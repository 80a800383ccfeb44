import type { Entry, Har, Header } from "har-format";
import { isObject } from "../../contract/document.js";
import { isoDate } from "../../instant.js";
import { exchangesOf } from "./har-entry.js";
import { type RecordingNotes, readNotes, unusable } from "./har-shape.js";
import type { RecordedExchange } from "./recording.js";
import { createRedactor } from "./redact.js";

export type { RecordingNotes } from "./har-shape.js";

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
    startedDateTime: isoDate(startedAt),
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
 * @param secrets what to take out beside everything that looks like a secret, as for `createRedactor`
 * @returns the exchanges in the order in which they were sent, and the notes to judge them with
 * @throws UserError `recording-file`, with the place of what is wrong
 * @example judge(fromHar(har).exchanges).conclusion; // "conforms"
 */
export function fromHar(
  har: unknown,
  secrets: readonly string[] = [],
): { readonly exchanges: readonly RecordedExchange[]; readonly notes: RecordingNotes } {
  const log = isObject(har) ? har["log"] : undefined;
  if (!isObject(log) || !Array.isArray(log["entries"])) throw unusable("it has no log.entries, as HAR 1.2 has");
  const notes = readNotes(log["_importKit"] ?? {}, "log._importKit");
  const exchanges = log["entries"].flatMap((entry, index) => exchangesOf(entry, `log.entries[${index}]`));
  const redact = createRedactor(secrets);
  return { exchanges: redact(exchanges).sort((a, b) => a.startedAt - b.startedAt), notes: redact(notes) };
}

function toHeaders(headers: Readonly<Record<string, string>>): Header[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
