import type { KnownDifference } from "../contract/evidence.js";
import { placeOf, splitVersion } from "../contract/operations.js";
import { paths } from "../contract/paths.gen.js";
import { isObject, type JsonObject } from "../json.js";
import { compareOperations } from "./compare.js";
import { type Difference, type RawDifference, REASONS } from "./difference.js";
import { type Located, objectAt, readOperation, type Source } from "./read-operation.js";
import { createReferences, decoded } from "./references.js";

/** The differences between a published document and the contract. */
export interface Drift {
  /** `v3`, or a dated version such as `2026-03`. */
  readonly version: string;
  /** The breaking ones first, the known ones last. */
  readonly differences: readonly Difference[];
  /** Differences that the evidence lists for this version and the document does not have any more. */
  readonly gone: readonly KnownDifference[];
}

/**
 * Reads an OpenAPI 3 document for a comparison.
 *
 * @param fileName the name of the document's file; its references may contain it
 */
export function readSource(document: JsonObject, fileName?: string): Source {
  return { document, references: createReferences(document, fileName) };
}

/**
 * Returns the API version whose import operations a document describes.
 *
 * @returns v3 if there are several versions and v3 is among them, else the latest; undefined if the document has no
 *   import operation
 * @throws UnresolvedReference
 * @example publishedVersion(readSource({ paths: { "/files/2026-03/files/import-from-url/async": { post: {} } } })); // "2026-03"
 */
export function publishedVersion(source: Source): string | undefined {
  const versions = operationsOf(source).flatMap(({ key, version }) => (IMPORT.has(key) ? [version] : []));
  return versions.sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1)).at(-1);
}

/** Returns a sort key that puts v3 after every dated version, and a version after its own beta. */
function sortKey(version: string): string {
  return /^\d{4}-\d\d-/.test(version) ? version : `${version}~`;
}

/**
 * Compares a published document with the contract, operation by operation. Component names and order do not count.
 *
 * @param published and `ours` from `readSource`
 * @param known `knownDifferences`
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
  const operations = ofVersion(operationsOf(ours), version).map((own) => {
    const theirs = candidates.find(({ key }) => key === own.key);
    return { id: String(objectAt(own.item, own.method)["operationId"]), own, theirs };
  });
  const found = operations.flatMap(({ id, own, theirs }): readonly RawDifference[] => {
    if (!theirs) {
      const reason = REASONS.removedEndpoint;
      return [{ kind: "operation", where: id, published: "absent", ours: "declared", reason }];
    }
    return compareOperations(id, readOperation(published, theirs), readOperation(ours, own));
  });
  const ids = operations.filter(({ theirs }) => theirs).map(({ id }) => id);
  const rows = known.filter((row) => row.versions === "all" || version !== "v3").flatMap((row) => expandRow(row, ids));
  const differences = found.map(({ reason, ...one }): Difference => {
    const row = rows.find((listed) => isSame(listed, one));
    if (row) return { ...one, class: "known", known: row.departure };
    return { ...one, class: reason.isBreaking ? "breaking" : "not breaking", reason: reason.text };
  });
  return {
    version,
    differences: CLASSES.flatMap((name) => differences.filter((one) => one.class === name)),
    gone: rows.filter((row) => !found.some((one) => isSame(row, one) || isAbove(one, row))),
  };
}

const CLASSES = ["breaking", "not breaking", "known"] as const;

/** Those of one version, or of the first where that version has none. */
function ofVersion(all: readonly VersionedOperation[], version: string): readonly VersionedOperation[] {
  const same = all.filter((one) => one.version === version);
  return same.length > 0 ? same : all.filter((one) => one.version === all[0]?.version);
}

interface VersionedOperation extends Located {
  /** Method and path without the version: the same operation has the same key in every version. */
  readonly key: string;
  readonly version: string;
}

/** The keys of the two operations of an import. */
const IMPORT: ReadonlySet<string> = new Set(
  (["importFromUrl", "checkImportStatus"] as const).map((id) => {
    const { method, path } = placeOf(id);
    return keyOf(method.toLowerCase(), splitVersion(path)?.rest ?? path);
  }),
);

function keyOf(method: string, path: string): string {
  return `${method} ${withoutNames(path)}`;
}

/** Returns a document's operations below `/files/{version}`, whether that prefix is in a path or in a server's URL. */
function operationsOf({ document, references }: Source): readonly VersionedOperation[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, node]) => {
    // The document may also describe other APIs, whose references may lead out of it.
    if (!ENDS.has(endOf(path))) return [];
    const item = references.node(node);
    const methods = ["get", "post", "put", "patch", "delete"].filter((method) => isObject(item[method]));
    return methods.flatMap((method) =>
      effectivePaths(path, [objectAt(item, method), item, document]).flatMap((whole) => {
        const found = splitVersion(whole);
        return found ? [{ key: keyOf(method, found.rest), version: found.version, path, method, item }] : [];
      }),
    );
  });
}

/** The last segments of the contract's paths, and an empty one: a server's URL may hold the whole path. */
const ENDS: ReadonlySet<string> = new Set([...Object.keys(paths).map(endOf), ""]);

function endOf(path: string): string {
  return withoutNames(path.slice(path.lastIndexOf("/") + 1));
}

function withoutNames(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}");
}

/** Expands a row for all operations (`*`) into one row per operation. */
function expandRow(row: KnownDifference, ids: readonly string[]): readonly KnownDifference[] {
  const [id = "", ...rest] = row.where.split(" ");
  const meant = id === "*" ? ids : ids.filter((one) => one === id);
  return meant.map((one) => ({ ...row, where: [one, ...rest].join(" ") }));
}

function isSame(row: KnownDifference, one: Pick<Difference, "kind" | "where" | "published">): boolean {
  return row.kind === one.kind && row.where === one.where && row.published === one.published;
}

/** Whether a missing or replaced whole explains why a known difference in one of its parts was not found. */
function isAbove(one: RawDifference, { where }: KnownDifference): boolean {
  const isWhole = one.kind === "type" || one.published === "absent" || one.published === "none";
  return isWhole && where.startsWith(one.where) && /^[ .[]/.test(where.slice(one.where.length));
}

/**
 * Returns the full paths of a document's path on its servers: without scheme and host, one for each value that the
 * servers' variables may have.
 *
 * @param path as written in the document
 * @param holders objects that may have `servers`, innermost first: an operation, its path item, the document
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

/** Limits the combinations of variables: a few with many values each would make millions. */
const MOST_URLS = 1000;

/** Returns the possible values of a variable, its default first. */
function valuesOf(variable: unknown): readonly string[] {
  if (!isObject(variable)) return [];
  const { default: usual, enum: others } = variable;
  return [...new Set([usual, ...(Array.isArray(others) ? others : [])])].filter((one) => one !== undefined).map(String);
}

/** Returns the path of a server's URL. A relative one counts from the root: the document's address is unknown. */
function basePath(url: string): string {
  const withoutHost = url.replace(/^(?:[a-z][a-z\d+.-]*:)?\/\/[^/?#]*/i, "").replace(/^\/+/, "");
  const segments = decoded(new URL(`./${withoutHost}`, "https://host.invalid").pathname).split("/");
  return segments.flatMap((segment) => (segment === "" ? [] : [`/${segment}`])).join("");
}
