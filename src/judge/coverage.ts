import { STATES } from "../contract/contract.js";
import { type At, type ContractDocument, isNever, keysAt } from "../contract/document.js";
import { escapePointer, isHolder, isObject } from "../json.js";
import { oncePer } from "../once-per.js";
import type { Recording } from "./recording.js";

/** The parts of the contract that a recording shows, and those that it does not show. */
export interface Coverage {
  readonly operations: Seen;
  /** Such as `checkImportStatus 200`. */
  readonly statuses: Seen;
  readonly states: Seen;
  /** Such as `File.width`. */
  readonly properties: Seen;
  /** Such as `Access PRIVATE`. */
  readonly enumValues: Seen;
}

interface Seen {
  readonly seen: readonly string[];
  readonly never: readonly string[];
}

/** Collects the parts of the contract that the responses show. */
export function cover({ contract, exchanges, tasks }: Recording): Coverage {
  const operations = new Set<string>();
  const statuses = new Set<string>();
  const properties = new Set<string>();
  const values = new Set<string>();
  for (const { operation, response } of exchanges) {
    if (operation === undefined || response === undefined) continue;
    operations.add(operation);
    statuses.add(`${operation} ${response.status}`);
    const schema = response.declared && bodySchemasIn(contract)(response.declared).get("application/json");
    if (!schema || !("json" in response)) continue;
    const shown = walk(contract, schema, response.json);
    for (const name of shown.properties) properties.add(name);
    for (const name of shown.values) values.add(name);
  }
  const states = new Set<string>(tasks.flatMap(({ polls }) => polls.map(({ state }) => state)));
  const declared = declaredNames(contract);
  return {
    operations: split(declared.operations, operations),
    statuses: split(declared.statuses, statuses),
    states: split(STATES, states),
    properties: split(declared.properties, properties),
    enumValues: split(declared.values, values),
  };
}

/** Returns for a declared response the schemas of its body by their media types. */
export const bodySchemasIn = /* @__PURE__ */ oncePer((contract: ContractDocument) =>
  oncePer((declared: At): ReadonlyMap<string, At> => {
    const pointer = (type: string) => `${declared.pointer}/content/${escapePointer(type)}/schema`;
    return new Map(keysAt(declared, "content").map((type) => [type, contract.resolve(pointer(type))]));
  }),
);

function split(all: readonly string[], names: ReadonlySet<string>): Seen {
  return { seen: all.filter((name) => names.has(name)), never: all.filter((name) => !names.has(name)) };
}

/** Each name once. */
interface DeclaredNames {
  readonly operations: readonly string[];
  readonly statuses: readonly string[];
  readonly properties: readonly string[];
  readonly values: readonly string[];
}

/**
 * What answers can show: every property and enum value below the contract's schemas, but for those of requests. What an
 * `anyOf` says once more of a property adds none.
 */
const declaredNames = /* @__PURE__ */ oncePer(({ root, operations }: ContractDocument): DeclaredNames => {
  const properties: string[] = [];
  const values: string[] = [];
  function visit(node: unknown, pointer: string): void {
    if (!isObject(node)) return;
    if (Array.isArray(node["enum"])) values.push(...node["enum"].map((value) => valueName(`${pointer}=${value}`)));
    for (const [name, schema] of Object.entries(isObject(node["properties"]) ? node["properties"] : {})) {
      if (isNever(schema)) continue;
      const at = `${pointer}/properties/${escapePointer(name)}`;
      properties.push(propertyName(at));
      visit(schema, at);
    }
    for (const part of Array.isArray(node["allOf"]) ? node["allOf"] : []) visit(part, pointer);
  }
  const { schemas } = root["components"] as { readonly schemas: Readonly<Record<string, unknown>> };
  for (const [name, schema] of Object.entries(schemas)) {
    if (name !== "ImportRequest") visit(schema, `/components/schemas/${name}`);
  }
  const statuses = [...operations].flatMap(([id, at]) => keysAt(at, "responses").map((code) => `${id} ${code}`));
  return {
    operations: [...operations.keys()],
    statuses,
    properties: [...new Set(properties)],
    values: [...new Set(values)],
  };
});

/** @example propertyName("/components/schemas/File/properties/width"); // "File.width" */
function propertyName(pointer: string): string {
  const schema = pointer.replace("/components/schemas/", "").replace(/\/(allOf|anyOf)\/\d+/g, "");
  return schema.replaceAll("/properties/", ".").replaceAll("~1", "/");
}

function valueName(text: string): string {
  return propertyName(text).replace("=", " ");
}

/** The parts of a schema that a body shows. */
export interface Walked {
  /** Pointers into the body of properties that are in no schema. */
  readonly undocumented: readonly string[];
  /** The properties that occurred, such as `File.width`. */
  readonly properties: ReadonlySet<string>;
  /** The values of an `enum` that occurred, such as `Access PRIVATE`. */
  readonly values: ReadonlySet<string>;
}

/**
 * Walks a body along its schema, and collects known and unknown properties.
 *
 * @param schema a node of the contract
 */
export function walk(contract: ContractDocument, schema: At, body: unknown): Walked {
  const kept = isObject(body) ? walks.get(body) : undefined;
  if (kept?.contract === contract && kept.pointer === schema.pointer) return kept.walked;
  const walked = walkAnew(contract, schema, body);
  if (isObject(body)) walks.set(body, { contract, pointer: schema.pointer, walked });
  return walked;
}

/** A rule and the coverage both need the walk of each body, a fifth of the time to judge a recording: it is cached. */
const walks = new WeakMap<
  object,
  { readonly contract: ContractDocument; readonly pointer: string; readonly walked: Walked }
>();

function walkAnew(contract: ContractDocument, schema: At, body: unknown): Walked {
  const known = knownOf(contract);
  const undocumented: string[] = [];
  const properties = new Set<string>();
  const values = new Set<string>();
  // The keys down to the current value: few values need their pointer.
  const path: (string | number)[] = [];

  /** @param schemas those that describe the value; included ones are resolved here */
  function visit(schemas: readonly KnownSchema[], value: unknown): void {
    const all: KnownSchema[] = [];
    for (const one of schemas) collect(one, value, all);
    for (const { names } of all) {
      const name = names?.get(value);
      if (name !== undefined) values.add(name);
    }
    if (Array.isArray(value)) {
      const items = all.flatMap(({ items: below }) => (below ? known(below) : []));
      for (const [index, item] of value.entries()) {
        path.push(index);
        visit(items, item);
        path.pop();
      }
    } else if (isObject(value)) {
      for (const key of Object.keys(value)) {
        path.push(key);
        visitProperty(all, key, value[key]);
        path.pop();
      }
    }
  }

  function visitProperty(all: readonly KnownSchema[], key: string, inner: unknown): void {
    const next: KnownSchema[] = [];
    for (const one of all) {
      const declared = propertyOf(one, key);
      if (declared === undefined) continue;
      properties.add(declared.name);
      next.push(declared.schema);
    }
    if (next.length === 0) for (const { maps } of all) if (maps) next.push(known(maps));
    if (next.length === 0) {
      if (all.some(({ isClosed }) => isClosed)) undocumented.push(pointerTo(path));
    } else if (isHolder(inner) || !next.every(isPlain)) {
      // Most values are texts that only their property says something about.
      visit(next, inner);
    }
  }

  /** Returns a property of a schema. Only declared ones are cached: a body may have any others. */
  function propertyOf({ at, declared }: KnownSchema, key: string): Declared | undefined {
    const cached = declared.get(key);
    if (cached) return cached;
    const properties = at.value["properties"];
    if (!isObject(properties) || !Object.hasOwn(properties, key)) return undefined;
    const pointer = `${at.pointer}/properties/${escapePointer(key)}`;
    const one = { name: propertyName(pointer), schema: known(contract.resolve(pointer)) };
    declared.set(key, one);
    return one;
  }

  /** Returns a schema with all schemas that it includes; for a union, the branch whose constants the value has. */
  function collect(one: KnownSchema, value: unknown, all: KnownSchema[]): void {
    all.push(one);
    for (const { schema: included, constants } of one.included) {
      if (hasThem(constants, value)) collect(known(included), value, all);
    }
  }

  visit([known(contract.resolve(schema.pointer))], body);
  return { undocumented, properties, values };
}

/** Whether a schema has neither listed values nor other schemas. */
function isPlain({ names, included }: KnownSchema): boolean {
  return names === undefined && included.length === 0;
}

function pointerTo(path: readonly (string | number)[]): string {
  return path.map((key) => `/${escapePointer(`${key}`)}`).join("");
}

/** The parts of a schema that a walk needs. Cached: a recording's bodies use the same few dozen schemas. */
interface KnownSchema {
  readonly at: At;
  /** The listed values with their names. */
  readonly names: ReadonlyMap<unknown, string> | undefined;
  readonly items: At | undefined;
  /** The schema of undeclared properties. */
  readonly maps: At | undefined;
  /** Whether it declares properties. */
  readonly isClosed: boolean;
  readonly declared: Map<string, Declared>;
  readonly included: readonly { readonly schema: At; readonly constants: readonly (readonly [string, string])[] }[];
}

interface Declared {
  /** By the location of the property, before any `$ref`. */
  readonly name: string;
  readonly schema: KnownSchema;
}

const knownOf = /* @__PURE__ */ oncePer((contract: ContractDocument) => {
  const schemas = new Map<string, KnownSchema>();
  return (at: At): KnownSchema => {
    const known = schemas.get(at.pointer) ?? readSchema(contract, at);
    schemas.set(at.pointer, known);
    return known;
  };
});

function readSchema(contract: ContractDocument, at: At): KnownSchema {
  const below = (keyword: string) =>
    isObject(at.value[keyword]) ? contract.resolve(`${at.pointer}/${keyword}`) : undefined;
  const included = ["allOf", "anyOf", "oneOf"].flatMap((keyword) => {
    const branches = at.value[keyword];
    if (!Array.isArray(branches)) return [];
    return branches.map((_, index) => {
      const schema = contract.resolve(`${at.pointer}/${keyword}/${index}`);
      return { schema, constants: keyword === "oneOf" ? constantsOf(schema) : [] };
    });
  });
  const { enum: listed } = at.value;
  return {
    at,
    names: Array.isArray(listed)
      ? new Map(listed.map((value) => [value, valueName(`${at.pointer}=${value}`)]))
      : undefined,
    items: below("items"),
    maps: below("additionalProperties"),
    isClosed: "properties" in at.value,
    declared: new Map(),
    included,
  };
}

function constantsOf({ value: schema }: At): readonly (readonly [string, string])[] {
  const properties = isObject(schema["properties"]) ? schema["properties"] : {};
  return Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) && typeof property["const"] === "string" ? [[name, property["const"]] as const] : [],
  );
}

function hasThem(constants: readonly (readonly [string, string])[], value: unknown): boolean {
  return constants.every(([name, constant]) => isObject(value) && value[name] === constant);
}
