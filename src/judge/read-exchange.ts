import { type OperationId, STATES, type State } from "../contract/contract.js";
import type { At, ContractDocument } from "../contract/document.js";
import { apiPath, matchOperation, versionOf } from "../contract/operations.js";
import type { RecordedExchange } from "../exchange/exchange.js";
import { isQuestion, type Rejection, type RunStep } from "../exchange/run-step.js";
import { isHolder, isObject, type JsonObject, jsonIn } from "../json.js";
import { evictOldest } from "../lru.js";
import { percentDecoded } from "../text.js";

/** A recorded exchange with its reading by the contract. */
export interface ReadExchange {
  /** Its index in the recording. */
  readonly index: number;
  readonly exchange: RecordedExchange;
  readonly operation: OperationId | undefined;
  /** The id in its path, decoded. */
  readonly id?: string;
  /** Absent without a response. */
  readonly response?: ReadResponse;
}

export interface ReadResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Without parameters, in lower case; empty if missing. */
  readonly mediaType: string;
  readonly isComplete: boolean;
  /** Whether the body is in the recording: browsers may leave it out, and a response to HEAD has none. */
  readonly isRecorded: boolean;
  /** Whether it is the response of HubSpot's website, which shows nothing about the API. */
  readonly isOfWebsite: boolean;
  /** The declaration of this status for this operation. Absent for an undeclared or unexpected status, and for the website. */
  readonly declared?: At;
  /** The body's JSON, if it is valid. */
  readonly json?: unknown;
}

export function readExchange(
  contract: ContractDocument,
  exchange: RecordedExchange,
  { index = 0, isPoll = false }: { readonly index?: number; readonly isPoll?: boolean } = {},
): ReadExchange {
  const route = matchOperation(exchange.request.method, apiPathOf(exchange));
  const operation = !isPoll && isElsewhere(exchange) ? undefined : route.operation;
  const response = readResponse(contract, exchange, operation);
  return {
    index,
    exchange,
    operation,
    ...("id" in route && { id: percentDecoded(route.id) }),
    ...(response && { response }),
  };
}

/** The requested operation; none if another server responded. */
export function operationOf(exchange: RecordedExchange): OperationId | undefined {
  if (isElsewhere(exchange)) return undefined;
  return matchOperation(exchange.request.method, apiPathOf(exchange)).operation;
}

/**
 * When the response's last byte arrived, or its absence was certain. In epoch milliseconds; the earliest possible
 * instant if the recording does not say.
 */
export function answeredAt({ exchange: { startedAt, durationMs } }: Pick<ReadExchange, "exchange">): number {
  return durationMs >= 0 ? startedAt + durationMs : startedAt;
}

/**
 * Whether a response shows that the API is not at this address: then it is not judged. A server may support neither
 * deletion nor other versions of the API; a page in response to an import comes from another server, and so does a page
 * behind a wrong link.
 */
function isElsewhere({ step, response }: RecordedExchange): boolean {
  if (step === undefined || !response) return false;
  const { status, headers, body } = response;
  // What a task shows after its file was deleted is not published: COMPLETE without a result is also possible.
  if (step.request === "deleted-file") return true;
  if (isQuestion(step)) return status >= 300 && status < 500;
  if (step.request === "delete") return [404, 405, 501].includes(status);
  if (/^application\/json\b/i.test(headers["content-type"] ?? "")) return false;
  if (step.request === "import") return status === 404 || status === 405;
  return step.request === "link" && status < 500 && !isObject(parsed(body).json);
}

/**
 * Whether an app followed `links.status` to HubSpot's other host without its token. That host also has HubSpot's
 * website, which does not answer such a request as the API does.
 */
function isFollowedWithoutToken({ step, request }: RecordedExchange): boolean {
  if (step !== undefined || request.method !== "GET" || "authorization" in request.headers) return false;
  return readAddress(request).isOfWebsite;
}

function readResponse(
  contract: ContractDocument,
  exchange: RecordedExchange,
  operation: OperationId | undefined,
): ReadResponse | undefined {
  const { step, request, response } = exchange;
  if (!response) return undefined;
  // A 304 to the client's own condition confirms the response that the client has stored.
  const { status, headers, body, flaw } = response.stored ?? response;
  const isOfWebsite = isFollowedWithoutToken(exchange) && !(status < 300 && isObject(parsed(body).json));
  const isDeclarable = operation !== undefined && !isOfWebsite && isExpectedRejection(step, status);
  const declared = isDeclarable && declaredResponse(contract, operation, status);
  return {
    status,
    headers,
    body,
    isOfWebsite,
    mediaType: (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "",
    isComplete: flaw !== "incomplete" && flaw !== "undecodable",
    isRecorded: flaw !== "not-recorded" && request.method !== "HEAD",
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

/** Whether a request followed the link that the server gave. */
export function isLink({ step }: RecordedExchange): boolean {
  return step?.request === "link";
}

/** The address of a request: scheme, host, port, path and query. */
export function addressOf({ request }: RecordedExchange): string {
  return readAddress(request).whole;
}

/** Returns the path of a request from the API's on, as `apiPath` does. */
export function apiPathOf({ request }: Pick<RecordedExchange, "request">): string {
  return readAddress(request).path;
}

/** Returns the version of the API that a request was sent to; undefined for an address outside the API. */
export function apiVersionOf({ request }: Pick<RecordedExchange, "request">): string | undefined {
  return readAddress(request).version;
}

/** The parts of an address that rules read. */
interface Address {
  /** From `addressOf`. */
  readonly whole: string;
  /** From `apiPath`. */
  readonly path: string;
  readonly version: string | undefined;
  /** Whether the host is one of those that also have HubSpot's website. */
  readonly isOfWebsite: boolean;
}

/** Parses each address once. The polls of a task have the same: parsing it for each rule was a tenth of a judge's cost. */
function readAddress({ url }: RecordedExchange["request"]): Address {
  const known = addresses.get(url);
  if (known) return known;
  const { origin, pathname, search, hostname } = new URL(url);
  const path = apiPath(url);
  const address = {
    whole: `${origin}${percentDecoded(pathname)}${search}`,
    path,
    version: versionOf(path),
    isOfWebsite: /(^|\.)hubspot\.com$/.test(hostname),
  };
  addresses.set(url, address);
  evictOldest(addresses, MAX_ADDRESSES);
  return address;
}

const addresses = new Map<string, Address>();
const MAX_ADDRESSES = 1000;

function parsed(body: string): { readonly json?: unknown } {
  const json = jsonIn(body);
  return json === undefined || isDeep(json) ? {} : { json };
}

/**
 * No response of this API is nested deeper than ten, and recursion over a body with thousands of levels would overflow
 * the stack.
 */
export const MAX_DEPTH = 100;

export function isDeep(json: unknown, depth = 0): boolean {
  if (depth > MAX_DEPTH) return true;
  return isHolder(json) && Object.values(json).some((one) => isDeep(one, depth + 1));
}

/**
 * Returns the statuses of a rejection: first the contract's, then those that are also accepted because the right one is
 * not published.
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
 * Whether a status is right for the request's step; only the steps of a rejection have a right one. A response with a
 * wrong status is reported for its status alone: the contract does not describe its body.
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

/** Statuses that HubSpot asks clients to retry, and 500, which usually is temporary, too. */
const TRANSIENT: readonly number[] = [423, 429, 477, 500, 502, 503, 504, 521, 523, 524];

/** Whether a status asks the client to retry later. */
export function isTransient(status: number): boolean {
  return TRANSIENT.includes(status);
}

/** Whether a status is an intended wait: a lock, a rate limit, a move to another data centre. */
export function isBusy(status: number): boolean {
  return [423, 429, 477].includes(status);
}

/** Whether a status is about the account and not the server: its rate limit, or its move to another data centre. */
export function isOfAccount(status: number): boolean {
  return status === 429 || status === 477;
}

/** Whether an error's body says that the daily limit is reached: waiting for minutes does not help. */
export function isDailyLimit(json: unknown): boolean {
  return isObject(json) && json["policyName"] === "DAILY";
}
