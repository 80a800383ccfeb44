import { isObject, type JsonObject, valueAt } from "../document.js";

/** A document refers to what is not in it. */
export class UnresolvedReference extends Error {}

/** Reads the nodes of one document through its references. */
export interface References {
  /** Follows references to a node that is no schema: a path item, a parameter, a request body, a response. */
  readonly node: (node: unknown) => JsonObject;
  /** Resolves a schema with all that is below it. One that contains itself contains itself then, too. */
  readonly schema: (schema: unknown) => unknown;
}

/**
 * References are followed only where OpenAPI has them: a key `$ref` in an example or an extension is data. Libraries that
 * dereference a document take it for a reference, and merge the keywords beside one, which 3.0 ignores and 3.1 adds.
 *
 * @param fileName the document's own, by which it may refer to itself
 * @throws UnresolvedReference from its functions
 * @example createReferences({ openapi: "3.1.0", components }).schema({ $ref: "#/components/schemas/File" });
 */
export function createReferences(document: JsonObject, fileName?: string): References {
  const isOld = /^3\.0/.test(String(document["openapi"]));
  const made = new Map<object, unknown>();
  let named: ReadonlyMap<string, unknown> | undefined;

  function find(reference: string): unknown {
    const [file = "", fragment = ""] = reference.split("#", 2);
    named ??= namedSchemas(document, fileName);
    const root = named.get(file);
    const isPointer = fragment === "" || fragment.startsWith("/");
    const found = isPointer ? valueAt(root, decoded(fragment)) : named.get(`${file}#${fragment}`);
    if (root === undefined) {
      throw new UnresolvedReference(`it refers to ${reference}, which is not in it, and nothing is fetched`);
    }
    if (found === undefined) throw new UnresolvedReference(`it refers to ${reference}, where nothing stands`);
    return found;
  }

  /** @param isAlone whether nothing beside the reference counts */
  function follow(start: unknown, isAlone: (node: JsonObject) => boolean): unknown {
    const passed = new Set<unknown>();
    let node = start;
    for (let reference = referenceOf(node); reference !== undefined; reference = referenceOf(node)) {
      if (!isAlone(node as JsonObject)) break;
      if (passed.has(node)) throw new UnresolvedReference(`${reference} refers to itself`);
      passed.add(node);
      node = find(reference);
    }
    return node;
  }

  function schema(start: unknown): unknown {
    const node = follow(start, (one) => isOld || Object.keys(one).every((key) => !isKeyword(key)));
    if (!isObject(node)) return node;
    const before = made.get(node);
    if (before !== undefined) return before;
    const copy: Record<string, unknown> = {};
    made.set(node, copy);
    const { $ref, $dynamicRef, ...own } = node;
    for (const [key, value] of Object.entries(own)) {
      if (key === "nullable" && !isOld) continue;
      copy[key] = below(key, value);
    }
    const reference = referenceOf(node);
    if (reference !== undefined) copy["allOf"] = [schema(find(reference)), ...asList(copy["allOf"])];
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
    // A path item may have operations of its own beside its reference.
    const beside = isObject(start) && found !== start ? start : {};
    return isObject(found) ? { ...found, ...beside } : {};
  }

  return { node, schema };
}

/** Keywords below which schemas stand. */
const SCHEMAS = new Set([
  ...["items", "additionalProperties", "unevaluatedProperties", "not", "if", "then", "else", "contains"],
]);
const LISTS = new Set(["allOf", "anyOf", "oneOf", "prefixItems"]);
const MAPS = new Set(["properties", "patternProperties", "dependentSchemas"]);

/** Whether a key beside a reference says something about values. */
function isKeyword(key: string): boolean {
  return !/^(\$ref|\$dynamicRef|\$comment|title|summary|description|deprecated|examples?|default|readOnly|writeOnly|x-.*)$/.test(
    key,
  );
}

function referenceOf(node: unknown): string | undefined {
  if (!isObject(node)) return undefined;
  const { $ref, $dynamicRef } = node;
  return typeof $ref === "string" ? $ref : typeof $dynamicRef === "string" ? $dynamicRef : undefined;
}

/** What a reference may name: the document, and its schemas by `$id` and by anchor. */
function namedSchemas(document: JsonObject, fileName: string | undefined): ReadonlyMap<string, unknown> {
  const self = document["$self"];
  const names = ["", ...(typeof self === "string" ? [self] : [])];
  if (fileName !== undefined) names.push(fileName, `./${fileName}`, encodeURI(fileName), `./${encodeURI(fileName)}`);
  const named = new Map<string, unknown>();
  const collect = (node: unknown, bases: readonly string[]) => {
    if (typeof node !== "object" || node === null) return;
    const { $id, $anchor, $dynamicAnchor } = node as JsonObject;
    const inner = typeof $id === "string" ? [$id.replace(/#$/, "")] : bases;
    if (typeof $id === "string") for (const base of inner) named.set(base, node);
    for (const anchor of [$anchor, $dynamicAnchor]) {
      // An anchor below an `$id` is taken for the document's, too: no two of ours are called the same.
      if (typeof anchor === "string") for (const base of [...bases, ...inner]) named.set(`${base}#${anchor}`, node);
    }
    for (const [key, value] of Object.entries(node)) if (!DATA.test(key)) collect(value, inner);
  };
  collect(document["components"], names);
  collect(document["paths"], names);
  for (const name of names) named.set(name, document);
  return named;
}

/** Keys of data, below which nothing is named. A property of such a name has a schema of no name, at worst. */
const DATA = /^(x-.*|examples?|default|enum|const)$/;

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
