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
  const wanted = segmentsOf(basePath);
  const [base = ""] = new RegExp(`^(?:/+[^/]+){${wanted.length}}(?=/)`).exec(pathname) ?? [];
  const given = segmentsOf(base);
  const isBase = given.length === wanted.length && given.every((segment, index) => segment === wanted[index]);
  return isBase ? pathname.slice(base.length) : undefined;
}

/** Decoded, but for a slash, which would part it: servers compare paths like that. */
function segmentsOf(path: string): readonly string[] {
  return path.split("/").flatMap((segment) => (segment === "" ? [] : decoded(segment)));
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Bytes that are no UTF-8: they are equal as they stand.
    return segment.toUpperCase();
  }
}
