import type { Refusal } from "../recording/recording.js";
import type { Call, Trip } from "./trip.js";

/** No form of id that HubSpot is known to use has an exclamation mark. */
const UNDECODABLE_ID = "!not-a-task-id!";

/** The form of a real one - eight bytes of base64url - and the number 1, which no account's task has. */
const UNKNOWN_ID = "AAAAAAAAAAE";

/** Wrong for certain, and no secret: it is recorded as it stands. */
const WRONG_TOKEN = "Bearer invalid-token-of-import-kit";

/** Asks for everything that a server has to refuse. @param id of a task that exists */
export async function askRefusals(trip: Trip, id: string): Promise<void> {
  const { importAddress, statusAddress, failingUrl, folderPath, access } = trip;
  // Where a server takes one of these imports after all, nothing is stored: the file cannot be fetched.
  const refused = { url: failingUrl, access, folderPath, ttl: "P1D" };
  const poll = (of: string) => ({ method: "GET", url: statusAddress(of) });
  const start = (json: object) => ({ method: "POST", url: importAddress, json });
  const calls: readonly (readonly [Refusal, Omit<Call, "purpose">])[] = [
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
  for (const [refusal, call] of calls) {
    if (trip.isOver()) return;
    await trip.callPatiently({ ...call, purpose: `refusal/${refusal}` }, deadline);
  }
  trip.tell("refusals", "asked");
}
