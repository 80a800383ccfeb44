import { supportedUntil } from "../contract/evidence.js";
import type { RecordedExchange } from "../exchange/exchange.js";
import { grouped } from "../grouped.js";
import { type ClientRecording, firstAfter } from "./client-rules/client-recording.js";
import { apiVersionOf, type ReadExchange } from "./read-exchange.js";
import { byResponse, bySending } from "./recording.js";
import type { CalledVersion, SeenVersion } from "./report.js";

/** The versions of the API that a recording shows, in the order of their first requests. */
export function versionsSeen(exchanges: readonly RecordedExchange[]): readonly SeenVersion[] {
  const byVersion = grouped(exchanges, apiVersionOf);
  return [...byVersion].flatMap(([version, requests]) => {
    if (version === undefined) return [];
    const until = supportedUntil(version);
    const header = (name: string) => requests.flatMap(({ response }) => response?.headers[name] ?? [])[0];
    const [deprecation, sunset] = [header("deprecation"), header("sunset")];
    return [
      {
        version,
        ...(until !== undefined && { supportedUntil: until }),
        requests: requests.length,
        ...(deprecation !== undefined && { deprecation }),
        ...(sunset !== undefined && { sunset }),
      },
    ];
  });
}

/**
 * Returns the versions of the API that a client called, in the order of their first requests. It is information and not
 * a rule: a version whose end is announced works until that day.
 */
export function calledVersions({ exchanges }: ClientRecording): readonly CalledVersion[] {
  const requests = exchanges.filter(({ exchange }) => exchange.request.method !== "OPTIONS");
  const byVersion = grouped(requests, ({ exchange }) => apiVersionOf(exchange));
  return versionsSeen(requests.map(({ exchange }) => exchange)).map((seen) => ({
    ...seen,
    afterNotice: afterNotice(byVersion.get(seen.version) ?? []),
  }));
}

/** Returns the requests that were sent after a response to the same version had announced its end. */
function afterNotice(calls: readonly ReadExchange[]): readonly number[] {
  const notice = byResponse(calls.filter(announcesEnd))[0];
  if (!notice) return [];
  const sent = bySending(calls);
  const first = firstAfter(sent, notice);
  return first ? sent.slice(sent.indexOf(first)).map(({ index }) => index) : [];
}

/** Whether a response has a header of RFC 9745 or RFC 8594. HubSpot documents neither. */
function announcesEnd({ response }: ReadExchange): boolean {
  return response !== undefined && ("deprecation" in response.headers || "sunset" in response.headers);
}
