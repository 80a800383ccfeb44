import { isObject, type JsonObject } from "../json.js";
import type { ReadExchange, ReadResponse } from "./read-exchange.js";

export const STATES = ["PENDING", "PROCESSING", "COMPLETE", "CANCELED"] as const;

export type State = (typeof STATES)[number];

export function isEnd(state: State): boolean {
  return state === "COMPLETE" || state === "CANCELED";
}

/** The task in an answer, if there is one in a state that the contract has. */
export function taskIn(
  response: ReadResponse | undefined,
): { readonly state: State; readonly task: JsonObject } | undefined {
  if (!response || response.status < 200 || response.status > 299) return undefined;
  const { json } = response;
  if (!isObject(json)) return undefined;
  const state = STATES.find((one) => one === json["status"]);
  return state && { state, task: json };
}

/** The id that an import's answer gave, if it took the import. */
export function acceptedId({ operation, response }: ReadExchange): string | undefined {
  if (operation !== "importFromUrl" || !response || response.status < 200 || response.status > 299) return undefined;
  const { json } = response;
  return isObject(json) && typeof json["id"] === "string" && json["id"] !== "" ? json["id"] : undefined;
}
