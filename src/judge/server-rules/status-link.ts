import { apiPath, matchOperation } from "../../contract/operations.js";
import { isObject } from "../../json.js";
import { percentDecoded } from "../../text.js";
import { isBusy, type ReadExchange, taskIn } from "../read-exchange.js";
import { isAfter, type TaskRecord } from "../recording.js";
import { type Problem, type Rule, type Verdict, verdict } from "../rule.js";
import { shown } from "../schema.js";
import { isPostponed } from "./availability.js";

export const statusLink: Rule = {
  id: "status-link",
  sentence: "links.status leads to the same task.",
  severity: "violation",
  evidence: "live",
  next: "Let your client poll by the task's id until this is resolved. Report the link to HubSpot with the recording.",
  judge: ({ tasks, contract, timeoutMs }, validate) => {
    const link = contract.resolve("/components/schemas/TaskLocator/properties/links/properties/status");
    const isUri = (text: string) => validate(link, text).length === 0;
    return tasks.flatMap((task) => [
      ...task.links
        .slice(-1)
        .filter(({ exchange }) => isUri(exchange.request.url))
        .map((last) => judgeFollowed(task, last, timeoutMs)),
      ...linksOf(task).flatMap(({ index, text, calledUrl }) => {
        // The schema requires the locator's link to be a uri.
        if (!isUri(text) && index === task.accepted?.index) return [];
        const isUrl = isUri(text) && URL.canParse(text);
        const problem = isUrl ? judgeText(task.id, text, calledUrl) : noAddress(text);
        return [verdict(index, ...(problem ? [{ ...problem, line: contract.lineOf(link.pointer) }] : []))];
      }),
    ]);
  },
};

/** Returns all links in the task's responses: in the locator and in the polls. */
function linksOf({ accepted, polls }: TaskRecord) {
  const bodies = [
    ...(accepted ? [{ index: accepted.index, exchange: accepted.exchange, body: accepted.response.json }] : []),
    ...polls.map(({ index, exchange, task }) => ({ index, exchange, body: task })),
  ];
  return bodies.flatMap(({ index, exchange, body }) => {
    const links = isObject(body) ? body["links"] : undefined;
    const text = isObject(links) ? links["status"] : undefined;
    return typeof text === "string" ? [{ index, text, calledUrl: exchange.request.url }] : [];
  });
}

function noAddress(text: string): Problem {
  return { pointer: "/links/status", expected: "an address with its host", actual: text };
}

function judgeText(id: string, link: string, calledUrl: string): Problem | undefined {
  const at = { pointer: "/links/status", actual: link };
  const trouble = linkTrouble(link, calledUrl);
  if (trouble !== undefined) return { ...at, expected: trouble };
  const route = matchOperation("GET", apiPath(link));
  // A path of another form may still lead to the task: the request to it decides.
  if (!("id" in route) || percentDecoded(route.id) === id) return undefined;
  return { ...at, expected: `an address of ${id}` };
}

/** @param last the last attempt of the link */
function judgeFollowed({ id, polls, accepted, links }: TaskRecord, last: ReadExchange, timeoutMs: number): Verdict {
  const { index, operation, response, exchange } = last;
  const calledHost = new URL(accepted?.exchange.request.url ?? exchange.request.url).host;
  const isOther = new URL(exchange.request.url).host !== calledHost;
  const followed = (isWrong: boolean, actual: string) =>
    verdict(index, ...(isWrong ? [{ expected: `the task ${id} at ${exchange.request.url}`, actual }] : []));
  // A server that still responds to polls is not out, so its link is wrong.
  const isAlive = polls.some((poll) => isAfter(poll, last));
  // HubSpot's other host may be unreachable from here.
  if (!response) return followed(isAlive && !isOther, exchange.failure?.message ?? "no response");
  const { status } = response;
  const seen = taskIn(response);
  if (seen) {
    const came = seen.task["taskId"];
    return followed(came !== id && came !== undefined, `the task ${shown(came)}`);
  }
  // Other rules judge the response itself; this one only whether it is the task.
  const isPostponedTo = isPostponed(last, (links[0]?.exchange.startedAt ?? 0) + timeoutMs);
  // Whether HubSpot's other host accepts the token is an open question, so a rejection is a valid response.
  if (isPostponedTo || (isOther && (status === 401 || status === 403 || isBusy(status)))) return followed(false, "");
  const isOut = (status >= 500 || isBusy(status)) && isAlive;
  const isRefused = status >= 300 && status < 500 && !isBusy(status);
  const isPage = status < 300 && operation === undefined;
  return followed(isOut || isRefused || isPage, `${status}`);
}

/**
 * Returns why the token must not be sent to an address that a server gave, as the expected value; undefined if it may
 * be sent.
 *
 * Only the requested host gets the token, and for HubSpot's API any other host of HubSpot: its links name
 * `api-na1.hubspot.com` after a request to `api.hubapi.com`. Loopback names are one host with many ports, each of which
 * speaks one protocol.
 *
 * @example linkTrouble("https://api-na1.hubspot.com/x", "https://api.hubapi.com/y"); // undefined
 * @example linkTrouble("https://example.com/x", "https://api.hubapi.com/y"); // "an address at api.hubapi.com"
 */
function linkTrouble(link: string, calledUrl: string): string | undefined {
  const target = new URL(link);
  if (target.username !== "" || target.password !== "") return "an address without a name and password in it";
  if (isLoopback(calledUrl) && isHubspot(target)) return undefined;
  if (!isSafeForToken(link)) return "an https address";
  const called = new URL(calledUrl);
  if (isHubspot(target)) return undefined;
  const isHere = isLoopback(link) && isLoopback(calledUrl);
  // In other recordings: if plain http was used with an explicit port, https has another port.
  if (target.host === called.host && called.port === "" && !isHere) return undefined;
  const isSameHost = isHere || target.hostname === called.hostname;
  const isSameProtocol = target.protocol === called.protocol;
  if (isSameHost && isSameProtocol && target.port === called.port) return undefined;
  return `an address at ${isSameHost && !isSameProtocol ? called.origin : called.host}`;
}

/** Whether the token may be sent there, for a valid link: to the requested host, or between HubSpot's own. */
export function isFollowed(link: string, calledUrl: string): boolean {
  if (linkTrouble(link, calledUrl) !== undefined) return false;
  const [target, called] = [new URL(link), new URL(calledUrl)];
  return target.host === called.host ? target.protocol === called.protocol : isHubspot(target) && isHubspot(called);
}

/** Whether a token may be sent to an address at all: over TLS, or within this machine. */
export function isSafeForToken(url: string): boolean {
  return new URL(url).protocol === "https:" || (new URL(url).protocol === "http:" && isLoopback(url));
}

/** @example isLoopback("http://127.0.0.1:4010/x"); // true */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return (
    hostname === "localhost" ||
    hostname.endsWith(".localhost") ||
    hostname === "[::1]" ||
    /^127(\.\d+){3}$/.test(hostname)
  );
}

function isHubspot({ hostname, protocol }: URL): boolean {
  return protocol === "https:" && /(^|\.)(hubspot|hubapi)\.com$/.test(hostname);
}
