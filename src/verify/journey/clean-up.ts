import { findFiles } from "../left-behind.js";
import { acceptedId, isEnd, taskIn } from "../state.js";
import type { Trip } from "./trip.js";

/** How long an unfinished task is waited for, to learn which file it made. */
const GRACE_MS = 10_000;

/** Deletes every file that the run made, as far as it can be known. It goes on where the run was broken off. */
export async function cleanUp(trip: Trip): Promise<void> {
  const deadline = trip.now() + Math.min(GRACE_MS, trip.timeoutMs);
  for (const id of unfinished(trip)) await waitForEnd(trip, id, deadline);
  for (const { fileId: id, isDeletable } of findFiles({ exchanges: trip.exchanges().map(trip.read) })) {
    if (!isDeletable) continue;
    trip.tell("cleanup", `deleting file ${id}`);
    await trip.callPatiently({ purpose: "cleanup/delete", method: "DELETE", url: trip.fileAddress(id) }, deadline);
  }
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
  const call = { purpose: "cleanup/poll", method: "GET", url: trip.statusAddress(id) } as const;
  for (;;) {
    const { response } = trip.read(await trip.callPatiently(call, deadline));
    const seen = taskIn(response);
    if (!seen || isEnd(seen.state) || trip.now() >= deadline) return;
    await trip.pause(trip.pollIntervalMs);
  }
}
