import { type Journey, journeyOf } from "../exchange/run-step.js";
import { isObject } from "../json.js";
import { isEnd, isTransient, taskIn } from "../judge/read-exchange.js";
import type { Call, Trip } from "./trip.js";

/**
 * Polls an ended task by its path in every other version of the API, to compare the responses (versions-agree, Q18).
 * Each of these requests is sent once: they add to a run, and are not worth waiting for during an outage.
 */
export async function readOtherVersions(trip: Trip, journey: Journey, id: string): Promise<void> {
  await askEach(
    trip,
    trip.otherVersions.map((version) => ({
      step: { part: journey, request: "other-version" },
      method: "GET",
      url: trip.statusAddress(id, version),
    })),
  );
}

/**
 * Finds out which fields an import of each other version requires (Q17), and whether another account's token reads a
 * task (Q20), after a task has ended.
 */
export async function askQuestions(trip: Trip): Promise<void> {
  const { otherVersions, otherToken, folderPath } = trip;
  const exchanges = trip.exchanges();
  const ended = exchanges.map(trip.read).find(({ exchange, response }) => {
    return journeyOf(exchange.step) !== undefined && isEnd(taskIn(response)?.state ?? "PENDING");
  });
  if (ended?.id === undefined || exchanges.some(trip.isPutOff)) return;
  // Without access and url it is rejected, whichever other fields are required. HubSpot's 400 lists all missing fields.
  const json = { folderPath, ttl: "P1D" };
  const imports = otherVersions.map((version): Call => {
    const step = { part: "question", request: "required-fields" } as const;
    return { step, method: "POST", url: trip.importAddress(version), json };
  });
  const step = { part: "question", request: "other-account" } as const;
  const url = trip.statusAddress(ended.id);
  const polls = otherToken === undefined ? [] : [{ step, method: "GET", url, authorization: `Bearer ${otherToken}` }];
  const calls = [...imports, ...polls];
  if (calls.length === 0) return;
  trip.report("questions", "asking");
  await askEach(trip, calls);
  trip.report("questions", "asked");
}

/** Polls a task whose file was deleted (Q19). Q21 is not tested: two imports with the same name would leave files. */
export async function pollDeletedFile(trip: Trip, until: number): Promise<void> {
  if (trip.otherVersions.length === 0 || trip.isOver()) return;
  const read = trip.exchanges().map(trip.read);
  const deleted = read.filter(
    ({ exchange: { step, response } }) => step?.request === "delete" && response !== undefined && response.status < 300,
  );
  const files = new Set(deleted.map(({ id }) => id));
  const task = read.find(({ exchange, response }) => {
    const { result } = taskIn(response)?.task ?? {};
    return exchange.step?.part === "complete" && isObject(result) && files.has(String(result["id"]));
  });
  if (task?.id === undefined) return;
  const step = { part: "cleanup", request: "deleted-file" } as const;
  await trip.call({ step, method: "GET", url: trip.statusAddress(task.id), until });
}

/** Sends requests until one is delayed or gets no response: the others would add to the server's load. */
async function askEach(trip: Trip, calls: readonly Call[]): Promise<void> {
  for (const call of calls) {
    if (trip.isOver()) return;
    const exchange = await trip.call(call);
    if (!exchange.response || isTransient(exchange.response.status) || trip.isPutOff(exchange)) return;
  }
}
