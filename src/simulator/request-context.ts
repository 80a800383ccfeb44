import { type ErrorAnswer, invalidInput } from "../contract/hubspot-error.js";
import { pathOf, type Route } from "../contract/operations.js";
import type { Exchange } from "../exchange/exchange.js";
import type { Body, RequestHead } from "../exchange/request.js";
import type { Allowance } from "../session/rate-limits.js";
import type { ResetRequest } from "../session/repeat.js";
import { isSeed } from "../task/task-id.js";
import type { Responder } from "./respond.js";

/** One request, read to its end, at one moment. */
export interface Call {
  readonly request: RequestHead;
  /** Scheme, host, port and base path that the client called: links lead back there. */
  readonly base: string;
  readonly body: Body;
  /** The moment at which it is answered, in epoch milliseconds. */
  readonly now: number;
  /** What the session's clock shows: one call's own moment uses up nobody's limits. */
  readonly shown: number;
  /** What the id of a task that begins now has at its end. */
  readonly idSuffix: string;
  readonly respond: Responder;
  /** The session's limits, and what is used up of them. */
  readonly allowance: Allowance;
  /** The request that this one repeats: the same effect applies, and it is not counted. */
  readonly repeated: ResetRequest | undefined;
}

/** What an operation makes of a call: the part of the exchange that it decides. */
export type Outcome = Pick<Exchange, "response"> &
  Partial<Pick<Exchange, "violations" | "scenario" | "taskId" | "underWay" | "state" | "effect" | "isInjected">>;

/** The route of a call that names a task or a file. */
export type IdRoute = Extract<Route, { id: string }>;

/** The id in a path, decoded; as it stands where it is no valid encoding. */
export function idIn({ id }: IdRoute): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** The address of a task's status, where the client called. */
export function statusLink(base: string, id: string): string {
  // A reference's own characters may stand in a path; what a parameter's value brings along may not.
  return base + pathOf("checkImportStatus", encodeURIComponent(id).replace(/%3B|%3D/g, decodeURIComponent));
}

/** The seed that a call gives its task, if it gives one. */
export function seedHeader(request: RequestHead): { readonly seed?: number } | { readonly refusal: ErrorAnswer } {
  const text = request.headers.get("x-mock-seed");
  if (text === null) return {};
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (isSeed(seed)) return { seed };
  const message = `X-Mock-Seed: "${text.slice(0, 60)}" is not a seed. Send a whole number from 0 to 4294967295.`;
  return { refusal: invalidInput({ message, code: "INVALID_SEED", in: "X-Mock-Seed" }) };
}
