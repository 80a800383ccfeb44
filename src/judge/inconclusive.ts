import { API_ROOT, pathOf } from "../contract/operations.js";
import { excessOf, MOST_EXCESS } from "../exchange/exchange.js";
import { shortened } from "../text.js";
import { acceptedId, isEnd, isTransient, type ReadExchange, type ReadResponse, taskIn } from "./read-exchange.js";
import { messageIn, postponed, tokenRefused, unreachable } from "./reasons.js";
import type { Recording } from "./recording.js";
import type { Inconclusive } from "./rule.js";

/**
 * Returns why a recording is insufficient for a verdict; nothing if it is sufficient.
 *
 * @param declined why the rules could not judge what they apply to
 */
export function findInconclusive(
  { exchanges }: Recording,
  { interrupted, declined }: { readonly interrupted: boolean; readonly declined: readonly Inconclusive[] },
): readonly Inconclusive[] {
  if (!exchanges.some(({ operation, exchange }) => operation !== undefined || exchange.step !== undefined)) {
    return [interrupted ? brokenOff(exchanges) : NO_EXCHANGE];
  }
  const isOfOthers = exchanges.every(({ exchange }) => exchange.step === undefined);
  if (isOfOthers && exchanges.every(({ response }) => !response)) return [NO_ANSWER];
  const bodies = exchanges.flatMap(({ response }) => (response && response.status !== 204 ? [response] : []));
  if (bodies.length > 0 && bodies.every(({ isRecorded }) => !isRecorded)) return [NO_BODY];
  const reasons = [
    ...lastImports(exchanges).flatMap(whyNotAccepted),
    ...declined,
    ...(interrupted ? [brokenOff(exchanges)] : []),
  ];
  return [...new Map(reasons.map((reason) => [reason.message, reason])).values()];
}

function brokenOff(exchanges: readonly ReadExchange[]): Inconclusive {
  const excess = exchanges.reduce((sum, { exchange }) => sum + excessOf(exchange), 0);
  const isTooMuch = excess > MOST_EXCESS;
  const ids = unended(exchanges).map((id) => shortened(id));
  const rest = ids.length > 0 && `These tasks had not ended, and their files may stay for a day: ${ids.join(", ")}.`;
  return {
    reason: "interrupted",
    message: [isTooMuch ? "The responses are too long to continue." : "The run was interrupted.", rest]
      .filter(Boolean)
      .join(" "),
    next: isTooMuch ? "Look at the server's responses." : "Run it again to its end.",
  };
}

/** Tasks whose end was not observed. */
function unended(exchanges: readonly ReadExchange[]): readonly string[] {
  const ended = new Set(
    exchanges.flatMap(({ id, response }) => (isEnd(taskIn(response)?.state ?? "PENDING") ? [id] : [])),
  );
  return exchanges.flatMap((one) => acceptedId(one) ?? []).filter((id) => !ended.has(id));
}

const NO_EXCHANGE: Inconclusive = {
  reason: "no-exchange",
  message: "It has no request to the import API.",
  next: `Record the requests of an import: POST ${pathOf("importFromUrl")} and the polls of its status.`,
};

const NO_ANSWER: Inconclusive = {
  reason: "no-exchange",
  message: "It has no response: none arrived, or the client did not wait for it.",
  next: "Record the requests again, until their responses have arrived.",
};

const NO_BODY: Inconclusive = {
  reason: "no-exchange",
  message: "It has no response body.",
  next: 'Export it with content: in a browser\'s network panel "Save all as HAR with content".',
};

/** The last attempt of each journey's import. */
function lastImports(exchanges: readonly ReadExchange[]): readonly ReadExchange[] {
  const imports = exchanges.filter(({ exchange }) => exchange.step?.request === "import");
  return [...new Map(imports.map((one) => [one.exchange.step?.part, one])).values()];
}

function whyNotAccepted(one: ReadExchange): readonly Inconclusive[] {
  const { exchange, response } = one;
  if (acceptedId(one) !== undefined) return [];
  if (!response) return [unreachable(exchange)];
  const { status } = response;
  if (status === 401 || status === 403) return [tokenRefused(status, one)];
  // Whether HubSpot rejects a url whose host cannot exist is an open question, so a rejection is a valid response.
  if (exchange.step?.part === "fail" && status === 400) return [];
  if (isTransient(status)) return [postponed({ ...one, response })];
  const journey = exchange.step?.part === "fail" ? "should fail" : "should complete";
  return [
    {
      reason: "not-accepted",
      message: `The import that ${journey} got a ${status}${messageIn(response.json)}`,
      next: nextAfter(response),
    },
  ];
}

function nextAfter({ status, headers }: ReadResponse): string {
  const { location } = headers;
  if (status >= 300 && status < 400 && location !== undefined)
    return `Check --base-url: it is redirected to ${shortened(location)}.`;
  if (status >= 400 && status < 500 && ![404, 405].includes(status))
    return "Check --import-url, --folder-path and --access.";
  const rule = `Check --base-url: it must be the URL before ${API_ROOT}.`;
  return status < 300 ? `${rule} The response names no task: a login page or a proxy may have sent it.` : rule;
}
