import CRC32 from "crc-32";
import { violationText } from "../contract/validate.js";
import type { Exchange } from "../exchange/exchange.js";
import type { RequestHead } from "../exchange/request.js";
import { evictOldest } from "../lru.js";
import type { Pace } from "../task/task.js";
import { copyText } from "../text.js";
import { type Account, Kept } from "./memory.js";

/** An exchange as the journal keeps it. */
export interface JournalEntry extends Exchange {
  /** Its number in the session, from 1. */
  readonly id: number;
  /** What the session's clock showed, in epoch milliseconds. */
  readonly at: number;
  /**
   * When it was for the client, in epoch milliseconds: the simulator's clock, and as much later as the session's was
   * advanced by hand. A session that is frozen or runs faster hurries no client.
   */
  readonly clientAt: number;
  /** Until its last byte had left, or its connection was over, on the session's clock; absent where no door says so. */
  readonly tookMs?: number;
  readonly sent: SentRequest;
  /** For a call about a task that is remembered: how often it was polled, this call included, and what moves it. */
  readonly progress?: {
    readonly polls: number;
    readonly pace: Pace;
    /** Which of the session's tasks it is, and its own scenario: of these its short name is made. */
    readonly number: number;
    readonly scenario: string;
  };
}

/** A request as it came, without its secrets. */
interface SentRequest {
  readonly url: string;
  /** Names in lower case. Without the token and cookies. */
  readonly headers: Readonly<Record<string, string>>;
  /** What was sent, JSON or not; cut where it is very long. */
  readonly body?: string;
  /** Tells a session's tokens apart without showing them: `token-1`, `token-2`. Absent where none was sent. */
  readonly tokenId?: string;
}

/** A session's last exchanges. */
export interface Journal {
  /** The oldest first. */
  readonly entries: () => readonly JournalEntry[];
  /** The same as they are kept. */
  readonly kept: () => readonly KeptExchange[];
  /** How many older ones are forgotten. */
  readonly forgotten: () => number;
  readonly append: (exchange: Exchange, seen: Seen) => KeptExchange;
  readonly clear: () => void;
}

/** What the journal notes beside the exchange. */
export interface Seen extends Pick<JournalEntry, "at" | "clientAt"> {
  readonly progress: JournalEntry["progress"];
  readonly request: RequestHead;
  /** Its address, with a task's id where a short name came. */
  readonly url: string;
  readonly body: string;
}

/** As many as a test run looks back on; a page that polls for a day fills no memory. */
const MAX_ENTRIES = 1000;
const MAX_BODY_CHARACTERS = 100_000;

/** An exchange as it is kept. Hardly one is ever read, so what follows from the rest is made for whoever reads it (bench:polls). */
export class KeptExchange {
  readonly id: number;
  /** Without the body of its request. */
  readonly exchange: Exchange;
  readonly clientAt: number;
  /** As in {@link JournalEntry}; set once it is known. */
  tookMs: number | undefined = undefined;
  /** What it takes in memory, at most: two bytes a character, and the rest beside its texts. */
  readonly bytes: number;
  readonly #at: number;
  readonly #progress: JournalEntry["progress"];
  readonly #url: string;
  readonly #headers: readonly string[];
  readonly #body: string;
  readonly #isJson: boolean;
  readonly #tokenId: string | undefined;

  /** @param headers names and values in turn, without secrets */
  constructor(
    id: number,
    exchange: Exchange,
    { at, clientAt, progress, url, body }: Omit<Seen, "request">,
    headers: readonly string[],
    tokenId: string | undefined,
  ) {
    const isLong = body.length > MAX_BODY_CHARACTERS;
    const { method, path, body: json } = exchange.request;
    this.id = id;
    // JSON is kept as text alone: parsed, `[{},{},…]` takes twenty times as much.
    this.exchange = json === undefined ? exchange : { ...exchange, request: { method, path } };
    this.clientAt = clientAt;
    this.#at = at;
    this.#progress = progress;
    this.#url = url;
    this.#body = isLong ? cutBody(body, id) : body;
    this.#isJson = json !== undefined && !isLong;
    this.#headers = headers;
    this.#tokenId = tokenId;
    const { response } = exchange;
    // The url stands there with its path once more.
    let characters = 2 * url.length + this.#body.length + response.body.length;
    for (const text of headers) characters += text.length;
    for (const name in response.headers) characters += name.length + (response.headers[name] as string).length;
    for (const violation of exchange.violations) characters += 100 + violationText(violation).length;
    this.bytes = 2000 + 2 * characters;
  }

  /** The same for its readers. */
  entry(): JournalEntry {
    const { id, exchange, clientAt, tookMs } = this;
    const text = this.#isJson ? this.#body : undefined;
    return {
      ...exchange,
      request: text === undefined ? exchange.request : withBody(exchange.request, text),
      id,
      at: this.#at,
      clientAt,
      ...(this.#progress && { progress: this.#progress }),
      ...(tookMs !== undefined && { tookMs }),
      sent: this.#sent(),
    };
  }

  #sent(): SentRequest {
    return {
      url: this.#url,
      headers: recordOf(this.#headers),
      ...(this.#body !== "" && { body: this.#body }),
      ...(this.#tokenId !== undefined && { tokenId: this.#tokenId }),
    };
  }
}

/** As `Headers` has them: each name once, in lower case. Made once for all exchanges with the same headers. */
function recordOf(pairs: readonly string[]): Readonly<Record<string, string>> {
  const known = records.get(pairs);
  if (known) return known;
  const headers = new Headers();
  for (let at = 0; at < pairs.length; at += 2) headers.append(pairs[at] as string, pairs[at + 1] as string);
  const record = Object.freeze(Object.fromEntries(headers));
  records.set(pairs, record);
  return record;
}

const records = new WeakMap<readonly string[], Readonly<Record<string, string>>>();

/** Tokens and cookies are never kept: a journal is shown, exported and pasted into bug reports. */
const SECRET_HEADER = /^(?:proxy-)?authorization$|^cookie$/i;

/**
 * @param memory what the exchanges of all sessions may take; one session's may take half of it
 * @param rank how late the session's go
 */
export function createJournal(memory: Account, rank: Kept["rank"]): Journal {
  let entries: KeptExchange[] = [];
  let places: Kept[] = [];
  let forgotten = 0;
  let bytes = 0;
  let lastId = 0;
  let lastToken = 0;
  let lastHeaders: readonly string[] = [];
  const tokens = new Map<number, string>();

  function tokenId(token: string | null): string | undefined {
    if (token === null) return undefined;
    // A digest is enough to tell tokens apart, and no secret stays in memory.
    const digest = CRC32.str(token);
    const known = tokens.get(digest);
    if (known !== undefined) return known;
    lastToken += 1;
    const id = `token-${lastToken}`;
    tokens.set(digest, id);
    evictOldest(tokens, Math.min(entries.length + 1, MAX_ENTRIES));
    return id;
  }

  /** A client sends the same headers with each request: they are kept once. */
  function headersOf({ headers }: RequestHead): readonly string[] {
    const sent: string[] = [];
    headers.forEach((value, name) => {
      if (!SECRET_HEADER.test(name)) sent.push(name, value);
    });
    const isKnown = sent.length === lastHeaders.length && sent.every((text, at) => text === lastHeaders[at]);
    if (!isKnown) lastHeaders = sent;
    return lastHeaders;
  }

  function forgetOldestEntry(): void {
    entries.shift();
    bytes -= places.shift()?.bytes ?? 0;
    forgotten += 1;
  }

  return {
    entries: () => entries.map((kept) => kept.entry()),
    kept: () => entries,
    forgotten: () => forgotten,
    append(exchange, seen) {
      lastId += 1;
      const { request } = seen;
      const token = tokenId(request.headers.get("authorization"));
      const kept = new KeptExchange(lastId, exchange, seen, headersOf(request), token);
      const place = new Kept(forgetOldestEntry, rank);
      entries.push(kept);
      places.push(place);
      bytes += kept.bytes;
      memory.keep(place, kept.bytes);
      while (places[0] && (places.length > MAX_ENTRIES || bytes > memory.maxBytes / 2)) memory.evict(places[0]);
      return kept;
    },
    clear() {
      for (const place of places) memory.release(place);
      entries = [];
      places = [];
      forgotten = 0;
      bytes = 0;
    },
  };
}

/** Parsed by whoever reads it. */
function withBody(request: Exchange["request"], text: string): Exchange["request"] {
  return {
    ...request,
    get body(): unknown {
      return JSON.parse(text);
    },
  };
}

/** Says that it is cut, and is equal to no other: nobody knows how it went on. */
function cutBody(body: string, id: number): string {
  const start = copyText(body.slice(0, MAX_BODY_CHARACTERS));
  return `${start}… (${body.length} characters, cut; request ${id})`;
}
