import { grouped } from "../../grouped.js";
import { isObject } from "../../json.js";
import { answeredAt, type ReadExchange } from "../read-exchange.js";
import { isAfter, isPerhapsAfter } from "../recording.js";
import { type Verdict, verdict } from "../rule.js";
import { hasGivenUp } from "./bounded-polling.js";
import { type ClientRule, firstAfter, isNotFound, isRejected } from "./client-recording.js";

export const noRetryOfRejections: ClientRule = {
  id: "no-retry-of-refusals",
  sentence: "A client does not resend a request unchanged after a 4xx; after a 401, a new token is a change.",
  severity: "violation",
  evidence: "documented",
  next: "Retry only after 423, 429, 477 and 5xx; after a 401 once, with a new token; after a 404 a few times. Show the user any other error.",
  judge: ({ sameRequests, watchedUntil }) =>
    sameRequests.flatMap((calls) => [
      ...[...grouped(calls, formOf).values()].flatMap(judgeRefusals),
      ...searches(calls).flatMap((search) => judgeSearch(search, calls, watchedUntil)),
    ]),
};

/**
 * The parts of a request, beside its body, that can cause a rejection. Of the token only its presence counts, since it
 * may be renewed. A page that was loaded anew does not know what was rejected.
 */
function formOf(call: ReadExchange): string {
  const { page, request } = call.exchange;
  const { url, headers } = request;
  const telling = Object.entries(headers).filter(([name]) => /^(accept|content-type|x-mock-.*)$/.test(name));
  return JSON.stringify([page, url, hasToken(call), telling.sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** @param calls identical requests, in the order in which they were sent */
function judgeRefusals(calls: readonly ReadExchange[]): readonly Verdict[] {
  const about = calls[0]?.index ?? 0;
  const refused = calls.filter((call) => isRejected(call) && !isNotFound(call));
  return refused.flatMap((call) => judgeRefusal(call, calls)).map((verdict) => ({ ...verdict, about }));
}

function judgeRefusal(call: ReadExchange, calls: readonly ReadExchange[]): readonly Verdict[] {
  const again = firstAfter(calls, call);
  const last = calls.at(-1) ?? call;
  if (!again && (call.exchange.isPerhapsOverlapping || isPerhapsAfter(last, call))) return [];
  if (!again) return [{ exchanges: [call.index], problems: [] }];
  const { status } = call.response ?? {};
  const token = tokenChange(call, again);
  if (status === 401 && token === "unknown") return [];
  const what = { importFromUrl: "import", checkImportStatus: "poll", deleteFile: "deletion", other: "request" };
  const actual = `the same ${what[call.operation ?? "other"]} again`;
  const problem = { expected: `no second try after ${status}`, actual };
  return [{ exchanges: [call.index, again.index], guilty: [again.index], problems: token === "new" ? [] : [problem] }];
}

function tokenChange(before: ReadExchange, after: ReadExchange): "new" | "same" | "unknown" {
  const [first, second] = [before.exchange.request.tokenId, after.exchange.request.tokenId];
  if (first === undefined || second === undefined) return "unknown";
  return first === second ? "same" : "new";
}

/**
 * An accepted task may not be known everywhere yet, so polling it again is not a retry after a rejection. HubSpot does
 * not publish how long that takes; five polls are enough, or for a fast client the polls of the first seconds.
 */
const MOST_SEARCHES = 5;
const FIRST_SECONDS_MS = 3000;
const MOST_IN_ALL = 10;

/** Splits the polls that did not find a task at those that did, in the order in which the client got their responses. */
function searches(calls: readonly ReadExchange[]): readonly (readonly ReadExchange[])[] {
  const all: ReadExchange[][] = [[]];
  for (const call of [...calls].sort((one, other) => answeredAt(one) - answeredAt(other))) {
    const { status = 0 } = call.response ?? {};
    if (isNotFound(call)) all.at(-1)?.push(call);
    else if (status >= 200 && status <= 299) all.push([]);
  }
  return all.filter((search) => search.length > 0);
}

/** If the task was found in time, the client's behaviour without it is unknown. */
function judgeSearch(
  search: readonly ReadExchange[],
  calls: readonly ReadExchange[],
  watchedUntil: number,
): readonly Verdict[] {
  const [first, last] = [search[0], search.at(-1)];
  if (!first || !last) return [];
  const exchanges = [...new Set([first.index, last.index])];
  const early = search.filter((call) => call.exchange.startedAt - first.exchange.startedAt <= FIRST_SECONDS_MS);
  const most = Math.min(Math.max(early.length, MOST_SEARCHES), MOST_IN_ALL);
  const expected = `${most} polls at most of a task that is not found`;
  const lastInVain = search[most - 1];
  const isPolledOn = lastInVain !== undefined && search.some((call) => isAfter(call, lastInVain));
  const guilty = search.slice(most).map(({ index }) => index);
  if (isPolledOn) return [{ exchanges, guilty, problems: [{ expected, actual: `${search.length}` }] }];
  return calls.at(-1) === last && hasGivenUp(calls, watchedUntil) ? [{ exchanges, problems: [] }] : [];
}

export const tokenToLink: ClientRule = {
  id: "token-to-link",
  sentence: "Each status request has the token, even if it follows links.status.",
  severity: "violation",
  evidence: "live",
  next: "Send Authorization: Bearer <token> with each status request, as with the import; the link contains no key.",
  judge: ({ exchanges, followed }) => {
    const isTokenSeen = exchanges.some(hasToken);
    const isTokenValid = exchanges.some(({ response }) => response && response.status < 300);
    return followed.flatMap(({ calls }) =>
      calls.flatMap((call) => {
        if (hasToken(call)) return [verdict(call.index)];
        // A browser that exports a recording omits tokens, and an app's back end adds them later. If no request has a
        // token, only the response shows whether one was sent.
        const { areHeadersLeftOut } = call.exchange.request;
        const isUnknown = !isTokenSeen || areHeadersLeftOut;
        if (isUnknown && call.response?.status !== 401) return [];
        // An invalid token, which the recorder left out, is rejected like none.
        if (areHeadersLeftOut && !isTokenValid) return [];
        if (isUnknown && isExpired(call)) return [verdict(call.index)];
        return [verdict(call.index, { expected: "Authorization: Bearer <token>", actual: sent(call) })];
      }),
    );
  },
};

/** Whether a response says that the token has expired: then the request had one. */
function isExpired({ response }: ReadExchange): boolean {
  return isObject(response?.json) && response.json["category"] === "EXPIRED_AUTHENTICATION";
}

function hasToken(call: ReadExchange): boolean {
  return /^Bearer\s+\S/i.test(call.exchange.request.headers["authorization"] ?? "");
}

/** A header without a scheme is not shown, since it may be the token itself. */
function sent({ exchange: { request } }: ReadExchange): string {
  const header = request.headers["authorization"] ?? "";
  if (header === "") return "no Authorization";
  const [scheme, ...rest] = header.split(" ");
  return rest.length > 0 ? `Authorization: ${scheme}` : "Authorization without a scheme";
}
