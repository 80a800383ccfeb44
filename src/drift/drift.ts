import type { KnownDifference } from "../contract/evidence.js";
import { isObject, type JsonObject } from "../json.js";
import { compareOperations, type Difference, type Found } from "./compare.js";
import { type Located, objectAt, readOperation, type Source } from "./read-operation.js";
import { createReferences, decoded } from "./references.js";

/** What a published document and the contract say differently. */
export interface Drift {
  /** `v3`, or a dated version such as `2026-03`. */
  readonly version: string;
  readonly differences: readonly Difference[];
  /** What the evidence lists for this version, and the document does not say any more. */
  readonly gone: readonly KnownDifference[];
}

/**
 * Reads an OpenAPI 3 document for a comparison.
 *
 * @param fileName the document's own, by which it may refer to itself
 */
export function readSource(document: JsonObject, fileName?: string): Source {
  return { document, references: createReferences(document, fileName) };
}

/**
 * The version of the API that a document describes an import of.
 *
 * @returns of several v3, or else the latest; undefined if neither operation of an import is there
 * @throws UnresolvedReference
 * @example publishedVersion(readSource({ paths: { "/files/2026-03/files/import-from-url/async": { post: {} } } })); // "2026-03"
 */
export function publishedVersion(source: Source): string | undefined {
  const versions = operationsOf(source).flatMap(({ key, version }) => (IMPORT.has(key) ? [version] : []));
  return versions.sort((a, b) => (rankOf(a) < rankOf(b) ? -1 : 1)).at(-1);
}

/** What sorts v3 after every year, and a version after its own beta. */
function rankOf(version: string): string {
  return /^\d{4}-\d\d-/.test(version) ? version : `${version}~`;
}

/**
 * Compares a published document with the contract, operation by operation and place by place: names of components and
 * the order of anything do not count.
 *
 * @param published and `ours` from `readSource`
 * @param known from `parseKnownDifferences`
 * @param version from `publishedVersion`
 * @throws UnresolvedReference
 * @example compareWithPublished({ published, ours, known, version: "v3" }).differences.filter((one) => one.class === "breaking");
 */
export function compareWithPublished({
  published,
  ours,
  known,
  version,
}: {
  readonly published: Source;
  readonly ours: Source;
  readonly known: readonly KnownDifference[];
  readonly version: string;
}): Drift {
  const candidates = operationsOf(published).filter((one) => one.version === version);
  const operations = operationsOf(ours).map((own) => {
    const theirs = candidates.find(({ key }) => key === own.key);
    return { id: String(objectAt(own.item, own.method)["operationId"]), own, theirs };
  });
  const found = operations.flatMap(({ id, own, theirs }): readonly Found[] => {
    if (!theirs) return [{ kind: "operation", where: id, published: "absent", ours: "declared", isBreaking: true }];
    return compareOperations(id, readOperation(published, theirs), readOperation(ours, own));
  });
  const ids = operations.filter(({ theirs }) => theirs).map(({ id }) => id);
  const rows = known.filter((row) => row.versions === "all" || version !== "v3").flatMap((row) => spread(row, ids));
  return {
    version,
    differences: found.map(({ isBreaking, ...one }) => {
      const row = rows.find((listed) => isSame(listed, one));
      if (row) return { ...one, class: "known", known: row.departure };
      return { ...one, class: isBreaking ? "breaking" : "new" };
    }),
    gone: rows.filter((row) => !found.some((one) => isSame(row, one) || isAbove(one, row))),
  };
}

const VERSIONED = /^\/files\/(v3|\d{4}-\d\d(?:-[a-z\d]+)?)(\/.*)$/;

/** The two operations of an import, by their keys. */
const IMPORT: ReadonlySet<string> = new Set([
  "post /files/import-from-url/async",
  "get /files/import-from-url/async/tasks/{}/status",
]);

interface VersionedOperation extends Located {
  /** The same for the same operation in any version. */
  readonly key: string;
  readonly version: string;
}

/** The operations of a document below `/files` and a version, wherever that stands: in a path or in a server. */
function operationsOf({ document, references }: Source): readonly VersionedOperation[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, node]) => {
    // Other APIs may stand in the same document, and refer to what is not in it.
    if (!MAY_BE_OURS.test(path)) return [];
    const item = references.node(node);
    const methods = ["get", "post", "put", "patch", "delete"].filter((method) => isObject(item[method]));
    return methods.flatMap((method) =>
      effectivePaths(path, [objectAt(item, method), item, document]).flatMap((whole) => {
        const [, version, rest = ""] = VERSIONED.exec(whole) ?? [];
        return version === undefined ? [] : [{ key: `${method} ${withoutNames(rest)}`, version, path, method, item }];
      }),
    );
  });
}

/** Paths that end as one of our operations does, and what a server may hold the beginning of. */
const MAY_BE_OURS = /(?:^|\/)(?:async|status|\{[^/}]*\})?$/;

function withoutNames(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}

/** A row for every operation as a row for each. */
function spread(row: KnownDifference, ids: readonly string[]): readonly KnownDifference[] {
  const [id = "", ...rest] = row.where.split(" ");
  const meant = id === "*" ? ids : ids.filter((one) => one === id);
  return meant.map((one) => ({ ...row, where: [one, ...rest].join(" ") }));
}

function isSame(row: KnownDifference, one: Pick<Difference, "kind" | "where" | "published">): boolean {
  return row.kind === one.kind && row.where === one.where && row.published === one.published;
}

/** Of a place whose whole is missing or something else, its parts are not said to be gone. */
function isAbove(one: Found, { where }: KnownDifference): boolean {
  const isWhole = one.kind === "type" || one.published === "absent" || one.published === "none";
  return isWhole && where.startsWith(one.where) && /^[ .[]/.test(where.slice(one.where.length));
}

/**
 * The paths that a document's path has on its servers: without their scheme and host, with each value that their
 * variables may have.
 *
 * @param path as it stands in the document
 * @param holders what may name servers, the innermost first: an operation, its path item, the document
 * @example effectivePaths("/a", [{ servers: [{ url: "https://api.example/v3/" }] }]); // ["/v3/a"]
 */
function effectivePaths(path: string, holders: readonly JsonObject[]): readonly string[] {
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
