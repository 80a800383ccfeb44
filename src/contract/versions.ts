import { normalizePath } from "./operations.js";
import { api, versions } from "./paths.gen.js";

/** The versions of the contract, as a path has them: v3 first, then by their dates. */
export const VERSIONS: readonly string[] = versions;

const KNOWN = VERSIONS.join("|");

/** Matches where the API's path begins in an address: behind a proxy, a prefix may precede it. */
export const API_PATH = /* @__PURE__ */ new RegExp(`(?:^|[^/])(${api.replace("/", "/+")}/+(?:${KNOWN})/.*)`);

/** Whether an address belongs to the API, in any version. */
export function isOfApi(url: string): boolean {
  return API_PATH.test(new URL(url).pathname);
}

/** Returns the path of an address from `/files/v3` (or another version) on; the whole path if it has no version. */
export function apiPath(url: string): string {
  const { pathname } = new URL(url);
  return API_PATH.exec(pathname)?.[1] ?? pathname;
}

/**
 * Splits a path of the API into its version and the rest. Also accepts versions that the contract lacks, since HubSpot
 * adds dated ones twice a year.
 *
 * @returns undefined for a path of another API
 * @example splitVersion("/files/2026-03/files/1"); // { version: "2026-03", rest: "/files/1" }
 */
export function splitVersion(path: string): { readonly version: string; readonly rest: string } | undefined {
  const [, version, rest] = SPLIT.exec(path) ?? [];
  return version === undefined || rest === undefined ? undefined : { version, rest };
}

const SPLIT = new RegExp(`^${api}/(${KNOWN}|\\d{4}-\\d\\d(?:-[a-z\\d]+)?)(/.*)$`, "s");

/**
 * Returns the version that a path is of, also one that the contract lacks.
 *
 * @param path without a prefix, as a request sent it
 * @returns undefined for a path of another API
 * @example versionOf("//files/2026-03/files/1"); // "2026-03"
 */
export function versionOf(path: string): string | undefined {
  return splitVersion(normalizePath(path))?.version;
}
