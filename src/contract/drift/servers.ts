import { isObject, type JsonObject } from "../document.js";

/**
 * The paths that a document's path has on its servers: without their scheme and host, with their variables' defaults.
 *
 * @param path as it stands in the document
 * @param holders what may name servers, the innermost first: an operation, its path item, the document
 * @example effectivePaths("/a", [{ servers: [{ url: "https://api.example/v3/" }] }]); // ["/v3/a"]
 */
export function effectivePaths(path: string, holders: readonly JsonObject[]): readonly string[] {
  const servers = holders.map(({ servers: list }) => list).find((list) => Array.isArray(list) && list.length > 0);
  const bases = Array.isArray(servers) ? servers.filter(isObject).map(basePath) : [""];
  return [...new Set(bases.map((base) => base + path))];
}

function basePath({ url, variables }: JsonObject): string {
  const defaults = isObject(variables) ? variables : {};
  const filled = String(url ?? "").replace(/\{([^{}]*)\}/g, (whole, name: string) => {
    const variable = Object.hasOwn(defaults, name) ? defaults[name] : undefined;
    return isObject(variable) && "default" in variable ? String(variable["default"]) : whole;
  });
  const withoutHost = filled.replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/?#]*/i, "").replace(/[?#].*$/, "");
  const segments = withoutHost.split("/").filter((segment) => segment !== "" && segment !== ".");
  return segments.map((segment) => `/${segment}`).join("");
}
