import { isObject, type JsonObject } from "./document.js";
import { compareOperations } from "./drift/compare-operations.js";
import type { Difference, Found } from "./drift/difference.js";
import { type Located, objectAt, readOperation } from "./drift/read-operation.js";
import type { KnownDifference } from "./evidence.js";

/** What a published document and the contract say differently. */
export interface Drift {
  /** `v3`, or a dated version such as `2026-03`. */
  readonly version: string;
  readonly differences: readonly Difference[];
  /** What the evidence lists for this version, and the document does not say any more. */
  readonly gone: readonly KnownDifference[];
}

/**
 * The version of the API that a document describes an import of.
 *
 * @returns of several v3, or else the latest; undefined if neither operation of an import is there
 * @example publishedVersion({ paths: { "/files/2026-03/files/import-from-url/async": { post: {} } } }); // "2026-03"
 */
export function publishedVersion(document: JsonObject): string | undefined {
  const versions = Object.entries(objectAt(document, "paths")).flatMap(([path, item]) => {
    const [, version = "", rest = ""] = VERSIONED.exec(path) ?? [];
    const method = IMPORT_METHODS[withoutNames(rest)];
    return method !== undefined && isObject(item) && isObject(item[method]) ? [version] : [];
  });
  return versions.sort().at(-1); // v3 comes after every year
}

/**
 * Compares a published document with the contract, operation by operation and place by place: names of components and
 * the order of anything do not count.
 *
 * @param published and `ours`: OpenAPI 3, references resolved. Either may contain itself
 * @param known from `parseKnownDifferences`
 * @param version from `publishedVersion`
 * @example compareWithPublished({ published, ours, known, version: "v3" }).differences.filter((one) => one.class === "breaking");
 */
export function compareWithPublished({
  published,
  ours,
  known,
  version,
}: {
  readonly published: JsonObject;
  readonly ours: JsonObject;
  readonly known: readonly KnownDifference[];
  readonly version: string;
}): Drift {
  const operations = operationsOf(ours, "v3").map((own) => {
    const theirs = operationsOf(published, version).find(({ key }) => key === own.key);
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

const VERSIONED = /^\/files\/(v3|\d{4}-\d\d)(\/.*)$/;

/** The two operations of an import, by the rest of their path. */
const IMPORT_METHODS: Readonly<Record<string, string>> = {
  "/files/import-from-url/async": "post",
  "/files/import-from-url/async/tasks/{}/status": "get",
};

/** @returns with a key that is the same for the same operation in any version */
function operationsOf(document: JsonObject, version: string): readonly (Located & { readonly key: string })[] {
  return Object.entries(objectAt(document, "paths")).flatMap(([path, item]) => {
    const [, itsVersion, rest = ""] = VERSIONED.exec(path) ?? [];
    if (itsVersion !== version || !isObject(item)) return [];
    const methods = ["get", "post", "put", "patch", "delete"].filter((method) => isObject(item[method]));
    return methods.map((method) => ({ key: `${method} ${withoutNames(rest)}`, path, method, item }));
  });
}

function withoutNames(path: string): string {
  return path.replace(/\{[^}]*\}/g, "{}");
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
