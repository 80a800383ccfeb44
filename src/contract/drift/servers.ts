import { isObject, type JsonObject } from "../../json.js";
import { decoded } from "./references.js";

/**
 * The paths that a document's path has on its servers: without their scheme and host, with each value that their
 * variables may have.
 *
 * @param path as it stands in the document
 * @param holders what may name servers, the innermost first: an operation, its path item, the document
 * @example effectivePaths("/a", [{ servers: [{ url: "https://api.example/v3/" }] }]); // ["/v3/a"]
 */
export function effectivePaths(path: string, holders: readonly JsonObject[]): readonly string[] {
  const servers = holders.map(({ servers: list }) => list).find((list) => Array.isArray(list) && list.length > 0);
  const bases = Array.isArray(servers) ? servers.filter(isObject).flatMap(basePaths) : [""];
  return [...new Set(bases.map((base) => base + path))];
}

function basePaths({ url, variables }: JsonObject): readonly string[] {
  const declared = isObject(variables) ? variables : {};
  const filled = Object.entries(declared).reduce<readonly string[]>(
    (urls, [name, variable]) => {
      const values = valuesOf(variable);
      const isUsed = urls.some((one) => one.includes(`{${name}}`));
      if (!isUsed || values.length === 0) return urls;
      return urls.flatMap((one) => values.map((value) => one.replaceAll(`{${name}}`, value))).slice(0, MOST_URLS);
    },
    [String(url ?? "")],
  );
  return [...new Set(filled.map(basePath))];
}

/** Variables with many values each would make millions. */
const MOST_URLS = 1000;

/** What a variable may stand for, its default first. */
function valuesOf(variable: unknown): readonly string[] {
  if (!isObject(variable)) return [];
  const { default: usual, enum: others } = variable;
  return [...new Set([usual, ...(Array.isArray(others) ? others : [])])].filter((one) => one !== undefined).map(String);
}

/** Of a server that is relative to where the document lies, nothing above it is known. */
function basePath(url: string): string {
  const withoutHost = url.replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/?#]*/i, "").replace(/^\/+/, "");
  const segments = decoded(new URL(`./${withoutHost}`, "https://host.invalid").pathname).split("/");
  return segments.flatMap((segment) => (segment === "" ? [] : [`/${segment}`])).join("");
}
