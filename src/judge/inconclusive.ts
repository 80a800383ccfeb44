import { excessOf, MOST_EXCESS } from "../exchange/exchange.js";
import { retryAfterMs } from "../exchange/retry-after.js";
import { isObject } from "../json.js";
import { shortened } from "../text.js";
import {
  acceptedId,
  answeredAt,
  isDailyLimit,
  isEnd,
  isLink,
  isOfAccount,
  isTransient,
  type ReadExchange,
  type ReadResponse,
  taskIn,
} from "./read-exchange.js";
import { byResponse, endOf, type Recording, type TaskRecord } from "./recording.js";
import type { Unjudged } from "./report.js";
import {
  isPostponed,
  limitUntilEnd,
  patienceBegan,
  postponedRejections,
  unansweredRejections,
} from "./server-rules/availability.js";
import { isRejectedForGood, lastTaken } from "./server-rules/task.js";

/** Why a recording is not enough for a verdict; nothing when it is. */
export function findInconclusive(
  recording: Recording,
  { interrupted }: { readonly interrupted: boolean },
): readonly Unjudged[] {
  const { exchanges, tasks } = recording;
  if (!exchanges.some(({ operation, exchange }) => operation !== undefined || exchange.step !== undefined)) {
    return [interrupted ? brokenOff(exchanges) : NO_EXCHANGE];
  }
  const isOfOthers = exchanges.every(({ exchange }) => exchange.step === undefined);
  if (isOfOthers && exchanges.every(({ response }) => !response)) return [NO_ANSWER];
  const bodies = exchanges.flatMap(({ response }) => (response && response.status !== 204 ? [response] : []));
  if (bodies.length > 0 && bodies.every(({ isRecorded }) => !isRecorded)) return [NO_BODY];
  const taken = lastTaken(exchanges);
  const reasons = [
    ...lastImports(exchanges).flatMap(whyNotAccepted),
    ...tasks.flatMap((task) => whyNotFollowed(task, recording, taken)),
    ...tasks.filter(isOrderUnknown).map(({ id }) => unordered(id)),
    ...unansweredRejections(recording).map(({ exchange }) => unreachable(exchange.failure?.message)),
    ...postponedRejections(recording).map(postponed),
    ...(interrupted ? [brokenOff(exchanges)] : []),
  ];
  return [...new Map(reasons.map((reason) => [reason.message, reason])).values()];
}

function brokenOff(exchanges: readonly ReadExchange[]): Unjudged {
  const excess = exchanges.reduce((sum, { exchange }) => sum + excessOf(exchange), 0);
  const isTooMuch = excess > MOST_EXCESS;
  const ids = unended(exchanges).map((id) => shortened(id));
  const rest = ids.length > 0 && `These tasks had not ended, and a file of theirs stays for a day: ${ids.join(", ")}.`;
  return {
    reason: "interrupted",
    message: [isTooMuch ? "The answers are too long to ask for more." : "The run was broken off.", rest]
      .filter(Boolean)
      .join(" "),
    next: isTooMuch ? "Look at what the server answers." : "Run it again to its end.",
  };
}

/** Tasks that nobody has seen end. */
function unended(exchanges: readonly ReadExchange[]): readonly string[] {
  const ended = new Set(
    exchanges.flatMap(({ id, response }) => (isEnd(taskIn(response)?.state ?? "PENDING") ? [id] : [])),
  );
  return exchanges.flatMap((one) => acceptedId(one) ?? []).filter((id) => !ended.has(id));
}

const NO_EXCHANGE: Unjudged = {
  reason: "no-exchange",
  message: "There is no call of the import API in it.",
  next: "Record the calls of an import: POST /files/v3/files/import-from-url/async and the polls of its status.",
};

const NO_ANSWER: Unjudged = {
  reason: "no-exchange",
  message: "It has no answer: none came, or its client did not wait for one.",
  next: "Record the calls again, until their answers have come.",
};

const NO_BODY: Unjudged = {
  reason: "no-exchange",
  message: "It has no answer's body.",
  next: 'Export it with content: in a browser\'s network panel "Save all as HAR with content".',
};

/** The last try of each journey's import. */
function lastImports(exchanges: readonly ReadExchange[]): readonly ReadExchange[] {
  const imports = exchanges.filter(({ exchange }) => exchange.step?.request === "import");
  return [...new Map(imports.map((one) => [one.exchange.step?.part, one])).values()];
}

function whyNotAccepted(one: ReadExchange): readonly Unjudged[] {
  const { exchange, response } = one;
  if (acceptedId(one) !== undefined) return [];
  if (!response) return [unreachable(exchange.failure?.message)];
  const { status } = response;
  if (status === 401 || status === 403) return [tokenRefused(status, one)];
  // Whether HubSpot refuses a url whose host cannot exist is an open question, so a refusal is an answer.
  if (exchange.step?.part === "fail" && status === 400) return [];
  if (isTransient(status)) return [postponed({ ...one, response })];
  const journey = exchange.step?.part === "fail" ? "should fail" : "should complete";
  return [
    {
      reason: "not-accepted",
      message: `The import that ${journey} was answered ${status}${messageIn(response.json)}`,
      next: [404, 405].includes(status)
        ? "Check --base-url: it has to be the address before /files/v3."
        : "Check --import-url, --folder-path and --access.",
    },
  ];
}

/** Why a task's last call is not the answer that was waited for: of its end, or of what it shows after that. */
function whyNotFollowed(
  task: TaskRecord,
  { timeoutMs }: Recording,
  taken: ReadExchange | undefined,
): readonly Unjudged[] {
  const { accepted, calls, polls } = task;
  // What is given up is not told by the one try of its link.
  const isGivenUp = !polls.some(({ state }) => isEnd(state));
  // That a client did not wait for an answer says nothing about the server.
  const waited = byResponse(calls).filter(({ exchange }) => exchange.failure?.kind !== "client-gone");
  const called = waited.findLast(({ exchange }) => !isGivenUp || !isLink(exchange));
  if (!accepted) return [];
  const last = called ?? accepted;
  if (!last.response) return [unreachable(last.exchange.failure?.message, last.exchange.step !== undefined)];
  const { status } = last.response;
  if (isRejectedForGood(last, taken)) return [tokenRefused(status, last)];
  const waits = [
    { call: last, since: patienceBegan({ ...task, accepted }) },
    ...task.links.slice(-1).map((call) => ({ call, since: task.links[0]?.exchange.startedAt ?? 0 })),
  ];
  const limit = limitUntilEnd(task, timeoutMs);
  if (limit?.response) return [postponed({ ...limit, response: limit.response })];
  return waits.flatMap(({ call, since }) =>
    call.response && isPostponed(call, since + timeoutMs) ? [postponed({ ...call, response: call.response })] : [],
  );
}

/**
 * Whether a task seems to have gone back, and nobody knows whether it did: by the order of sending a poll shows less than
 * one before it, of which the recording does not say when its response came.
 */
function isOrderUnknown({ polls }: TaskRecord): boolean {
  let furthest = 0;
  return polls.some((poll) => {
    const progress = isEnd(poll.state) ? 2 : poll.state === "PROCESSING" ? 1 : 0;
    if (progress < furthest) return true;
    if (endOf(poll) === Number.POSITIVE_INFINITY) furthest = Math.max(furthest, progress);
    return false;
  });
}

function unordered(id: string): Unjudged {
  return {
    reason: "unordered",
    message: `Whether the task ${id} went back cannot be told: the recording does not say how long its polls took.`,
    next: "Record them with a tool that writes how long each request took, as time in HAR.",
  };
}

function postponed(call: ReadExchange & { readonly response: ReadResponse }): Unjudged {
  const { response } = call;
  const { status } = response;
  const wish = retryAfterMs(response, answeredAt(call));
  const limit = isDailyLimit(response.json) ? "The account's limit of the day is used up" : LIMITS[status];
  return {
    reason: "postponed",
    message: [
      ...(limit === undefined ? [] : [`${limit}.`]),
      wish === undefined
        ? `The server answered ${status} until the end.`
        : `The server answered ${status} and asked to come back after ${Math.ceil(wish / 1000)} s.`,
    ].join(" "),
    next:
      wish === undefined
        ? `Run it again later.${isOfAccount(status) ? " Two runs at one time share the account's limit." : ""}`
        : "Run it again then, or with a longer --timeout.",
  };
}

/** What is no fault of the server's. */
const LIMITS: Readonly<Record<number, string>> = {
  429: "The account's rate limit is used up",
  477: "The account is being moved to another data centre",
};

/** @param isOwnRun whether it is a run of this kit's, whose address can be checked */
function unreachable(why = "no answer", isOwnRun = true): Unjudged {
  return {
    reason: "unreachable",
    message: `The server could not be reached: ${why}`,
    next: isOwnRun
      ? "Check --base-url and the network, and that the server runs."
      : "Record the calls again, until their answers have come.",
  };
}

function tokenRefused(status: number, { response, operation }: ReadExchange): Unjudged {
  const scope = operation === "importFromUrl" ? "files.write" : "files.read";
  const required = requiredScopes(response?.json);
  return {
    reason: "token-refused",
    message: `${operation} was answered ${status}${messageIn(response?.json)}${required === "" ? "" : ` Required is one of: ${required}.`}`,
    next: `Put a valid token with the scope files (or ${scope}) into HUBSPOT_ACCESS_TOKEN, and with files.delete to delete what a run makes.`,
  };
}

/** The scopes of which a 403 asks for one. @example "files, files.write, files.ui_hidden.write" */
function requiredScopes(json: unknown): string {
  const errors = isObject(json) && Array.isArray(json["errors"]) ? json["errors"] : [];
  const contexts = errors.flatMap((error) => (isObject(error) && isObject(error["context"]) ? [error["context"]] : []));
  const scopes = contexts.flatMap((context) => context["requiredGranularScopes"]);
  return scopes
    .filter((scope) => typeof scope === "string")
    .slice(0, 10)
    .join(", ")
    .slice(0, 200);
}

function messageIn(json: unknown): string {
  const message = (json as { readonly message?: unknown } | null | undefined)?.message;
  return typeof message === "string" ? `: ${message.slice(0, 200)}` : ".";
}
