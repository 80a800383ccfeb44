import { isObject, type JsonObject, valueAt } from "../json.js";

/** A reference whose target is not in the document. */
export class UnresolvedReference extends Error {}

/** Reads the nodes of one document through its references. */
export interface References {
  /** Follows the references of a node that is not a schema: a path item, a parameter, a request body, a response. */
  readonly node: (node: unknown) => JsonObject;
  /** Resolves all references within a schema. If a schema contains itself, so does the result. */
  readonly schema: (schema: unknown) => unknown;
}

/**
 * Resolves references only where OpenAPI allows them: a key `$ref` in an example or an extension is data. Libraries that
 * dereference documents follow those, too, and merge the keywords beside a reference, which 3.0 ignores and 3.1 adds.
 *
 * @param fileName the name of the document's file; its references may contain it
 * @throws UnresolvedReference from the returned functions
 * @example createReferences({ openapi: "3.1.0", components }).schema({ $ref: "#/components/schemas/File" });
 */
export function createReferences(document: JsonObject, fileName?: string): References {
  const isOld = /^3\.0/.test(String(document["openapi"]));
  const resolvedSchemas = new Map<object, unknown>();
  let named: Named | undefined;

  function find(holder: object, reference: string): unknown {
    const [file = "", fragment = ""] = reference.split("#", 2);
    named ??= namedNodes(document, fileName);
    const { nodes, bases, documentBases } = named;
    // For most generators `#/` is the whole document even below an `$id`.
    const roots = [...new Set([bases.get(holder), ...documentBases])].flatMap((base) => {
      const name = base === undefined ? undefined : resolved(file, base);
      return name !== undefined && nodes.has(name) ? [name] : [];
    });
    const isPointer = fragment === "" || fragment.startsWith("/");
    for (const root of roots) {
      const found = isPointer ? valueAt(nodes.get(root), decoded(fragment)) : nodes.get(`${root}#${fragment}`);
      if (found !== undefined) return found;
    }
    if (roots.length > 0) throw new UnresolvedReference(`it refers to ${reference}, which does not exist`);
    throw new UnresolvedReference(`it refers to ${reference}, which is not in it, and other documents are not fetched`);
  }

  /** @param isAlone whether the keywords beside the reference can be ignored */
  function follow(start: unknown, isAlone: (node: JsonObject) => boolean): unknown {
    const passed = new Set<unknown>();
    let node = start;
    for (let reference = referenceOf(node); reference !== undefined; reference = referenceOf(node)) {
      if (!isAlone(node as JsonObject)) break;
      if (passed.has(node)) throw new UnresolvedReference(`${reference} refers to itself`);
      passed.add(node);
      node = find(node as object, reference);
    }
    return node;
  }

  function schema(start: unknown): unknown {
    const node = follow(start, (one) => isOld || Object.keys(one).every((key) => !isKeyword(key)));
    if (!isObject(node)) return node;
    const before = resolvedSchemas.get(node);
    if (before !== undefined) return before;
    const copy: Record<string, unknown> = {};
    resolvedSchemas.set(node, copy);
    const { $ref, $dynamicRef, ...own } = node;
    for (const [key, value] of Object.entries(own)) {
      if (key === "nullable" && !isOld) continue;
      copy[key] = below(key, value);
    }
    const reference = referenceOf(node);
    if (reference !== undefined) copy["allOf"] = [schema(find(node, reference)), ...asList(copy["allOf"])];
    return copy;
  }

  function below(key: string, value: unknown): unknown {
    if (SCHEMAS.has(key)) return schema(value);
    if (LISTS.has(key)) return asList(value).map(schema);
    if (!MAPS.has(key) || !isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, schema(one)]));
  }

  function node(start: unknown): JsonObject {
    const found = follow(start, () => true);
    // A path item may have operations beside its reference.
    const beside = isObject(start) && found !== start ? start : {};
    return isObject(found) ? { ...found, ...beside } : {};
  }

  return { node, schema };
}

/** Keywords whose values are schemas, lists of schemas (`LISTS`) or maps of schemas (`MAPS`). */
const SCHEMAS = new Set(
  "items unevaluatedItems additionalProperties unevaluatedProperties not if then else contains".split(" "),
);
const LISTS = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const MAPS = new Set(["properties", "patternProperties", "dependentSchemas"]);

/** Whether a key beside a reference counts in a comparison. */
function isKeyword(key: string): boolean {
  return !/^(\$ref|\$dynamicRef|\$comment|title|summary|description|deprecated|examples?|default|x-.*)$/.test(key);
}

function referenceOf(node: unknown): string | undefined {
  if (!isObject(node)) return undefined;
  const { $ref, $dynamicRef } = node;
  return typeof $ref === "string" ? $ref : typeof $dynamicRef === "string" ? $dynamicRef : undefined;
}

interface Named {
  /** The document and its schemas, by address (`$id`) and by anchor. */
  readonly nodes: ReadonlyMap<string, unknown>;
  /** Base addresses of the nodes below an `$id`. */
  readonly bases: ReadonlyMap<object, string>;
  /** Base addresses of all other nodes: the document's own address, and that of its file. */
  readonly documentBases: readonly string[];
}

function namedNodes(document: JsonObject, fileName = ""): Named {
  const file = `file:///${encodeURIComponent(fileName)}`;
  const self = document["$self"];
  const address = typeof self === "string" ? resolved(withoutFragment(self), file) : undefined;
  const documentBases = [address, decoded(file)].filter((base) => base !== undefined);
  const nodes = new Map<string, unknown>();
  const bases = new Map<object, string>();
  const collect = (node: unknown, base: string | undefined, areNames: boolean) => {
    if (typeof node !== "object" || node === null) return;
    const { $id, $anchor, $dynamicAnchor } = areNames ? {} : (node as JsonObject);
    const outer = base === undefined ? documentBases : [base];
    const inner = typeof $id === "string" ? resolved(withoutFragment($id), outer[0] ?? file) : base;
    if (inner !== undefined) bases.set(node, inner);
    if (inner !== undefined && typeof $id === "string") nodes.set(inner, node);
    for (const anchor of [$anchor, $dynamicAnchor]) {
      // An anchor below an `$id` can also be referred to from the whole document: no two anchors have the same name.
      const holders = [...documentBases, ...(inner === undefined ? [] : [inner])];
      if (typeof anchor === "string") for (const one of holders) nodes.set(`${one}#${anchor}`, node);
    }
    for (const [key, value] of Object.entries(node)) {
      if (areNames || !DATA.test(key)) collect(value, inner, !areNames && NAMED.test(key));
    }
  };
  for (const key of ["components", "paths"]) collect(document[key], undefined, false);
  for (const base of documentBases) nodes.set(base, document);
  return { nodes, bases, documentBases };
}

/** Keys whose values are data, without `$id` and anchors. */
const DATA = /^(x-.*|examples?|default|enum|const)$/;

/** Keys of maps, whose keys are names and not keywords: a property may be called `default`. */
const NAMED = /^(properties|patternProperties|dependentSchemas|\$defs|definitions|schemas|responses)$/;

/** Resolves a reference against a base; undefined if the result is not a valid URL. */
function resolved(reference: string, base: string): string | undefined {
  if (reference === "") return base;
  return URL.canParse(reference, base) ? decoded(new URL(reference, base).href) : undefined;
}

function withoutFragment(address: string): string {
  return address.split("#", 1)[0] ?? "";
}

/** Decodes percent escapes; returns a text with invalid escapes unchanged. */
export function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
