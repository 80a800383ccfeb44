import { findFiles } from "../left-behind.js";
import { acceptedId, isEnd, taskIn } from "../state.js";
import type { Trip } from "./trip.js";

/** How long an unfinished task is waited for, to learn which file it made. */
const GRACE_MS = 10_000;

/** How long after its timeout a run deletes what it made, or as long after asking has ended. */
const AFTER_TIMEOUT_MS = 1500;

/**
 * Deletes every file that the run made, as far as it can be known. It goes on where the run was broken off. What fails with
 * one file takes no other along: the first error is thrown when all were tried.
 */
export async function cleanUp(trip: Trip): Promise<void> {
  const { startedAt, timeoutMs, now } = trip;
  const latest = Math.max(startedAt + timeoutMs, now()) + AFTER_TIMEOUT_MS;
  const deadline = Math.min(now() + Math.min(GRACE_MS, timeoutMs), latest);
  const tried = new Set<string>();
  // What is known goes first: nobody may wait for the rest.
  const known = await tryAll([deleteFiles(trip, tried, deadline)]);
  const ends = await tryAll(unfinished(trip).map((id) => waitForEnd(trip, id, deadline)));
  const others = await tryAll([deleteFiles(trip, tried, deadline)]);
  for (const { reason } of [...known, ...ends, ...others]) throw reason;
}

/** @returns what failed, once all is over */
export async function tryAll(attempts: readonly Promise<unknown>[]): Promise<readonly PromiseRejectedResult[]> {
  return (await Promise.allSettled(attempts)).filter((one) => one.status === "rejected");
}

async function deleteFiles(trip: Trip, tried: Set<string>, deadline: number): Promise<void> {
  const files = findFiles({ exchanges: trip.exchanges().map(trip.read) });
  const others = files.filter(({ fileId, isDeletable }) => isDeletable && !tried.has(fileId));
  const failed = await tryAll(
    others.map(async ({ fileId }) => {
      tried.add(fileId);
      const until = { until: deadline };
      const call = { purpose: "cleanup/delete", method: "DELETE", url: trip.fileAddress(fileId), ...until } as const;
      const answer = trip.callPatiently(call, deadline);
      trip.tell("cleanup", `deleting file ${fileId}`);
      await answer;
    }),
  );
  for (const { reason } of failed) throw reason;
}

/**
 * Tasks that may still make a file: of a run that was broken off, and of imports that should have been refused. Any
 * other was waited for long enough.
 */
function unfinished(trip: Trip): readonly string[] {
  const read = trip.exchanges().map(trip.read);
  const candidates = read.filter(({ exchange }) => trip.isOver() || exchange.purpose?.startsWith("refusal/"));
  const ended = new Set(read.flatMap(({ id, response }) => (isEnd(taskIn(response)?.state ?? "PENDING") ? [id] : [])));
  return candidates.flatMap((one) => acceptedId(one) ?? []).filter((id) => !ended.has(id));
}

async function waitForEnd(trip: Trip, id: string, deadline: number): Promise<void> {
  const call = { purpose: "cleanup/poll", method: "GET", url: trip.statusAddress(id), until: deadline } as const;
  for (;;) {
    const { response } = trip.read(await trip.callPatiently(call, deadline));
    const seen = taskIn(response);
    if (!seen || isEnd(seen.state) || trip.now() >= deadline) return;
    await trip.pause(trip.pollIntervalMs);
  }
}
