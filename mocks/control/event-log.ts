import { randomBytes } from "node:crypto";
import { VERSIONS, versionOf } from "../../src/contract/operations.js";
import type { Exchange } from "../../src/exchange/exchange.js";
import { baseName } from "../../src/scenario/reference.js";
import type { KeptExchange } from "../../src/session/journal.js";
import { Kept } from "../../src/session/memory.js";
import type { Simulator } from "../../src/simulator/simulator.js";

/** The last exchanges of all sessions. A follower has a place in it, and nothing waits for one who does not read. */
export interface EventLog {
  /** The place of the oldest exchange that is kept. */
  readonly first: () => number;
  /** The place of the next exchange to come. */
  readonly end: () => number;
  /** The exchange at a place; undefined where it is evicted, or yet to come. */
  readonly at: (place: number) => KeptExchange | undefined;
  /** Names a place to this mock alone: another, or the same one restarted, has other ids. */
  readonly idOf: (place: number) => string;
  /**
   * The place behind an event.
   *
   * @param eventId the id of either block of an event: the place's, or `SESSION/NUMBER`
   * @returns undefined where nobody knows, because the event is of another mock or too old
   */
  readonly placeAfter: (eventId: string) => number | undefined;
  /** Calls back once, at the next exchange. @returns how to end that */
  readonly onNext: (wake: () => void) => () => void;
}

/** As many as a session's journal keeps. */
const MAX_EXCHANGES = 1000;
const MAX_BYTES = 16_000_000;

/** Logs a simulator's exchanges from now on. */
export function createEventLog(simulator: Pick<Simulator, "follow" | "memory">): EventLog {
  const run = randomBytes(6).toString("base64url");
  const memory = simulator.memory.open("event", MAX_BYTES);
  const kept: KeptExchange[] = [];
  const places: Kept[] = [];
  let waiting = new Set<() => void>();
  let evicted = 0;

  const end = () => evicted + kept.length;

  function evict(): void {
    kept.shift();
    places.shift();
    evicted += 1;
  }

  simulator.follow((one) => {
    const place = new Kept(evict);
    kept.push(one);
    places.push(place);
    memory.keep(place, one.size);
    if (places[0] && places.length > MAX_EXCHANGES) memory.evict(places[0]);
    if (waiting.size === 0) return;
    const woken = waiting;
    waiting = new Set();
    for (const wake of woken) wake();
  });

  return {
    first: () => evicted,
    end,
    at: (place) => kept[place - evicted],
    idOf: (place) => `${run}:${place + 1}`,
    placeAfter(eventId) {
      const [, ofRun, place] = /^([\w-]+):(\d+)$/.exec(eventId) ?? [];
      if (ofRun === run && Number(place) <= end()) return Number(place);
      // Of two with one number, before and after a reset, the first: better sent twice than never.
      const found = kept.findIndex(({ id, exchange: { session } }) => `${session}/${id}` === eventId);
      return found < 0 ? undefined : evicted + found + 1;
    },
    onNext(wake) {
      waiting.add(wake);
      return () => void waiting.delete(wake);
    },
  };
}

/** What is counted of a mock from its start on, whether or not anybody ever reads it: numbers alone, for each request pays. */
export interface Counts {
  /** Requests by operation, version, status and scenario, with a space between. */
  readonly requests: ReadonlyMap<string, number>;
  /** Requests that broke the contract, by operation. */
  readonly violations: ReadonlyMap<string, number>;
  /** Calls of the control API that were denied, by the last part of the problem's type. */
  readonly denied: Map<string, number>;
  /** What the mock itself did wrong. */
  defects: number;
}

/** Counts one more of a kind. */
export function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Counts a simulator's exchanges from now on. */
export function countExchanges(simulator: Pick<Simulator, "follow">): Counts {
  const requests = new Map<string, number>();
  const violations = new Map<string, number>();
  let latest: Exchange | undefined;
  let key = "";
  simulator.follow(({ exchange }) => {
    // Most polls are counted as the request before: a key for each took 6 % of a poll's time (npm run bench).
    if (!latest || !isCountedAs(latest, exchange)) key = keyOf(exchange);
    latest = exchange;
    count(requests, key);
    if (exchange.violations.length > 0) count(violations, exchange.operation ?? "none");
  });
  return { requests, violations, denied: new Map(), defects: 0 };
}

function isCountedAs(one: Exchange, other: Exchange): boolean {
  return (
    one.request.path === other.request.path &&
    one.response.status === other.response.status &&
    one.operation === other.operation &&
    one.scenario === other.scenario
  );
}

function keyOf({ operation, request, response, scenario }: Exchange): string {
  const status = response.status === 0 ? "none" : response.status;
  // A client decides what stands in a path: only the contract's versions are counted by name.
  const version = versionOf(request.path) ?? "none";
  return `${operation ?? "none"} ${VERSIONS.includes(version) ? version : "none"} ${status} ${scenario ? baseName(scenario.name) : "none"}`;
}
