/**
 * What stands in a path behind its base path, however both are spelled: with doubled slashes, and with characters
 * percent-encoded or not.
 *
 * @param basePath begins with a slash and does not end in one; empty where there is none
 * @returns undefined where the path does not begin with the base path
 * @example pathBehind("/b%C3%BCro", "//b%c3%bcro/files/v3/files/1"); // "/files/v3/files/1"
 */
export function pathBehind(basePath: string, pathname: string): string | undefined {
  if (pathname.startsWith(`${basePath}/`)) return pathname.slice(basePath.length);
  let rest = pathname;
  for (const segment of basePath.split("/")) {
    if (segment === "") continue;
    const [, slashes = "", given = ""] = /^(\/+)([^/]+)(?=\/)/.exec(rest) ?? [];
    if (decoded(given) !== decoded(segment)) return undefined;
    rest = rest.slice(slashes.length + given.length);
  }
  return rest;
}

/** A slash, too, for it parts nothing then: servers compare paths segment by segment. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Bytes that are no UTF-8 are equal as they stand.
    return segment.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase());
  }
}
