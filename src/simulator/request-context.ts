import { type ErrorAnswer, invalidInput } from "../contract/hubspot-error.js";
import { API_ROOT, normalizePath, pathOf, type Route } from "../contract/operations.js";
import type { Exchange } from "../exchange/exchange.js";
import type { Body, RequestHead } from "../exchange/request.js";
import type { Allowance } from "../session/rate-limits.js";
import type { ResetRequest } from "../session/repeat.js";
import type { Unknowns } from "../task/status-body.js";
import { isSeed } from "../task/task-id.js";
import type { Responder } from "./respond.js";

/** One request, read to its end, at one moment. */
export interface RequestContext {
  readonly request: RequestHead;
  /** Scheme, host, port and base path of the request: links in the response begin with it. */
  readonly base: string;
  /** The path of the API, without any prefix. */
  readonly path: string;
  readonly body: Body;
  /** The request's moment, in epoch milliseconds. */
  readonly now: number;
  /** What the session's clock shows. Rate limits count by it, not by the request's own moment. */
  readonly shown: number;
  /** The end of the id of a task that begins now. */
  readonly idSuffix: string;
  readonly respond: Responder;
  /** The session's limits, and how much of them is used. */
  readonly allowance: Allowance;
  /** The request that this one repeats: the same effect applies, and it is not counted. */
  readonly repeated: ResetRequest | undefined;
}

/** The part of an exchange that its operation decides. */
export type Outcome = Pick<Exchange, "response"> &
  Partial<Pick<Exchange, "violations" | "scenario" | "taskId" | "underWay" | "state" | "effect" | "isInjected">>;

/** The route of a request that names a task or a file. */
export type IdRoute = Extract<Route, { id: string }>;

/** Returns the id in a path, decoded; unchanged if its encoding is invalid. */
export function idIn({ id }: IdRoute): string {
  if (!id.includes("%")) return id;
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

/** What the link of a response begins with. */
export interface LinkTarget {
  /** As in the request's context. */
  readonly base: string;
  /** The version, such as `/files/v3`. */
  readonly root: string;
}

export function linkTarget(
  { statusLink }: Unknowns,
  { base, path }: Pick<RequestContext, "base" | "path">,
): LinkTarget {
  return { base, root: statusLink === "requested" ? normalizePath(path).split("/", 3).join("/") : API_ROOT };
}

/** Returns the address of a task's status. */
export function statusLinkOf({ base, root }: LinkTarget, id: string): string {
  // A semicolon and an equals sign may stand in a path unencoded.
  return base + pathOf("checkImportStatus", encodeURIComponent(id).replace(/%3B|%3D/g, decodeURIComponent), root);
}

/** Reads the seed that a request gives its task, if any. */
export function seedHeader(request: RequestHead): { readonly seed?: number } | { readonly rejection: ErrorAnswer } {
  const text = request.headers.get("x-mock-seed");
  if (text === null) return {};
  const seed = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (isSeed(seed)) return { seed };
  const message = `X-Mock-Seed: "${text.slice(0, 60)}" is not a seed. Send a whole number from 0 to 4294967295.`;
  return { rejection: invalidInput({ message, code: "INVALID_SEED", in: "X-Mock-Seed" }) };
}
