import type { RecordedExchange } from "../exchange/exchange.js";
import type { Rejection } from "../exchange/run-step.js";
import type { JudgeOptions } from "../judge/judge.js";
import { findFiles, findLeftover, findPossiblyLeftover } from "../judge/leftover-files.js";
import { acceptedId, isEnd, taskIn } from "../judge/read-exchange.js";
import type { Report } from "../judge/report.js";
import { followImport, startImport } from "./import.js";
import type { VerifyOptions } from "./options.js";
import { askQuestions, pollDeletedFile } from "./questions.js";
import { type Call, createTrip, type Trip } from "./trip.js";

/** The requests to a server and its responses, secrets included, with the settings for judging them. */
export interface Asked {
  /** In the order in which they were sent. */
  readonly exchanges: readonly RecordedExchange[];
  readonly judging: Required<Omit<JudgeOptions, "leftOut">>;
  /** Files that the run created, or may have created, and that still exist. */
  readonly left: Pick<Report, "leftBehind" | "mayBeLeft">;
}

/**
 * Runs two imports against a server, sends requests that it has to reject, and always deletes the files that it
 * created.
 *
 * @param leave ends the deletion, too
 */
export async function askServer(options: VerifyOptions, leave?: AbortSignal): Promise<Asked> {
  const { strict = false, keep = false, only = [], skip = [] } = options;
  // A space or a line end around it, as from a CI's variable, would become part of each request's host.
  const baseUrl = options.baseUrl.trim();
  const trip = createTrip({ ...options, baseUrl }, leave);
  const [failed] = await tryAll([ask(trip)]);
  const interrupted = trip.isOver();
  const [failedToClean] = keep ? [] : await tryAll([cleanUp(trip)]);
  const left = keep ? { leftBehind: [] } : leftOf(trip);
  const failure = failed ?? failedToClean;
  if (failure !== undefined) {
    for (const { fileId, why } of left.leftBehind) trip.report("cleanup", `file ${fileId} is left: ${why}`);
    throw failure.reason;
  }
  const judging = { target: baseUrl, timeoutMs: trip.timeoutMs, interrupted, strict, keep, only, skip };
  return { exchanges: trip.exchanges(), judging, left };
}

function leftOf(trip: Trip): Asked["left"] {
  const recording = { exchanges: trip.exchanges().map(trip.read) };
  const mayBeLeft = findPossiblyLeftover(recording);
  return { leftBehind: findLeftover(recording), ...(mayBeLeft.length > 0 && { mayBeLeft }) };
}

async function ask(trip: Trip): Promise<void> {
  const starts = await Promise.allSettled([startImport(trip, "complete"), startImport(trip, "fail")]);
  const started = starts.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
  const [first] = started;
  // Waits for all parts: if one fails, requests of the others may still create a file.
  const failures = await tryAll([
    ...started.map((one) => followImport(trip, one)),
    ...(first ? [askRejections(trip, first.id)] : []),
  ]);
  const questions = await tryAll([askQuestions(trip)]);
  for (const one of [...starts, ...failures, ...questions]) if (one.status === "rejected") throw one.reason;
}

/** No known form of HubSpot's ids has an exclamation mark. */
const UNDECODABLE_ID = "!not-a-task-id!";

/** The form of a real id (eight bytes of base64url) with the number 1, which no account's task has. */
const UNKNOWN_ID = "AAAAAAAAAAE";

/** Certainly invalid, and not a secret: it is recorded unchanged. */
const WRONG_TOKEN = "Bearer invalid-token-of-import-kit";

/** Sends all requests that a server has to reject. @param id of a task that exists */
async function askRejections(trip: Trip, id: string): Promise<void> {
  const { statusAddress, failingUrl, folderPath, access } = trip;
  // If a server accepts one of these imports, nothing is stored: the file cannot be fetched.
  const refused = { url: failingUrl, access, folderPath, ttl: "P1D" };
  const poll = (of: string) => ({ method: "GET", url: statusAddress(of) });
  const start = (json: object) => ({ method: "POST", url: trip.importAddress(), json });
  const calls: readonly (readonly [Rejection, Omit<Call, "step">])[] = [
    ["no-token", { ...poll(id), authorization: null }],
    ["no-token", { ...start(refused), authorization: null }],
    ["wrong-token", { ...poll(id), authorization: WRONG_TOKEN }],
    ["wrong-token", { ...start(refused), authorization: WRONG_TOKEN }],
    ["undecodable-id", poll(UNDECODABLE_ID)],
    ["unknown-id", poll(UNKNOWN_ID)],
    ["missing-url", start({ access, folderPath })],
    ["wrong-enum", start({ ...refused, access: "EVERYBODY" })],
  ];
  const deadline = trip.now() + trip.timeoutMs;
  trip.report("refusals", "asking");
  for (const [request, call] of calls) {
    if (trip.isOver()) return;
    await trip.callPatiently({ ...call, step: { part: "rejection", request } }, deadline);
  }
  trip.report("refusals", "asked");
}

/** How long to wait for an unfinished task, to learn which file it created. */
const GRACE_MS = 10_000;

/** How long after its timeout, or after its last request, a run deletes what it created. */
const AFTER_TIMEOUT_MS = 1500;

/**
 * Deletes every file that the run created, as far as they are known, even in an aborted run. A failure with one file
 * does not affect the others: the first error is thrown when all were tried.
 */
async function cleanUp(trip: Trip): Promise<void> {
  const { startedAt, timeoutMs, now } = trip;
  const latest = Math.max(startedAt + timeoutMs, now()) + AFTER_TIMEOUT_MS;
  const deadline = Math.min(now() + Math.min(GRACE_MS, timeoutMs), latest);
  const tried = new Set<string>();
  // Known files first, since the user may abort the wait for the rest.
  const known = await tryAll([deleteFiles(trip, tried, deadline)]);
  const ends = await tryAll(unfinished(trip).map((id) => waitForEnd(trip, id, deadline)));
  const others = await tryAll([deleteFiles(trip, tried, deadline)]);
  const polled = await tryAll([pollDeletedFile(trip, deadline)]);
  for (const { reason } of [...known, ...ends, ...others, ...polled]) throw reason;
}

/** @returns what failed, when all is finished */
async function tryAll(attempts: readonly Promise<unknown>[]): Promise<readonly PromiseRejectedResult[]> {
  return (await Promise.allSettled(attempts)).filter((one) => one.status === "rejected");
}

async function deleteFiles(trip: Trip, tried: Set<string>, deadline: number): Promise<void> {
  const files = findFiles({ exchanges: trip.exchanges().map(trip.read) });
  const others = files.filter(({ fileId, isDeletable }) => isDeletable && !tried.has(fileId));
  const failed = await tryAll(
    others.map(async ({ fileId }) => {
      tried.add(fileId);
      const step = { part: "cleanup", request: "delete" } as const;
      const call = { step, method: "DELETE", url: trip.fileAddress(fileId), until: deadline };
      const answer = trip.callPatiently(call, deadline);
      trip.report("cleanup", `deleting file ${fileId}`);
      await answer;
    }),
  );
  for (const { reason } of failed) throw reason;
}

/**
 * Tasks that may still create a file: those of an aborted run, and imports that should have been rejected. The run has
 * waited long enough for all others.
 */
function unfinished(trip: Trip): readonly string[] {
  const read = trip.exchanges().map(trip.read);
  const candidates = read.filter(({ exchange: { step } }) => {
    return trip.isOver() || step?.part === "rejection" || step?.part === "question";
  });
  const ended = new Set(read.flatMap(({ id, response }) => (isEnd(taskIn(response)?.state ?? "PENDING") ? [id] : [])));
  return candidates.flatMap((one) => acceptedId(one) ?? []).filter((id) => !ended.has(id));
}

async function waitForEnd(trip: Trip, id: string, deadline: number): Promise<void> {
  const step = { part: "cleanup", request: "poll" } as const;
  const call = { step, method: "GET", url: trip.statusAddress(id), until: deadline };
  for (;;) {
    const { response } = trip.read(await trip.callPatiently(call, deadline));
    const seen = taskIn(response);
    if (!seen || isEnd(seen.state) || trip.now() >= deadline) return;
    await trip.pause(trip.pollIntervalMs);
  }
}
