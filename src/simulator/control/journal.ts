import CRC32 from "crc-32";
import { violationText } from "../../contract/validate.js";
import { copyText } from "../../copy-text.js";
import type { Exchange } from "../../exchange.js";
import { forgetOldest } from "../../forget-oldest.js";
import type { Pace } from "../../task/task.js";
import { type Account, Kept } from "../memory.js";

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
  /** How many older ones are forgotten. */
  readonly forgotten: () => number;
  readonly append: (exchange: Exchange, seen: Seen) => JournalEntry;
  /** Notes how long an exchange took, unless it is forgotten. */
  readonly end: (id: number, tookMs: number) => void;
  readonly clear: () => void;
}

/** What the journal notes beside the exchange. */
export interface Seen extends Pick<JournalEntry, "at" | "clientAt" | "progress"> {
  readonly request: Request;
  /** Its address, with a task's id where a short name came. */
  readonly url: string;
  readonly body: string;
}

/** As many as a test run looks back on; a page that polls for a day fills no memory. */
const MAX_ENTRIES = 1000;
const MAX_BODY_CHARACTERS = 100_000;

/** Tokens and cookies are never kept: a journal is shown, exported and pasted into bug reports. */
const SECRET_HEADERS: readonly string[] = ["authorization", "proxy-authorization", "cookie"];

/**
 * @param memory what the exchanges of all sessions may take; one session's may take half of it
 * @param rank how late the session's go
 */
export function createJournal(memory: Account, rank: Kept["rank"]): Journal {
  let entries: JournalEntry[] = [];
  let places: Kept[] = [];
  let forgotten = 0;
  let bytes = 0;
  let lastId = 0;
  let lastToken = 0;
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
    forgetOldest(tokens, Math.min(entries.length + 1, MAX_ENTRIES));
    return id;
  }

  function forgetOldestEntry(): void {
    entries.shift();
    bytes -= places.shift()?.bytes ?? 0;
    forgotten += 1;
  }

  return {
    entries: () => entries,
    forgotten: () => forgotten,
    append(exchange, { at, clientAt, progress, request, url, body }) {
      lastId += 1;
      const token = tokenId(request.headers.get("authorization"));
      const isLong = body.length > MAX_BODY_CHARACTERS;
      const entry: JournalEntry = {
        ...exchange,
        request: withBody(exchange.request, isLong ? undefined : body),
        id: lastId,
        at,
        clientAt,
        ...(progress && { progress }),
        sent: {
          url,
          headers: withoutSecrets(request.headers),
          ...(body !== "" && { body: isLong ? cutBody(body, lastId) : body }),
          ...(token !== undefined && { tokenId: token }),
        },
      };
      const place = new Kept(forgetOldestEntry, rank);
      const size = bytesOf(entry);
      entries.push(entry);
      places.push(place);
      bytes += size;
      memory.keep(place, size);
      while (places[0] && (places.length > MAX_ENTRIES || bytes > memory.maxBytes / 2)) memory.evict(places[0]);
      return entry;
    },
    end(id, tookMs) {
      // Numbers have no gap: the oldest one's says where each stands.
      const index = id - (entries[0]?.id ?? 0);
      const entry = entries[index];
      if (entry?.id === id) entries[index] = { ...entry, tookMs };
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

/** JSON is kept as text alone: parsed, `[{},{},…]` takes twenty times as much. */
function withBody({ body, ...request }: Exchange["request"], text: string | undefined): Exchange["request"] {
  if (body === undefined || text === undefined) return request;
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

/** What an exchange takes in memory, at most: two bytes a character, and the rest beside its texts. */
export function bytesOf({ sent, response, violations }: JournalEntry): number {
  // The url stands there with its path once more.
  let characters = 2 * sent.url.length + (sent.body?.length ?? 0) + response.body.length;
  for (const name in sent.headers) characters += name.length + (sent.headers[name]?.length ?? 0);
  for (const name in response.headers) characters += name.length + (response.headers[name]?.length ?? 0);
  for (const violation of violations) characters += 100 + violationText(violation).length;
  return 2000 + 2 * characters;
}

function withoutSecrets(headers: Headers): Readonly<Record<string, string>> {
  const kept: Record<string, string> = {};
  for (const [name, value] of headers) if (!SECRET_HEADERS.includes(name)) kept[name] = value;
  return kept;
}
