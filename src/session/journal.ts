import CRC32 from "crc-32";
import { versionOf } from "../contract/operations.js";
import { violationText } from "../contract/validate.js";
import type { Exchange } from "../exchange/exchange.js";
import type { RequestHead } from "../exchange/request.js";
import { evictOldest } from "../lru.js";
import { oncePer } from "../once-per.js";
import type { Pace } from "../task/task.js";
import { copyText } from "../text.js";
import { type Account, Evictable } from "./memory.js";

/** An exchange as the journal keeps it. */
export interface JournalEntry extends Exchange {
  /** Its number in the session, from 1. */
  readonly id: number;
  /** What the session's clock showed, in epoch milliseconds. */
  readonly at: number;
  /**
   * The client's time, in epoch milliseconds: the simulator's clock plus what the session's clock was advanced by hand. A
   * frozen or faster session clock does not change it.
   */
  readonly clientAt: number;
  /** Milliseconds of the session's clock until the last byte left or the connection ended; absent where no door reports it. */
  readonly tookMs?: number;
  readonly sent: SentRequest;
  /** The version of the API in its path, also one that the contract lacks; absent for a path of another API. */
  readonly version?: string;
  /** For a request about a known task: how often it was polled, this request included, and its pace. */
  readonly progress?: {
    readonly polls: number;
    readonly pace: Pace;
    /** Which of the session's tasks it is, and its own scenario: its short name consists of these. */
    readonly number: number;
    readonly scenario: string;
  };
}

/** A request as it was sent, without its secrets. */
interface SentRequest {
  readonly url: string;
  /** Names in lower case. Without the token and cookies. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, JSON or not; cut if it is very long. */
  readonly body?: string;
  /** Distinguishes a session's tokens without showing them: `token-1`, `token-2`. Absent if none was sent. */
  readonly tokenId?: string;
}

/** What the journal notes beside the exchange. */
export interface Seen extends Pick<JournalEntry, "at" | "clientAt"> {
  readonly progress: JournalEntry["progress"];
  readonly request: RequestHead;
  /** Its address, with the task's id in place of a short name. */
  readonly url: string;
  readonly body: string;
}

/** More than a test run looks back on. A page that polls for a day must not fill the memory. */
const MAX_ENTRIES = 1000;
const MAX_BODY_CHARACTERS = 100_000;

/** What evicts a journal's exchanges. */
interface ExchangeOwner {
  readonly dropOldest: () => void;
  readonly rank: () => 0 | 1 | 2;
}

/**
 * An exchange as it is kept. Few are ever read, so what can be derived is derived on reading (bench:polls). It is its own place
 * in the memory's order of eviction, as a task's entry is.
 */
export class KeptExchange extends Evictable {
  readonly id: number;
  /** Without the body of its request. */
  readonly exchange: Exchange;
  readonly clientAt: number;
  /** As in {@link JournalEntry}; set once it is known. */
  tookMs: number | undefined = undefined;
  /** The most memory that it takes: two bytes a character, and a constant for the rest. */
  readonly size: number;
  readonly #owner: ExchangeOwner;
  readonly #at: number;
  readonly #progress: JournalEntry["progress"];
  readonly #url: string;
  readonly #headers: readonly string[];
  readonly #body: string;
  readonly #isJson: boolean;
  readonly #tokenId: string | undefined;

  /** @param headers names and values in turn, without secrets */
  constructor(
    owner: ExchangeOwner,
    id: number,
    exchange: Exchange,
    { at, clientAt, progress, url, body }: Omit<Seen, "request">,
    headers: readonly string[],
    tokenId: string | undefined,
  ) {
    super();
    const isLong = body.length > MAX_BODY_CHARACTERS;
    const { method, path, body: json } = exchange.request;
    this.#owner = owner;
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
    // Twice: the exchange has the url's path once more.
    let characters = 2 * url.length + this.#body.length + response.body.length;
    for (const text of headers) characters += text.length;
    for (const name in response.headers) characters += name.length + (response.headers[name] as string).length;
    for (const violation of exchange.violations) characters += 100 + violationText(violation).length;
    this.size = 2000 + 2 * characters;
  }

  evict(): void {
    this.#owner.dropOldest();
  }

  rank(): 0 | 1 | 2 {
    return this.#owner.rank();
  }

  /** Returns it in the form that readers get. */
  entry(): JournalEntry {
    const { id, exchange, clientAt, tookMs } = this;
    const text = this.#isJson ? this.#body : undefined;
    const version = versionOf(exchange.request.path);
    const { request, ...rest } = exchange;
    // The spread is last: V8 adds properties to the copy that a first one makes at 2 µs each (npm run bench, a line of log).
    return {
      id,
      at: this.#at,
      clientAt,
      sent: this.#sent(),
      ...(version !== undefined && { version }),
      ...(this.#progress && { progress: this.#progress }),
      ...(tookMs !== undefined && { tookMs }),
      request: text === undefined ? request : withBody(request, text),
      ...rest,
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

/** Headers as `Headers` has them, each name once and in lower case. Exchanges with the same headers share one record. */
const recordOf = oncePer((pairs: readonly string[]): Readonly<Record<string, string>> => {
  const headers = new Headers();
  for (let at = 0; at < pairs.length; at += 2) headers.append(pairs[at] as string, pairs[at + 1] as string);
  return Object.freeze(Object.fromEntries(headers));
});

/** Tokens and cookies are never kept: a journal is shown, exported and pasted into bug reports. */
const SECRET_HEADER = /^(?:proxy-)?authorization$|^cookie$/i;

/** A session's last exchanges. */
export class Journal {
  readonly rank: ExchangeOwner["rank"];
  readonly #memory: Account;
  readonly #tokenIds = new Map<number, string>();
  #entries: KeptExchange[] = [];
  #forgotten = 0;
  #bytes = 0;
  #lastId = 0;
  #lastToken = 0;
  #lastHeaders: readonly string[] = [];

  /**
   * @param memory what the exchanges of all sessions may take; one session's may take half of it
   * @param rank how late the session's exchanges are evicted
   */
  constructor(memory: Account, rank: ExchangeOwner["rank"]) {
    this.#memory = memory;
    this.rank = rank;
  }

  /** The oldest first. */
  entries(): readonly JournalEntry[] {
    return this.#entries.map((kept) => kept.entry());
  }

  /** The same as they are kept. */
  kept(): readonly KeptExchange[] {
    return this.#entries;
  }

  /** How many older ones were evicted. */
  forgotten(): number {
    return this.#forgotten;
  }

  append(exchange: Exchange, seen: Seen): KeptExchange {
    this.#lastId += 1;
    const { request } = seen;
    const token = this.#tokenId(request.headers.get("authorization"));
    const kept = new KeptExchange(this, this.#lastId, exchange, seen, this.#headersOf(request), token);
    this.#entries.push(kept);
    this.#bytes += kept.size;
    this.#memory.keep(kept, kept.size);
    while (this.#entries[0] && this.#isTooLarge()) this.#memory.evict(this.#entries[0]);
    return kept;
  }

  clear(): void {
    for (const kept of this.#entries) this.#memory.release(kept);
    this.#entries = [];
    this.#forgotten = 0;
    this.#bytes = 0;
  }

  #isTooLarge(): boolean {
    return this.#entries.length > MAX_ENTRIES || this.#bytes > this.#memory.maxBytes / 2;
  }

  /** Called by the memory, for the oldest exchange. */
  dropOldest(): void {
    this.#bytes -= this.#entries.shift()?.size ?? 0;
    this.#forgotten += 1;
  }

  #tokenId(token: string | null): string | undefined {
    if (token === null) return undefined;
    // A digest is enough to distinguish tokens, and keeps no secret in memory.
    const digest = CRC32.str(token);
    const known = this.#tokenIds.get(digest);
    if (known !== undefined) return known;
    this.#lastToken += 1;
    const id = `token-${this.#lastToken}`;
    this.#tokenIds.set(digest, id);
    evictOldest(this.#tokenIds, Math.min(this.#entries.length + 1, MAX_ENTRIES));
    return id;
  }

  /** A client sends the same headers with each request: they are kept once. */
  #headersOf({ headers }: RequestHead): readonly string[] {
    const sent: string[] = [];
    headers.forEach((value, name) => {
      if (!SECRET_HEADER.test(name)) sent.push(name, value);
    });
    const last = this.#lastHeaders;
    const isKnown = sent.length === last.length && sent.every((text, at) => text === last[at]);
    if (!isKnown) this.#lastHeaders = sent;
    return this.#lastHeaders;
  }
}

/** Parses the body only if it is read. */
function withBody({ method, path }: Exchange["request"], text: string): Exchange["request"] {
  return {
    method,
    path,
    get body(): unknown {
      return JSON.parse(text);
    },
  };
}

/** Cuts a body. The text names the request, so that two cut bodies are never equal: their ends are unknown. */
function cutBody(body: string, id: number): string {
  const start = copyText(body.slice(0, MAX_BODY_CHARACTERS));
  return `${start}… (${body.length} characters, cut; request ${id})`;
}
