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
  const mayBeLeft = findPossiblyLeftover(recording);
  return { leftBehind: findLeftover(recording), ...(mayBeLeft.length > 0 && { mayBeLeft }) };
}

async function ask(trip: Trip): Promise<void> {
  const starts = await Promise.allSettled([startImport(trip, "complete"), startImport(trip, "fail")]);
  const started = starts.flatMap((one) => (one.status === "fulfilled" && one.value ? [one.value] : []));
  const [first] = started;
  // All of it is awaited: what is still under way where another part failed may make a file.
  const failures = await tryAll([
    ...started.map((one) => followImport(trip, one)),
    ...(first ? [askRejections(trip, first.id)] : []),
  ]);
  const questions = await tryAll([askQuestions(trip)]);
  for (const one of [...starts, ...failures, ...questions]) if (one.status === "rejected") throw one.reason;
}

/** No form of id that HubSpot is known to use has an exclamation mark. */
const UNDECODABLE_ID = "!not-a-task-id!";

/** The form of a real one - eight bytes of base64url - and the number 1, which no account's task has. */
const UNKNOWN_ID = "AAAAAAAAAAE";

/** Wrong for certain, and no secret: it is recorded as it stands. */
const WRONG_TOKEN = "Bearer invalid-token-of-import-kit";

/** Asks for everything that a server has to refuse. @param id of a task that exists */
async function askRejections(trip: Trip, id: string): Promise<void> {
  const { statusAddress, failingUrl, folderPath, access } = trip;
  // Where a server takes one of these imports after all, nothing is stored: the file cannot be fetched.
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
  trip.tell("refusals", "asking");
  for (const [request, call] of calls) {
    if (trip.isOver()) return;
    await trip.callPatiently({ ...call, step: { part: "rejection", request } }, deadline);
  }
  trip.tell("refusals", "asked");
}

/** How long an unfinished task is waited for, to learn which file it made. */
const GRACE_MS = 10_000;

/** How long after its timeout a run deletes what it made, or as long after asking has ended. */
const AFTER_TIMEOUT_MS = 1500;

/**
 * Deletes every file that the run made, as far as it can be known. It goes on where the run was broken off. What fails with
 * one file takes no other along: the first error is thrown when all were tried.
 */
async function cleanUp(trip: Trip): Promise<void> {
  const { startedAt, timeoutMs, now } = trip;
  const latest = Math.max(startedAt + timeoutMs, now()) + AFTER_TIMEOUT_MS;
  const deadline = Math.min(now() + Math.min(GRACE_MS, timeoutMs), latest);
  const tried = new Set<string>();
  // What is known goes first: nobody may wait for the rest.
  const known = await tryAll([deleteFiles(trip, tried, deadline)]);
  const ends = await tryAll(unfinished(trip).map((id) => waitForEnd(trip, id, deadline)));
  const others = await tryAll([deleteFiles(trip, tried, deadline)]);
  const polled = await tryAll([pollDeletedFile(trip, deadline)]);
  for (const { reason } of [...known, ...ends, ...others, ...polled]) throw reason;
}

/** @returns what failed, once all is over */
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
