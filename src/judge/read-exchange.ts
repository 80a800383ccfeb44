import type { OperationId } from "../contract/contract.js";
import { STATES, type State } from "../contract/contract.js";
import type { At, ContractDocument } from "../contract/document.js";
import { matchOperation } from "../contract/operations.js";
import { apiPath, versionOf } from "../contract/versions.js";
import type { RecordedExchange } from "../exchange/exchange.js";
import { isQuestion, type Rejection, type RunStep } from "../exchange/run-step.js";
import { isObject, type JsonObject } from "../json.js";

/** A recorded exchange with what the contract makes of it. */
export interface ReadExchange {
  /** Its place in the recording, from 0. */
  readonly index: number;
  readonly exchange: RecordedExchange;
  readonly operation: OperationId | undefined;
  /** The id in its path, decoded. */
  readonly id?: string;
  /** Absent when no answer came. */
  readonly response?: ReadResponse;
}

export interface ReadResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Without parameters, in lower case; empty when there is none. */
  readonly mediaType: string;
  readonly isComplete: boolean;
  /** Whether the body is in the recording: a browser leaves it out where nobody asked it to keep it. */
  readonly isRecorded: boolean;
  /** The declaration of this status for this operation; absent when it has none, or another was due. */
  readonly declared?: At;
  /** The body as JSON, where it is JSON. */
  readonly json?: unknown;
}

export function readExchange(
  contract: ContractDocument,
  exchange: RecordedExchange,
  { index = 0, isPoll = false }: { readonly index?: number; readonly isPoll?: boolean } = {},
): ReadExchange {
  const route = matchOperation(exchange.request.method, apiPath(exchange.request.url));
  const operation = !isPoll && isElsewhere(exchange) ? undefined : route.operation;
  const response = readResponse(contract, exchange, operation);
  return {
    index,
    exchange,
    operation,
    ...("id" in route && { id: decoded(route.id) }),
    ...(response && { response }),
  };
}

/** The operation that a request asked for; none where another server answered it. */
export function operationOf(exchange: RecordedExchange): OperationId | undefined {
  if (isElsewhere(exchange)) return undefined;
  return matchOperation(exchange.request.method, apiPath(exchange.request.url)).operation;
}

/**
 * When the response's last byte had come, or it was clear that none comes. In epoch milliseconds; at the earliest, where
 * the recording does not say.
 */
export function answeredAt({ exchange: { startedAt, durationMs } }: Pick<ReadExchange, "exchange">): number {
  return durationMs >= 0 ? startedAt + durationMs : startedAt;
}

/**
 * Whether a response says that the API is not here: then it is not judged. A server may know no deletion and no other
 * version of the API; a page in response to an import comes from another server, and so does a page behind a wrong link.
 */
function isElsewhere({ step, response }: RecordedExchange): boolean {
  if (step === undefined || !response) return false;
  const { status, headers, body } = response;
  // Nobody has published what a task shows once its file was deleted: COMPLETE without a result is an answer, too.
  if (step.request === "deleted-file") return true;
  if (isQuestion(step)) return status >= 300 && status < 500;
  if (step.request === "delete") return [404, 405, 501].includes(status);
  if (/^application\/json\b/i.test(headers["content-type"] ?? "")) return false;
  if (step.request === "import") return status === 404 || status === 405;
  return step.request === "link" && status < 500 && !isObject(parsed(body).json);
}

function readResponse(
  contract: ContractDocument,
  { step, response }: RecordedExchange,
  operation: OperationId | undefined,
): ReadResponse | undefined {
  if (!response) return undefined;
  // A 304 to the client's own condition says what the client has kept.
  const { status, headers, body, flaw } = response.stored ?? response;
  const declared = operation && isExpectedRejection(step, status) && declaredResponse(contract, operation, status);
  return {
    status,
    headers,
    body,
    mediaType: (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "",
    isComplete: flaw !== "incomplete",
    isRecorded: flaw !== "not-recorded",
    ...(declared && { declared }),
    ...(flaw === undefined && parsed(body)),
  };
}

function declaredResponse(contract: ContractDocument, operation: OperationId, status: number): At | undefined {
  const at = contract.operations.get(operation);
  const responses = at?.value["responses"];
  if (!at || !isObject(responses) || !(status in responses)) return undefined;
  return contract.resolve(`${at.pointer}/responses/${status}`);
}

/** Whether a call followed the link that the server gave. */
export function isLink({ step }: RecordedExchange): boolean {
  return step?.request === "link";
}

/** Where a call went: scheme, host, port, path and query. */
export function addressOf({ request }: RecordedExchange): string {
  const { origin, pathname, search } = new URL(request.url);
  return `${origin}${decoded(pathname)}${search}`;
}

/** The version of the API that a request was sent to; undefined where its address is not of the API. */
export function apiVersionOf({ request }: Pick<RecordedExchange, "request">): string | undefined {
  return versionOf(apiPath(request.url));
}

function parsed(body: string): { readonly json?: unknown } {
  try {
    const json: unknown = JSON.parse(body);
    return isDeep(json) ? {} : { json };
  } catch {
    return {};
  }
}

/** No answer of this API is deeper than ten, and whatever walks a body of thousands of levels runs out of stack. */
export const MAX_DEPTH = 100;

export function isDeep(json: unknown): boolean {
  let level = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? Object.values(one) : []));
  }
  return false;
}

/** Without percent-encoding, or as it stands where that is none. */
export function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/**
 * The statuses of a refusal: first the contract's, then those that would be right, too, as long as nobody has published
 * which it is.
 */
export const REJECTION_STATUSES: Readonly<Record<Rejection, readonly [number, ...number[]]>> = {
  "no-token": [401],
  "wrong-token": [401],
  "undecodable-id": [400],
  "unknown-id": [404, 400],
  "missing-url": [400],
  "wrong-enum": [400],
};

/**
 * Whether a status is right for the request's step; only a rejection's request has a right one. A response with a wrong
 * status is wrong for that alone: the contract does not describe its body.
 */
export function isExpectedRejection(step: RunStep | undefined, status: number): boolean {
  return step?.part !== "rejection" || REJECTION_STATUSES[step.request].includes(status);
}

export function isEnd(state: State): boolean {
  return state === "COMPLETE" || state === "CANCELED";
}

/** The task in a response, if it has a state of the contract. */
export function taskIn(
  response: ReadResponse | undefined,
): { readonly state: State; readonly task: JsonObject } | undefined {
  if (!response || response.status < 200 || response.status > 299) return undefined;
  const { json } = response;
  if (!isObject(json)) return undefined;
  const state = STATES.find((one) => one === json["status"]);
  return state && { state, task: json };
}

/** The id in an import's response, if it accepted the import. */
export function acceptedId({ operation, response }: ReadExchange): string | undefined {
  if (operation !== "importFromUrl" || !response || response.status < 200 || response.status > 299) return undefined;
  const { json } = response;
  return isObject(json) && typeof json["id"] === "string" && json["id"] !== "" ? json["id"] : undefined;
}

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
