import { normalizePath } from "./operations.js";
import { api, versions } from "./paths.gen.js";

/** The versions of the contract, as a path has them: v3 first, then by their dates. */
export const VERSIONS: readonly string[] = versions;

const KNOWN = VERSIONS.join("|");

/** Where the API's path begins in an address: behind a proxy it may stand below a path of its own. */
export const API_PATH = /* @__PURE__ */ new RegExp(`(?:^|[^/])(${api.replace("/", "/+")}/+(?:${KNOWN})/.*)`);

/** Whether an address leads to the API, in any of its versions. */
export function isOfApi(url: string): boolean {
  return API_PATH.test(new URL(url).pathname);
}

/** The path of an address from `/files/v3` on, or from another version; the whole path where no version is in it. */
export function apiPath(url: string): string {
  const { pathname } = new URL(url);
  return API_PATH.exec(pathname)?.[1] ?? pathname;
}

/**
 * Splits a path of the API into its version and what follows that. A dated version comes twice a year: one that the
 * contract has not is read, too.
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
