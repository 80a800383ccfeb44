import { apiPath, supportedUntil, versionOf } from "../../contract/versions.js";
import { grouped } from "../../grouped.js";
import type { ReadExchange } from "../read-exchange.js";
import { byResponse, bySending } from "../recording.js";
import type { CalledVersion } from "../report.js";
import { type ClientRecording, firstAfter } from "./client-recording.js";

/**
 * Returns the versions of the API that a client called, v3 first and then by their dates. It is information and no rule:
 * v3 is supported, and nobody has to leave it on the day that an end is announced.
 */
export function calledVersions({ exchanges }: ClientRecording): readonly CalledVersion[] {
  const requests = exchanges.flatMap((call) => {
    const { method, url } = call.exchange.request;
    const version = method === "OPTIONS" ? undefined : versionOf(apiPath(url));
    return version === undefined ? [] : [{ version, call }];
  });
  const byVersion = grouped(requests, ({ version }) => version);
  return [...byVersion]
    .map(([version, group]) => [version, group.map(({ call }) => call)] as const)
    .sort(([one], [other]) => rank(one).localeCompare(rank(other)))
    .map(([version, calls]) => {
      const until = supportedUntil(version);
      return {
        version,
        requests: calls.length,
        ...(until !== undefined && { supportedUntil: until }),
        afterNotice: afterNotice(calls),
      };
    });
}

function rank(version: string): string {
  return version.startsWith("v") ? "" : version;
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
