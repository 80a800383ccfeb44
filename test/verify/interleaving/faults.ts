import { type Answer, answer, canceled, complete, failed, pending, processing, type Shown } from "./bodies.js";
import type { Chance } from "./record.js";
import {
  acceptedIn,
  endOf,
  endsInOrder,
  isAfter,
  isAnythingDeleted,
  isEnd,
  isOfOne,
  knownTasks,
  pairsOf,
  pairsOfEnds,
  pollsIn,
  type Recorded,
  type Seen,
} from "./seen.js";

/** Something that no order of a recording's requests explains. */
export interface Fault {
  /** Reads on from "a server that". */
  readonly does: string;
  /** The one check that is meant for it. */
  readonly breaks: string;
  /**
   * Puts it into a recording of a server that keeps the contract.
   *
   * @param free whether a request may be changed or relied on
   * @returns nothing where the recording has no place for it
   */
  readonly put: (recording: Recorded, chance: Chance, free: (index: number) => boolean) => Broken | undefined;
}

interface Broken {
  readonly recording: Recorded;
  /** The requests whose responses contradict each other, or the contract. */
  readonly proof: readonly number[];
}

export const faults: readonly Fault[] = [
  {
    does: "goes back from PROCESSING to PENDING",
    breaks: "state-order",
    put: (recording, chance, free) => {
      const polls = pollsIn(recording).filter(({ index }) => free(index));
      const ends = pollsIn(recording).filter(isEnd);
      const later = (one: Seen) => polls.filter((other) => isOfOne(one, other) && isAfter(other, one));
      const pairs = polls
        .filter(({ state }) => state === "PROCESSING")
        .flatMap((before) => later(before).map((after) => [before, after] as const))
        .filter(([, after]) => !isEnd(after))
        .filter(([, after]) => !ends.some((end) => isOfOne(end, after) && isAfter(after, end)));
      return change(recording, chance, pairs, pending);
    },
  },
  {
    does: "leaves the end of a task",
    breaks: "terminal-state",
    put: (recording, chance, free) =>
      change(recording, chance, endsInOrder(recording, free), chance.pick([pending, processing])),
  },
  {
    does: "ends a task in two ways",
    breaks: "terminal-state",
    put: (recording, chance, free) =>
      change(recording, chance, pairsOfEnds(recording, free), (shown) =>
        shown["status"] === "COMPLETE" ? canceled(shown) : complete(shown, fileOf(shown)),
      ),
  },
  {
    does: "changes when a task ended",
    breaks: "end-fixed",
    put: (recording, chance, free) =>
      change(recording, chance, pairsOfEnds(recording, free), (shown) => ({
        ...shown,
        completedAt: later(shown["completedAt"]),
      })),
  },
  {
    does: "changes what a task ended with",
    breaks: "end-fixed",
    put: (recording, chance, free) =>
      isAnythingDeleted(recording)
        ? undefined
        : change(recording, chance, pairsOfEnds(recording, free), ({ result, ...shown }) =>
            result === undefined
              ? {
                  ...shown,
                  taskId: shown.taskId,
                  errors: [{ ...(shown["errors"] as object[])[0], message: "Another." }],
                }
              : { ...shown, taskId: shown.taskId, result: { ...result, size: 1 } },
          ),
  },
  {
    does: "changes when a task was requested",
    breaks: "requested-at",
    put: (recording, chance, free) =>
      change(recording, chance, pairsOf(pollsIn(recording), free), (shown) => ({
        ...shown,
        requestedAt: later(shown["requestedAt"], -1000),
      })),
  },
  {
    does: "shows another task",
    breaks: "task-id",
    put: (recording, chance, free) => {
      const polls = pollsIn(recording).filter(({ index }) => free(index));
      return change(
        recording,
        chance,
        polls.map((poll) => [poll, poll] as const),
        (shown) => ({ ...shown, taskId: "another" }),
      );
    },
  },
  {
    does: "loses a task",
    breaks: "task-known",
    put: (recording, chance, free) => {
      if (isAnythingDeleted(recording)) return undefined;
      const known = knownTasks(recording);
      const lost = pollsIn(recording)
        .filter(({ index }) => free(index))
        .flatMap((poll) =>
          known.filter((one) => isOfOne(one, poll) && isAfter(poll, one)).map((one) => [one, poll] as const),
        );
      return changeResponse(recording, chance, lost, () => failed(404, "resource not found"));
    },
  },
  {
    does: "shows a file of a task that was canceled",
    breaks: "schema",
    put: (recording, chance, free) => {
      const ends = pollsIn(recording).filter(({ state }) => state === "CANCELED");
      // Seen before another, it would be an end that changes as well.
      const lone = ends.filter((poll) => free(poll.index) && ends.every((end) => end === poll || !isOfOne(poll, end)));
      return change(
        recording,
        chance,
        lone.map((poll) => [poll, poll] as const),
        (shown) => {
          const { result } = complete(shown, fileOf(shown));
          return { ...shown, result };
        },
      );
    },
  },
  {
    does: "gives two imports one task",
    breaks: "task-id",
    put: (recording, chance, free) => {
      const accepted = acceptedIn(recording).filter(({ index }) => free(index));
      const twins = accepted.flatMap((one) =>
        accepted.flatMap((two) => (isAfter(two, one) ? [[one, two] as const] : [])),
      );
      return changeResponse(recording, chance, twins, ([one]) => recording[one.index]?.response as Answer);
    },
  },
  {
    does: "never ends a task",
    breaks: "ends-in-time",
    put: (recording, chance, free) => {
      const [accepted] = acceptedIn(recording).filter(
        ({ taskId }) => !pollsIn(recording).some((poll) => poll.taskId === taskId && isEnd(poll)),
      );
      const like = accepted && pollsIn(recording).find((poll) => isOfOne(poll, accepted));
      if (!accepted || !like || !free(accepted.index) || isAnythingDeleted(recording)) return undefined;
      const startedAt = endOf(accepted.exchange) + 60_000 + chance.integer(0, 1000);
      const { request } = like.exchange;
      const late = {
        startedAt,
        durationMs: chance.integer(0, 500),
        request,
        response: answer(200, processing({ ...like.shown, taskId: like.taskId })),
      };
      return { recording: [...recording, late], proof: [recording.length] };
    },
  },
  {
    does: "is out until the end",
    breaks: "availability",
    put: (recording, chance) => {
      const [accepted] = acceptedIn(recording);
      if (!accepted) return undefined;
      const last = Math.max(...recording.map(endOf));
      const url = `${accepted.exchange.request.url}/tasks/${accepted.taskId}/status`;
      const outage = [0, chance.integer(1, 60_000), 60_000].map((atMs) => ({
        startedAt: last + atMs,
        durationMs: chance.integer(0, 500),
        request: { method: "GET", url, headers: {} },
        response: failed(503, "not now"),
      }));
      return {
        recording: [...recording, ...outage.toSorted((a, b) => a.startedAt - b.startedAt)],
        proof: [recording.length + 2],
      };
    },
  },
];

type Pair = readonly [before: { readonly index: number }, changed: Seen];

function change(
  recording: Recorded,
  chance: Chance,
  found: readonly Pair[],
  to: (shown: Shown) => Shown,
): Broken | undefined {
  return changeResponse(recording, chance, found, ([, { shown }]) => answer(200, to(shown)));
}

function changeResponse<One extends readonly [{ readonly index: number }, { readonly index: number }]>(
  recording: Recorded,
  chance: Chance,
  found: readonly One[],
  to: (pair: One) => Answer,
): Broken | undefined {
  if (found.length === 0) return undefined;
  const pair = chance.pick(found);
  const [before, { index }] = pair;
  const changed = recording.map((one, position) => (position === index ? { ...one, response: to(pair) } : one));
  return { recording: changed, proof: [...new Set([before.index, index])] };
}

function later(date: unknown, byMs = 1000): string {
  return new Date(Date.parse(String(date)) + byMs).toISOString();
}

/** Another for each task. */
function fileOf({ taskId }: Shown): object {
  return { id: taskId.replace("task", "2") };
}
