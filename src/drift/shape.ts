import { isNever } from "../contract/document.js";
import { isObject, type JsonObject } from "../json.js";
import { type Limits, limitsOf, mergeLimits } from "./limits.js";

/** The constraints of a schema, with its compositions (`allOf`, `oneOf`, …) merged. */
export interface Shape {
  /** JSON types; undefined for any type. */
  readonly types: ReadonlySet<string> | undefined;
  readonly format: string | undefined;
  /** The allowed values except null; undefined for any value. */
  readonly values: ReadonlySet<string> | undefined;
  readonly limits: Limits;
  /** The schema of each property. */
  readonly properties: ReadonlyMap<string, unknown>;
  /** The schema of an object's additional properties. */
  readonly entries: unknown;
  /** The schema of a list's items. */
  readonly items: unknown;
  /** Properties that all alternatives require. */
  readonly always: ReadonlySet<string>;
  /** Properties that some but not all alternatives require. */
  readonly sometimes: ReadonlySet<string>;
  /** Whether no request has it. */
  readonly isReadOnly: boolean;
  /** Whether no response has it. */
  readonly isWriteOnly: boolean;
}

/**
 * Returns the shape of a schema, with the properties of all its alternatives, such as the states of a task.
 *
 * @param schema with its references resolved; may contain itself. A value that is not a schema allows anything
 * @example shapeOf({ oneOf: [{ required: ["a"] }, { required: ["b"] }] }).sometimes; // Set { "a", "b" }
 */
export function shapeOf(schema: unknown): Shape {
  if (!isObject(schema)) return ANYTHING;
  const before = known.get(schema);
  if (before) return before;
  // A schema that contains itself directly, not within a property, adds no constraint by that.
  known.set(schema, ANYTHING);
  const shape = composedShape(schema);
  known.set(schema, shape);
  return shape;
}

/** Each schema is read once: where schemas refer to others several times, the number of paths grows exponentially. */
const known = new WeakMap<object, Shape>();

function composedShape(schema: JsonObject): Shape {
  const partsOf = (key: string) => listAt(schema, key).map(shapeOf);
  const parts = [
    ownShape(schema),
    ...partsOf("allOf"),
    ...[partsOf("oneOf"), partsOf("anyOf"), cases(schema)].map(mergeAnyOf),
  ];
  const shape = mergeAllOf(parts);
  const isNullable = schema["nullable"] === true && shape.types !== undefined;
  return isNullable ? { ...shape, types: new Set([...(shape.types ?? []), "null"]) } : shape;
}

/** Returns the two alternatives of `if`: with its `then`, and `else`. */
function cases(schema: JsonObject): readonly Shape[] {
  if (!("if" in schema)) return [];
  return [mergeAllOf([shapeOf(schema["if"]), shapeOf(schema["then"])]), shapeOf(schema["else"])];
}

/**
 * Renders the types of a shape. An object whose additional properties have a schema is called a map.
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
  limits: new Map(),
  properties: new Map(),
  entries: undefined,
  items: undefined,
  always: new Set(),
  sometimes: new Set(),
  isReadOnly: false,
  isWriteOnly: false,
};

function ownShape(schema: JsonObject): Shape {
  const { format, properties, items, unevaluatedItems } = schema;
  const values = valuesOf(schema);
  const entries = entriesOf(schema);
  return {
    types: declaredTypes(schema),
    format: typeof format === "string" ? format : undefined,
    values: values && new Set(values.filter((value) => value !== null).map(valueText)),
    limits: limitsOf(schema),
    // A property whose schema allows no value is absent.
    properties: new Map(Object.entries(isObject(properties) ? properties : {}).filter(([, one]) => !isNever(one))),
    entries,
    items: items ?? unevaluatedItems,
    always: new Set(listAt(schema, "required").filter((name) => typeof name === "string")),
    sometimes: new Set(),
    isReadOnly: schema["readOnly"] === true,
    isWriteOnly: schema["writeOnly"] === true,
  };
}

function valuesOf(schema: JsonObject): readonly unknown[] | undefined {
  if ("const" in schema) return [schema["const"]];
  const { minimum, maximum } = schema;
  if (typeof minimum === "number" && minimum === maximum) return [minimum];
  return Array.isArray(schema["enum"]) ? schema["enum"] : undefined;
}

/** Returns the schema of additional properties: any of the schemas that may apply to one. */
function entriesOf({ additionalProperties, unevaluatedProperties, patternProperties }: JsonObject): unknown {
  const patterns = isObject(patternProperties) ? Object.values(patternProperties) : [];
  const stated = [additionalProperties, unevaluatedProperties, ...patterns];
  return composed(
    stated.filter((one) => isObject(one) && Object.keys(one).length > 0),
    "anyOf",
  );
}

/** Returns the types that a schema states, or else those of its values, or else those that its keywords imply. */
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

/** The shape of a value that all shapes allow (`allOf`). */
function mergeAllOf(shapes: readonly Shape[]): Shape {
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
    limits: mergeLimits(
      stated.map(({ limits }) => limits),
      "allOf",
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
    isReadOnly: stated.some(({ isReadOnly }) => isReadOnly),
    isWriteOnly: stated.some(({ isWriteOnly }) => isWriteOnly),
  };
}

type Texts = ReadonlySet<string>;

/** Intersects sets; an undefined one stands for everything. */
function common(sets: readonly (Texts | undefined)[], intersect: (a: Texts, b: Texts) => Texts): Texts | undefined {
  return sets.reduce((a, b) => (a && b ? intersect(a, b) : (a ?? b)), undefined);
}

/** The shape of a value that one of the shapes allows (`oneOf`, `anyOf`). */
function mergeAnyOf(shapes: readonly Shape[]): Shape {
  if (shapes.length === 0) return ANYTHING;
  // The alternative null does not affect the properties of the other alternatives.
  const solid = shapes.filter(({ types }) => !(types?.size === 1 && types.has("null")));
  const [first, ...others] = solid.filter(({ types }) => types === undefined || types.has("object"));
  const always = new Set([...(first?.always ?? [])].filter((name) => others.every((one) => one.always.has(name))));
  const demanded = [first ?? ANYTHING, ...others].flatMap((one) => [...one.always, ...one.sometimes]);
  const formats = new Set(solid.map(({ format }) => format));
  return {
    types: unionUnlessOpen(shapes.map(({ types }) => types)),
    format: formats.size === 1 ? solid[0]?.format : undefined,
    values: unionUnlessOpen(solid.map(({ values }) => values)),
    limits: mergeLimits(
      solid.map(({ limits }) => limits),
      "anyOf",
    ),
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
    isReadOnly: solid.length > 0 && solid.every(({ isReadOnly }) => isReadOnly),
    isWriteOnly: solid.length > 0 && solid.every(({ isWriteOnly }) => isWriteOnly),
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

/** Intersects types; an integer is also a number. */
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
