import { rootOf } from "./operations.js";
import { paths } from "./paths.gen.js";

const ROOTS = [...new Set(Object.keys(paths).map(rootOf))];

/** Where the API's path begins in an address: behind a proxy it may stand below a path of its own. */
export const API_PATH = new RegExp(`(?:^|[^/])((?:${ROOTS.map((root) => root.replaceAll("/", "/+")).join("|")})/.*)`);

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
  const [, name, version = "", ...rest] = path.split("/");
  const isKnown =
    ROOTS.includes(rootOf(path)) || (ROOTS.some((root) => root.split("/")[1] === name) && DATED.test(version));
  return isKnown && rest.length > 0 ? { version, rest: `/${rest.join("/")}` } : undefined;
}

const DATED = /^\d{4}-\d\d(?:-[a-z\d]+)?$/;
