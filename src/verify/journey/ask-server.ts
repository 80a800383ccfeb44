import type { JudgeOptions } from "../judge.js";
import { findLeftBehind, findMayBeLeft } from "../left-behind.js";
import type { RecordedExchange } from "../recording/recording.js";
import type { Report } from "../report.js";
import { cleanUp, tryAll } from "./clean-up.js";
import { followImport, startImport } from "./import.js";
import type { VerifyOptions } from "./options.js";
import { askRefusals } from "./refusals.js";
import { createTrip, type Trip } from "./trip.js";

/** What a server was asked and answered, secrets included, and how it is to be judged. */
export interface Asked {
  /** In the order in which they were sent. */
  readonly exchanges: readonly RecordedExchange[];
  readonly judging: Required<Omit<JudgeOptions, "leftOut">>;
  /** Files that the run made, or may have made, and that are still there. */
  readonly left: Pick<Report, "leftBehind" | "mayBeLeft">;
}

/**
 * Runs two imports against a server, asks for what it has to refuse, and deletes the files it made, whatever fails.
 *
 * @param leave ends the deletion, too
 */
export async function askServer(options: VerifyOptions, leave?: AbortSignal): Promise<Asked> {
  const { baseUrl, strict = false, keep = false, only = [], skip = [] } = options;
  const trip = createTrip(options, leave);
  const [failed] = await tryAll([ask(trip)]);
  const interrupted = trip.isOver();
  const [failedToClean] = keep ? [] : await tryAll([cleanUp(trip)]);
  const left = keep ? { leftBehind: [] } : leftOf(trip);
  const failure = failed ?? failedToClean;
  if (failure !== undefined) {
    for (const { fileId, why } of left.leftBehind) trip.tell("cleanup", `file ${fileId} is left: ${why}`);
    throw failure.reason;
  }
  const judging = { target: baseUrl, timeoutMs: trip.timeoutMs, interrupted, strict, keep, only, skip };
  return { exchanges: trip.exchanges(), judging, left };
}

function leftOf(trip: Trip): Asked["left"] {
  const recording = { exchanges: trip.exchanges().map(trip.read) };
  const mayBeLeft = findMayBeLeft(recording);
  return { leftBehind: findLeftBehind(recording), ...(mayBeLeft.length > 0 && { mayBeLeft }) };
}

async function ask(trip: Trip): Promise<void> {
  const starts = await Promise.allSettled([startImport(trip, "complete"), startImport(trip, "fail")]);
  const started = starts.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
  const [first] = started;
  // All of it is awaited: what is still under way where another part failed may make a file.
  const failures = await tryAll([
    ...started.map((one) => followImport(trip, one)),
    ...(first ? [askRefusals(trip, first.id)] : []),
  ]);
  for (const one of [...starts, ...failures]) if (one.status === "rejected") throw one.reason;
}
