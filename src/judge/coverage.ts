import { STATES } from "../contract/contract.js";
import { type At, type ContractDocument, isNever, keysAt } from "../contract/document.js";
import { escapePointer, isHolder, isObject } from "../json.js";
import { oncePer, type Recording } from "./recording.js";

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
  const answered = exchanges.filter(({ operation, response }) => operation !== undefined && response !== undefined);
  const shown = answered.flatMap(({ response }) => {
    if (!response?.declared || !("json" in response) || !("content" in response.declared.value)) return [];
    const pointer = `${response.declared.pointer}/content/application~1json/schema`;
    return [walk(contract, contract.resolve(pointer), response.json)];
  });
  const declared = declaredNames(contract);
  return {
    operations: split(
      declared.operations,
      answered.map(({ operation }) => `${operation}`),
    ),
    statuses: split(
      declared.statuses,
      answered.map(({ operation, response }) => `${operation} ${response?.status}`),
    ),
    states: split(
      STATES,
      tasks.flatMap(({ polls }) => polls.map(({ state }) => state)),
    ),
    properties: split(declared.properties, distinct(shown.map(({ properties }) => properties)).map(propertyName)),
    enumValues: split(declared.values, distinct(shown.map(({ values }) => values)).map(valueName)),
  };
}

/** Bodies show the same few dozen again and again: each is named once. */
function distinct(sets: readonly ReadonlySet<string>[]): readonly string[] {
  return [...new Set(sets.flatMap((one) => [...one]))];
}

function split(all: readonly string[], found: readonly string[]): Seen {
  const names = new Set(found);
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
  /** Pointers into the contract of the properties that occurred. */
  readonly properties: ReadonlySet<string>;
  /** Pointer of an `enum` in the contract, and the value that occurred: `/components/schemas/Access=PRIVATE`. */
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
  function visit(schemas: readonly At[], value: unknown): void {
    // Most values are texts that only their property says something about.
    if (!isHolder(value) && schemas.every((at) => isPlain(known(at)))) return;
    const all: KnownSchema[] = [];
    for (const at of schemas) collect(at, value, all);
    for (const { at, values: listed } of all) {
      if (listed?.includes(value)) values.add(`${at.pointer}=${value}`);
    }
    if (Array.isArray(value)) {
      const items = all.flatMap(({ items: below }) => below ?? []);
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
    const next: At[] = [];
    for (const one of all) {
      const declared = propertyOf(contract, one, key);
      if (declared === undefined) continue;
      properties.add(declared.pointer);
      next.push(declared.schema);
    }
    if (next.length === 0) for (const { maps } of all) if (maps) next.push(maps);
    if (next.length > 0) visit(next, inner);
    else if (all.some(({ isClosed }) => isClosed)) undocumented.push(pointerTo(path));
  }

  /** Returns a schema with all schemas that it includes; for a union, the branch whose constants the value has. */
  function collect(at: At, value: unknown, all: KnownSchema[]): void {
    const one = known(at);
    all.push(one);
    for (const { schema: included, constants } of one.included) {
      if (hasThem(constants, value)) collect(included, value, all);
    }
  }

  visit([contract.resolve(schema.pointer)], body);
  return { undocumented, properties, values };
}

/** Whether a schema has neither listed values nor other schemas. */
function isPlain({ values, included }: KnownSchema): boolean {
  return values === undefined && included.length === 0;
}

function pointerTo(path: readonly (string | number)[]): string {
  return path.map((key) => `/${escapePointer(`${key}`)}`).join("");
}

/** The parts of a schema that a walk needs. Cached: a recording's bodies use the same few dozen schemas. */
interface KnownSchema {
  readonly at: At;
  readonly values: readonly unknown[] | undefined;
  readonly items: At | undefined;
  /** The schema of undeclared properties. */
  readonly maps: At | undefined;
  /** Whether it declares properties. */
  readonly isClosed: boolean;
  readonly declared: Map<string, Declared>;
  readonly included: readonly { readonly schema: At; readonly constants: readonly (readonly [string, string])[] }[];
}

interface Declared {
  /** The location of the property, before any `$ref`. */
  readonly pointer: string;
  readonly schema: At;
}

/** Only declared properties are cached: a body may have any others. */
function propertyOf(contract: ContractDocument, { at, declared }: KnownSchema, key: string): Declared | undefined {
  const properties = at.value["properties"];
  if (!isObject(properties) || !Object.hasOwn(properties, key)) return undefined;
  const known = declared.get(key);
  if (known) return known;
  const pointer = `${at.pointer}/properties/${escapePointer(key)}`;
  const one = { pointer, schema: contract.resolve(pointer) };
  declared.set(key, one);
  return one;
}

const schemasOf = new WeakMap<ContractDocument, Map<string, KnownSchema>>();

function knownOf(contract: ContractDocument): (at: At) => KnownSchema {
  const schemas = schemasOf.get(contract) ?? new Map<string, KnownSchema>();
  schemasOf.set(contract, schemas);
  return (at) => {
    const known = schemas.get(at.pointer) ?? readSchema(contract, at);
    schemas.set(at.pointer, known);
    return known;
  };
}

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
  return {
    at,
    values: Array.isArray(at.value["enum"]) ? at.value["enum"] : undefined,
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
