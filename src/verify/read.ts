import { type At, type ContractDocument, isObject, type JsonObject } from "../contract/document.js";
import { matchOperation, type OperationId } from "../contract/operation.js";
import type { Journey, RecordedExchange } from "./recording/recording.js";
import { isRightRefusal } from "./recording/refused-with.js";

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

/** A poll that was answered with a task. */
export interface Poll {
  readonly index: number;
  readonly exchange: RecordedExchange;
  readonly status: number;
  readonly state: State;
  readonly task: JsonObject;
}

export const STATES = ["PENDING", "PROCESSING", "COMPLETE", "CANCELED"] as const;
export type State = (typeof STATES)[number];

/** Everything that the recording shows of one task, in order. */
export interface TaskRecord {
  readonly id: string;
  readonly journey?: Journey;
  /** The import that made it; absent in recordings that begin later. */
  readonly accepted?: ReadExchange & { readonly response: ReadResponse };
  /** Every status call for it, whatever was answered. */
  readonly calls: readonly ReadExchange[];
  /** The tries of the link that the server gave, where that is another address than the one of `calls`. */
  readonly links: readonly ReadExchange[];
  /** Those that were answered with a task in a state that the contract has; of the link, with this task. */
  readonly polls: readonly Poll[];
}

/** A recording as rules see it. */
export interface Recording {
  readonly contract: ContractDocument;
  readonly exchanges: readonly ReadExchange[];
  readonly tasks: readonly TaskRecord[];
  /** How long a task may take, in milliseconds. */
  readonly timeoutMs: number;
}

/** Reads what the exchanges are, once for all rules. */
export function readRecording(
  contract: ContractDocument,
  exchanges: readonly RecordedExchange[],
  { timeoutMs }: { readonly timeoutMs: number },
): Recording {
  const polled = new Set(exchanges.filter((one) => !isLink(one)).map(addressOf));
  const read = exchanges.map((exchange, index) => {
    // A link to where the task is polled is a poll like any other.
    const isPoll = isLink(exchange) && polled.has(addressOf(exchange));
    return readExchange(contract, exchange, { index, isPoll });
  });
  return { contract, exchanges: read, tasks: readTasks(read), timeoutMs };
}

export function isEnd(state: State): boolean {
  return state === "COMPLETE" || state === "CANCELED";
}

/** The id that an import's answer gave, if it took the import. */
export function acceptedId({ operation, response }: ReadExchange): string | undefined {
  if (operation !== "importFromUrl" || !response || response.status < 200 || response.status > 299) return undefined;
  const { json } = response;
  return isObject(json) && typeof json["id"] === "string" && json["id"] !== "" ? json["id"] : undefined;
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

/** The path of an address from `/files/v3` on: behind a proxy the API may stand below a path of its own. */
export function apiPath(url: string): string {
  const { pathname } = new URL(url);
  return /\/+files\/+v3\/.*$/.exec(pathname)?.[0] ?? pathname;
}

/**
 * Whether an answer says that the API is not here: there is nothing to hold it to then. A server under test may know no
 * deletion; a page where an import was asked for says that this is another server, one behind a link that it leads astray.
 */
function isElsewhere({ purpose, response }: RecordedExchange): boolean {
  if (purpose === undefined || !response) return false;
  const { status, headers, body } = response;
  if (purpose === "cleanup/delete") return [404, 405, 501].includes(status);
  if (/^application\/json\b/i.test(headers["content-type"] ?? "")) return false;
  if (purpose.endsWith("/import")) return status === 404 || status === 405;
  return purpose.endsWith("/link") && status < 500 && !isObject(parsed(body).json);
}

function readResponse(
  contract: ContractDocument,
  { purpose, response }: RecordedExchange,
  operation: OperationId | undefined,
): ReadResponse | undefined {
  if (!response) return undefined;
  const { status, headers, body, flaw } = response;
  const declared = operation && isRightRefusal(purpose, status) && declaredResponse(contract, operation, status);
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

function readTasks(exchanges: readonly ReadExchange[]): readonly TaskRecord[] {
  const imports = exchanges.filter(({ exchange }) => !exchange.purpose?.startsWith("refusal/"));
  const foreign = exchanges.filter(
    ({ exchange, operation }) => exchange.purpose === undefined && operation === "checkImportStatus",
  );
  const accepted = imports.flatMap((one) => {
    const id = acceptedId(one);
    return id === undefined || !one.response ? [] : [{ id, accepted: { ...one, response: one.response } }];
  });
  const known = new Set(accepted.map(({ id }) => id));
  const foreignById = byId(foreign);
  const others = [...new Set(foreign.flatMap(({ id }) => (id === undefined || known.has(id) ? [] : [id])))];
  // Without a journey a call has no purpose either, so that its id alone says whose it is.
  const callsIn = (id: string, journey: Journey | undefined) =>
    callsOf(journey === undefined ? (foreignById.get(id) ?? []) : exchanges, id, journey);
  return [
    ...accepted.map((task) => ({ ...task, ...callsIn(task.id, journeyOf(task.accepted.exchange)) })),
    ...others.map((id) => ({ id, ...callsIn(id, undefined) })),
  ];
}

/** A client's recording may have thousands of tasks: to look for each one's calls among all would take minutes. */
function byId(exchanges: readonly ReadExchange[]): ReadonlyMap<string, readonly ReadExchange[]> {
  const found = new Map<string, ReadExchange[]>();
  for (const exchange of exchanges) {
    const { id = "" } = exchange;
    const own = found.get(id);
    if (own) own.push(exchange);
    else found.set(id, [exchange]);
  }
  return found;
}

function callsOf(exchanges: readonly ReadExchange[], of: string, journey: Journey | undefined) {
  const asked = exchanges.filter(
    ({ exchange, operation, id }) =>
      exchange.purpose === `${journey}/link` ||
      (operation === "checkImportStatus" && id === of && isOf(journey, exchange)),
  );
  const addresses = new Set(asked.flatMap(({ exchange }) => (isLink(exchange) ? [] : addressOf(exchange))));
  const links = asked.filter(({ exchange }) => isLink(exchange) && !addresses.has(addressOf(exchange)));
  const calls = asked.filter((one) => !links.includes(one));
  const last = links.at(-1)?.index;
  const polls = asked.flatMap(asPoll).filter(({ index, task }) => index !== last || task["taskId"] === of);
  return { ...(journey && { journey }), links, calls, polls };
}

/** Whether a call followed the link that the server gave. */
export function isLink({ purpose }: RecordedExchange): boolean {
  return purpose?.endsWith("/link") ?? false;
}

function addressOf({ request }: RecordedExchange): string {
  const { origin, pathname, search } = new URL(request.url);
  return `${origin}${decoded(pathname)}${search}`;
}

function asPoll({ index, exchange, response }: ReadExchange): readonly Poll[] {
  const seen = taskIn(response);
  return seen && response ? [{ index, exchange, status: response.status, ...seen }] : [];
}

function journeyOf({ purpose }: RecordedExchange): Journey | undefined {
  const [journey] = purpose?.split("/") ?? [];
  return journey === "complete" || journey === "fail" ? journey : undefined;
}

/** Two imports that were given one id are still two journeys; refusals poll a task that is not theirs. */
function isOf(journey: Journey | undefined, { purpose }: RecordedExchange): boolean {
  if (purpose === undefined) return true;
  return journey !== undefined && purpose.startsWith(`${journey}/`);
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

function isDeep(json: unknown): boolean {
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
