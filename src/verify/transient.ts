import { isObject } from "../json.js";

/** Answers that HubSpot asks to be tried again; a 500, too, passes more often than not. */
const TRANSIENT: readonly number[] = [423, 429, 477, 500, 502, 503, 504, 521, 523, 524];

/** Whether a status says: not now. */
export function isTransient(status: number): boolean {
  return TRANSIENT.includes(status);
}

/** Whether a status asks for patience by design: locked, too many calls, on the way to another data centre. */
export function isBusy(status: number): boolean {
  return [423, 429, 477].includes(status);
}

/** Whether a status is about the account and not the server: it has made too many calls, or is on the way to another data centre. */
export function isOfAccount(status: number): boolean {
  return status === 429 || status === 477;
}

/** Whether an error's body says that the limit of the day is reached: no wait of minutes helps. */
export function isDailyLimit(json: unknown): boolean {
  return isObject(json) && json["policyName"] === "DAILY";
}
