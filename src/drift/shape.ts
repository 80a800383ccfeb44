import { isNever } from "../contract/document.js";
import { isObject, type JsonObject } from "../json.js";

/** What a schema says about a value, however it is composed. */
export interface Shape {
  /** JSON's types; undefined when any will do. */
  readonly types: ReadonlySet<string> | undefined;
  readonly format: string | undefined;
  /** The only values it may have, null aside. */
  readonly values: ReadonlySet<string> | undefined;
  /** The schema of each property. */
  readonly properties: ReadonlyMap<string, unknown>;
  /** The schema of an object's further properties. */
  readonly entries: unknown;
  /** The schema of a list's items. */
  readonly items: unknown;
  /** Properties that no alternative can do without. */
  readonly always: ReadonlySet<string>;
  /** Properties that some alternative cannot do without. */
  readonly sometimes: ReadonlySet<string>;
}

/**
 * The shape of a schema. Of alternatives, which the states of a task are, every property counts.
 *
 * @param schema references resolved; may contain itself. What is no schema says nothing
 * @example shapeOf({ oneOf: [{ required: ["a"] }, { required: ["b"] }] }).sometimes; // Set { "a", "b" }
 */
export function shapeOf(schema: unknown): Shape {
  if (!isObject(schema)) return ANYTHING;
  const before = made.get(schema);
  if (before) return before;
  // What contains itself without a property between says nothing by that.
  made.set(schema, ANYTHING);
  const shape = composedShape(schema);
  made.set(schema, shape);
  return shape;
}

/** Each schema is read once: of one that refers to another twice, and that to a third, the ways are without number. */
const made = new WeakMap<object, Shape>();

function composedShape(schema: JsonObject): Shape {
  const partsOf = (key: string) => listAt(schema, key).map(shapeOf);
  const parts = [
    ownShape(schema),
    ...partsOf("allOf"),
    ...[partsOf("oneOf"), partsOf("anyOf"), cases(schema)].map(either),
  ];
  const shape = all(parts);
  const isNullable = schema["nullable"] === true && shape.types !== undefined;
  return isNullable ? { ...shape, types: new Set([...(shape.types ?? []), "null"]) } : shape;
}

/** What a value is that meets a condition, and what one is that does not. */
function cases(schema: JsonObject): readonly Shape[] {
  if (!("if" in schema)) return [];
  return [all([shapeOf(schema["if"]), shapeOf(schema["then"])]), shapeOf(schema["else"])];
}

/**
 * A shape's types in words. An object whose further properties have a schema is a map.
 *
 * @example typeText(shapeOf({ type: ["string", "null"] })); // "null or string"
 */
export function typeText({ types, entries }: Shape): string {
  if (types === undefined) return "any";
  const words = [...types].map((type) => (type === "object" && entries !== undefined ? "map" : type));
  return words.sort().join(" or ");
}

const ANYTHING: Shape = {
  types: undefined,
  format: undefined,
  values: undefined,
  properties: new Map(),
  entries: undefined,
  items: undefined,
  always: new Set(),
  sometimes: new Set(),
};

function ownShape(schema: JsonObject): Shape {
  const { format, properties, items, unevaluatedItems } = schema;
  const values = valuesOf(schema);
  const entries = entriesOf(schema);
  return {
    types: declaredTypes(schema),
    format: typeof format === "string" ? format : undefined,
    values: values && new Set(values.filter((value) => value !== null).map(valueText)),
    // A property that no value will do for is absent.
    properties: new Map(Object.entries(isObject(properties) ? properties : {}).filter(([, one]) => !isNever(one))),
    entries,
    items: items ?? unevaluatedItems,
    always: new Set(listAt(schema, "required").filter((name) => typeof name === "string")),
    sometimes: new Set(),
  };
}

function valuesOf(schema: JsonObject): readonly unknown[] | undefined {
  if ("const" in schema) return [schema["const"]];
  const { minimum, maximum } = schema;
  if (typeof minimum === "number" && minimum === maximum) return [minimum];
  return Array.isArray(schema["enum"]) ? schema["enum"] : undefined;
}

/** What further properties are, where that is said: any of what a name may match. */
function entriesOf({ additionalProperties, unevaluatedProperties, patternProperties }: JsonObject): unknown {
  const patterns = isObject(patternProperties) ? Object.values(patternProperties) : [];
  const stated = [additionalProperties, unevaluatedProperties, ...patterns];
  return composed(
    stated.filter((one) => isObject(one) && Object.keys(one).length > 0),
    "anyOf",
  );
}

/** The types that are named, or else those of the only values, or those that the keywords are for. */
function declaredTypes(schema: JsonObject): ReadonlySet<string> | undefined {
  const { type, properties, items } = schema;
  const types = [type].flat().filter((one) => typeof one === "string");
  if (types.length > 0) return new Set(types);
  const values = valuesOf(schema);
  if (values && values.length > 0) return new Set(values.map(typeOf));
  if (isObject(properties)) return new Set(["object"]);
  return isObject(items) ? new Set(["array"]) : undefined;
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}

/** A value of which all hold. */
function all(shapes: readonly Shape[]): Shape {
  const [first = ANYTHING, ...others] = shapes.filter((shape) => shape !== ANYTHING);
  if (others.length === 0) return first;
  const stated = [first, ...others];
  const always = new Set(stated.flatMap((shape) => [...shape.always]));
  return {
    types: common(
      stated.map(({ types }) => types),
      commonTypes,
    ),
    format: stated.find(({ format }) => format !== undefined)?.format,
    values: common(
      stated.map(({ values }) => values),
      intersection,
    ),
    properties: joined(stated, "allOf"),
    entries: composed(
      stated.map(({ entries }) => entries),
      "allOf",
    ),
    items: composed(
      stated.map(({ items }) => items),
      "allOf",
    ),
    always,
    sometimes: new Set(stated.flatMap((shape) => [...shape.sometimes]).filter((name) => !always.has(name))),
  };
}

type Texts = ReadonlySet<string>;

/** What sets have in common; undefined stands for any. */
function common(sets: readonly (Texts | undefined)[], meet: (a: Texts, b: Texts) => Texts): Texts | undefined {
  return sets.reduce((a, b) => (a && b ? meet(a, b) : (a ?? b)), undefined);
}

/** A value of which one holds. */
function either(shapes: readonly Shape[]): Shape {
  if (shapes.length === 0) return ANYTHING;
  // That a value may be null says nothing about the object that it may be, too.
  const solid = shapes.filter(({ types }) => !(types?.size === 1 && types.has("null")));
  const [first, ...others] = solid.filter(({ types }) => types === undefined || types.has("object"));
  const always = new Set([...(first?.always ?? [])].filter((name) => others.every((one) => one.always.has(name))));
  const demanded = [first ?? ANYTHING, ...others].flatMap((one) => [...one.always, ...one.sometimes]);
  const formats = new Set(solid.map(({ format }) => format));
  return {
    types: unionUnlessOpen(shapes.map(({ types }) => types)),
    format: formats.size === 1 ? solid[0]?.format : undefined,
    values: unionUnlessOpen(solid.map(({ values }) => values)),
    properties: joined(shapes, "anyOf"),
    entries: composed(
      shapes.map(({ entries }) => entries),
      "anyOf",
    ),
    items: composed(
      shapes.map(({ items }) => items),
      "anyOf",
    ),
    always,
    sometimes: new Set(demanded.filter((name) => !always.has(name))),
  };
}

type Composition = "allOf" | "anyOf";

function joined(shapes: readonly Shape[], how: Composition): ReadonlyMap<string, unknown> {
  const schemas = new Map<string, unknown[]>();
  for (const { properties } of shapes) {
    for (const [name, schema] of properties) {
      const some = schemas.get(name);
      if (some) some.push(schema);
      else schemas.set(name, [schema]);
    }
  }
  return new Map([...schemas].map(([name, some]) => [name, composed(some, how)]));
}

function composed(schemas: readonly unknown[], how: Composition): unknown {
  const stated = [...new Set(schemas.filter((schema) => schema !== undefined))];
  return stated.length > 1 ? { [how]: stated } : stated[0];
}

/** An integer is a number, too. */
function commonTypes(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  const isIn = (type: string, other: ReadonlySet<string>) =>
    other.has(type) || (type === "integer" && other.has("number"));
  return new Set([...[...a].filter((type) => isIn(type, b)), ...[...b].filter((type) => isIn(type, a))]);
}

function intersection(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a].filter((one) => b.has(one)));
}

function unionUnlessOpen(sets: readonly (ReadonlySet<string> | undefined)[]): ReadonlySet<string> | undefined {
  const closed = sets.filter((set) => set !== undefined);
  return closed.length === sets.length && closed.length > 0 ? new Set(closed.flatMap((set) => [...set])) : undefined;
}

function listAt(schema: JsonObject, key: string): readonly unknown[] {
  const list = schema[key];
  return Array.isArray(list) ? list : [];
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
