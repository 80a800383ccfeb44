import { API_ROOT, matchOperation, type Route } from "../src/contract/operations.js";
import { splitSession } from "../src/session/names.js";
import { pathBehind } from "../src/simulator/request-context.js";
import { readUrl } from "../src/text.js";
import { requireAddress, UserError } from "../src/user-error.js";

/** The part before `/files/v3` in the URLs that an app requests. */
export interface Address {
  /** As MSW's console shows it. */
  readonly text: string;
  /** Scheme, host and port; undefined for any. Read at each request, since a page may get its location late. */
  readonly origin: () => string | undefined;
  /** Begins with a slash, ends without one; empty if there is none. */
  readonly basePath: string;
}

export const HUBSPOT = "https://api.hubapi.com";

/** HubSpot's own. */
export const hubspotAddress: Address = { text: HUBSPOT, origin: () => HUBSPOT, basePath: "" };

/**
 * Parses an address, which is never a pattern: `https://api.hubapi.com`; `/hubspot` at the page's own origin; `*` for
 * any origin, alone or before a path.
 *
 * @throws UserError `invalid-option` for an address that no request can have
 */
export function parseAddress(baseUrl: string): Address {
  if (typeof baseUrl !== "string") throw badAddress("must be a string", baseUrl);
  if (/[?#]/.test(baseUrl)) throw badAddress("must have no query and no fragment", baseUrl);
  const isAny = /^\*(\/|$)/.test(baseUrl);
  const isOfPage = /^\/(?![/\\])/.test(baseUrl);
  if (!isAny && !isOfPage) {
    if (baseUrl.startsWith("*")) throw badAddress(ONE_HOST, baseUrl);
    if (baseUrl.startsWith("/")) throw badAddress("must begin with a scheme, or with one slash", baseUrl);
    requireAddress("baseUrl", baseUrl, ", or a path of your page, such as /hubspot");
  }
  // A path is parsed with a placeholder host.
  const url = new URL(isAny || isOfPage ? `http://localhost${baseUrl.replace("*", "")}` : baseUrl);
  if (url.username !== "" || url.password !== "") throw badAddress("must have no credentials", baseUrl);
  if (url.hostname.includes("*")) throw badAddress(ONE_HOST, baseUrl);
  const basePath = url.pathname.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  const before = isAny ? "*" : isOfPage ? "" : url.origin;
  const origin = isAny ? () => undefined : isOfPage ? pageOrigin : () => url.origin;
  // In a path, MSW warns of a bar as of a query.
  return { text: before + basePath.replace(/\|/g, "%7C"), origin, basePath };
}

const ONE_HOST = "must name one host; a star stands for the whole origin";

/** Returns the path of a request at an address; undefined for another address. */
export function routeAt(address: Address, { method, url }: Request): Route | undefined {
  const called = readUrl(url);
  const origin = address.origin();
  if (!called || (origin !== undefined && called.origin !== origin)) return undefined;
  const path = pathBehind(address.basePath, called.pathname);
  return path === undefined ? undefined : matchOperation(method, splitSession(path).path);
}

/** A test in Node has no page, and neither has React Native: there a path matches any origin. */
function pageOrigin(): string | undefined {
  const { origin = "" } = globalThis.location ?? {};
  return origin.startsWith("http") ? origin : undefined;
}

function badAddress(rule: string, value: unknown): UserError {
  const shown = String(JSON.stringify(value)).replace(/\/\/[^/]*@/, "//***@");
  return new UserError(
    "invalid-option",
    `baseUrl ${rule}; got ${shown}. Write what comes before ${API_ROOT} in the URLs that your app requests, such as ${HUBSPOT}, /hubspot or */hubspot.`,
  );
}
