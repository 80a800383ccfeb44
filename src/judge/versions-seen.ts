import { supportedUntil } from "../contract/evidence.js";
import type { RecordedExchange } from "../exchange/exchange.js";
import { grouped } from "../grouped.js";
import { apiVersionOf } from "./read-exchange.js";

/** A version of the API that requests were sent to. */
export interface SeenVersion {
  /** Such as `v3` or `2026-03`. */
  readonly version: string;
  /** The month or day from which HubSpot does not support it, in ISO 8601; absent if it is not published. */
  readonly supportedUntil?: string;
  readonly requests: number;
  /** The Deprecation header of a response (RFC 9745). HubSpot documents none. */
  readonly deprecation?: string;
  /** The Sunset header of a response (RFC 8594). */
  readonly sunset?: string;
}

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
