import type { RecordedExchange } from "../../../src/exchange/exchange.js";
import type { Shown } from "./bodies.js";

export type Recorded = readonly RecordedExchange[];

/** A poll that was answered with a task. */
export interface Seen {
  readonly index: number;
  readonly exchange: RecordedExchange;
  /** The one that was asked for. */
  readonly taskId: string;
  readonly state: string;
  readonly shown: Shown;
}

export function pollsIn(recording: Recorded): readonly Seen[] {
  return recording.flatMap((exchange, index) => {
    if (exchange.request.method !== "GET" || exchange.response?.status !== 200) return [];
    const shown = JSON.parse(exchange.response.body) as Shown;
    const taskId = /tasks\/(\w+)\/status$/.exec(exchange.request.url)?.[1] ?? "";
    return [{ index, exchange, taskId, state: String(shown["status"]), shown }];
  });
}

export function acceptedIn(recording: Recorded) {
  return recording.flatMap((exchange, index) => {
    if (exchange.response?.status !== 202) return [];
    const { id } = JSON.parse(exchange.response.body) as { readonly id: string };
    return [{ index, exchange, taskId: id }];
  });
}

/** What shows that a task exists: its import, and each poll that found it. */
export function knownTasks(recording: Recorded) {
  return [...acceptedIn(recording), ...pollsIn(recording)];
}

export function pairsOf(polls: readonly Seen[], free: (index: number) => boolean) {
  const usable = polls.filter(({ index }) => free(index));
  return usable.flatMap((one) =>
    usable.flatMap((other) => (one !== other && isOfOne(one, other) ? [[one, other] as const] : [])),
  );
}

export function pairsOfEnds(recording: Recorded, free: (index: number) => boolean) {
  return pairsOf(pollsIn(recording).filter(isEnd), free);
}

export function endsInOrder(recording: Recorded, free: (index: number) => boolean) {
  return pairsOfEnds(recording, free).filter(([end, after]) => isAfter(after, end));
}

export function isOfOne(a: Pick<Seen, "taskId">, b: Pick<Seen, "taskId">): boolean {
  return a.taskId === b.taskId;
}

export function isEnd({ state }: Seen): boolean {
  return state === "COMPLETE" || state === "CANCELED";
}

export function isAnythingDeleted(recording: Recorded): boolean {
  return recording.some(({ request }) => request.method === "DELETE");
}

export function endOf({ startedAt, durationMs }: RecordedExchange): number {
  return startedAt + durationMs;
}

type At = Pick<Seen, "index" | "exchange">;

export function isAfter(later: At, earlier: At): boolean {
  const { startedAt } = later.exchange;
  if (startedAt === earlier.exchange.startedAt && later.index <= earlier.index) return false;
  return startedAt >= endOf(earlier.exchange);
}
