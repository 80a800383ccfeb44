import type { Journey } from "../exchange/run-step.js";
import { isObject } from "../json.js";
import { acceptedId, isEnd, isTransient, type ReadExchange, taskIn } from "../judge/read-exchange.js";
import { isFollowed } from "../judge/server-rules/status-link.js";
import { readOtherVersions } from "./questions.js";
import { createPatience, type Trip, waitMessage } from "./trip.js";

/** After so many unusable responses in a row a run stops: more would show the same, and cost the server requests. */
const MAX_STRIKES = 3;

/** The number of polls of a task after its end. */
const SETTLE_POLLS = 2;

/**
 * Starts an import.
 *
 * @returns the response with the task's id; undefined if the import was not accepted
 */
export async function startImport(trip: Trip, journey: Journey): Promise<Started | undefined> {
  const { fileName, folderPath, access } = trip;
  const json = {
    url: journey === "complete" ? trip.importUrl : trip.failingUrl,
    access,
    folderPath,
    name: `${fileName}-${journey}`,
    overwrite: false,
    // If this run is killed before it deletes the file, the file expires.
    ttl: "P1D",
    duplicateValidationStrategy: "NONE",
    duplicateValidationScope: "EXACT_FOLDER",
  };
  const deadline = trip.now() + trip.timeoutMs;
  const step = { part: journey, request: "import" } as const;
  const request = { step, method: "POST", url: trip.importAddress(), json };
  const answer = trip.read(await trip.callPatiently(request, deadline));
  const id = acceptedId(answer);
  const { response, failure } = answer.exchange;
  trip.report(journey, id === undefined ? `not accepted: ${response?.status ?? failure?.message}` : "accepted");
  return id === undefined ? undefined : { journey, id, link: linkIn(answer), isPutOff: trip.isPutOff(answer.exchange) };
}

export interface Started {
  readonly journey: Journey;
  readonly id: string;
  /** Returns the address that the server gave for the task's status; undefined if the token must not be sent there. */
  readonly link: string | undefined;
  /** Whether the server asked not to be polled while the run lasts. */
  readonly isPutOff: boolean;
}

/** Polls a task to its end or the timeout, requests its link, and polls again after the end. */
export async function followImport(trip: Trip, { journey, id, link, isPutOff }: Started): Promise<void> {
  const url = trip.statusAddress(id);
  const outcome = isPutOff ? "over" : await pollToEnd(trip, journey, url);
  if (outcome === "over") return;
  if (link !== undefined && !trip.isOver()) {
    const call = { step: { part: journey, request: "link" }, method: "GET", url: link } as const;
    if (trip.isPutOff(await trip.callPatiently(call, trip.now() + trip.timeoutMs))) return;
  }
  for (let count = 0; outcome === "ended" && count < SETTLE_POLLS; count += 1) {
    await trip.sleep(trip.pollIntervalMs);
    if (trip.isOver()) return;
    const call = { step: { part: journey, request: "settle" }, method: "GET", url } as const;
    const exchange = await trip.callPatiently(call, trip.now() + trip.timeoutMs);
    if (!exchange.response || isTransient(exchange.response.status) || trip.isPutOff(exchange)) return;
  }
  if (outcome === "ended") await readOtherVersions(trip, journey, id);
}

/** @returns `over` if no further request about the task should follow */
async function pollToEnd(trip: Trip, journey: Journey, url: string): Promise<"ended" | "unended" | "over"> {
  const { now, timeoutMs, pollIntervalMs } = trip;
  const patience = createPatience({ pollIntervalMs, deadline: now() + timeoutMs, now });
  let strikes = 0;
  let isSeen = false;
  let wasRefused = false;
  while (!trip.isOver()) {
    const poll = trip.read(await trip.call({ step: { part: journey, request: "poll" }, method: "GET", url }));
    const { exchange, response } = poll;
    const seen = taskIn(response);
    isSeen ||= seen !== undefined;
    if (seen && isEnd(seen.state)) {
      trip.report(journey, seen.state);
      return trip.isPutOff(exchange) ? "over" : "ended";
    }
    const isRefused = response?.status === 401 || response?.status === 403;
    // A token that is rejected twice is invalid; a single rejection may be the server's mistake.
    if (isRefused && wasRefused) return "over";
    wasRefused = isRefused;
    strikes = seen || !response || isTransient(response.status) ? 0 : strikes + 1;
    const wait = strikes === MAX_STRIKES ? undefined : patience.next(poll);
    if (wait === undefined) return isSeen && !trip.isPutOff(exchange) ? "unended" : "over";
    trip.report(journey, seen ? seen.state : waitMessage(exchange, wait));
    await trip.sleep(wait);
  }
  return "over";
}

function linkIn({ exchange, response }: ReadExchange): string | undefined {
  const links = isObject(response?.json) ? response.json["links"] : undefined;
  const link = isObject(links) ? links["status"] : undefined;
  const isUsable = typeof link === "string" && URL.canParse(link) && isFollowed(link, exchange.request.url);
  return isUsable ? link : undefined;
}
