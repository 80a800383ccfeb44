import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { type At, type ContractDocument, isNever, isObject, type JsonObject } from "../contract/document.js";
import { instantOf } from "../instant.js";
import { escapePointer } from "../json-pointer.js";

/** One way in which a value breaks its schema. */
interface SchemaProblem {
  /** JSON pointer into the value; of a missing property, where it would stand. */
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
  /** Line of the contract. */
  readonly line: number;
}

export type Validate = (schema: At, value: unknown) => readonly SchemaProblem[];

/**
 * Validates values against the contract's schemas, compiled once each.
 *
 * Ajv follows `discriminator`, so that a task is judged by the schema of its own state alone.
 *
 * @param contract from `readContract`
 * @returns a function from a schema's node and a value to its problems; none when it fits
 */
export function createValidator(contract: ContractDocument): Validate {
  const ajv = new Ajv2020({ allErrors: true, strict: false, verbose: true, discriminator: true });
  formats.default(ajv);
  ajv.addFormat("date-time", (text: string) => instantOf(text) !== undefined);
  // ajv-formats' own takes a urn, too, and a port that is no number.
  ajv.addFormat("uuid", /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i);
  const isUri = formats.default.get("uri") as (text: string) => boolean;
  ajv.addFormat("uri", (text: string) => isUri(text) && !hasBadPort(text));
  const root = withoutMappings(contract.root);
  ajv.addSchema({ $id: "contract", ...(root as object) });
  const pointers = pointersOf(root);
  // Ajv's own schemaPath ends at the last reference: the schema itself tells where it stands.
  const lineOf = ({ parentSchema, keyword }: ErrorObject) =>
    contract.lineOf(`${pointers.get(parentSchema as object) ?? ""}/${keyword}`);
  const compiled = new Map<string, ValidateFunction>();

  return ({ pointer }, value) => {
    const validate = compiled.get(pointer) ?? ajv.compile({ $ref: `contract#${encodeURI(pointer)}` });
    compiled.set(pointer, validate);
    if (validate(value)) return [];
    const errors = distinct(validate.errors ?? []);
    const isSaidByAnother = createComparison(errors);
    return errors
      .filter((error) => !isSaidByAnother(error))
      .map((error) => problemOf(error, { contract, line: lineOf(error) }));
  };
}

/** Whether something else than digits stands behind the host and a colon. */
function hasBadPort(uri: string): boolean {
  const [, authority = ""] = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(uri) ?? [];
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return /^(?:\[[^\]]*\]|[^:[]*):\d*\D/.test(host);
}

/** Ajv refuses `mapping`, which only says again what the constants of each state say. */
function withoutMappings(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutMappings);
  if (!isObject(node)) return node;
  const kept = Object.entries(node).filter(([key, value]) => !(key === "mapping" && isObject(value)));
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutMappings(value)]));
}

/** Where each object of a document stands. */
function pointersOf(node: unknown, pointer = "", found = new Map<object, string>()): ReadonlyMap<object, string> {
  if (typeof node !== "object" || node === null) return found;
  found.set(node, pointer);
  for (const [key, value] of Object.entries(node)) pointersOf(value, `${pointer}/${escapePointer(key)}`, found);
  return found;
}

/** A schema that is referred to twice, as by a property and by an alternative that requires it, fails twice. */
function distinct(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const bySchema = new Map<unknown, Set<string>>();
  return errors.filter(({ parentSchema, instancePath, keyword, params }) => {
    const seen = bySchema.get(parentSchema) ?? new Set();
    bySchema.set(parentSchema, seen);
    const key = JSON.stringify([instancePath, keyword, params]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * Whether one of some errors says what another says, too. Of several alternatives that all fail, "none of them" is the
 * fact, unless a property that one requires is there and wrong.
 *
 * A body may have thousands of errors, but there are only so many schemas that they can come from: errors are looked up by
 * these and by their places.
 */
function createComparison(errors: readonly ErrorObject[]): (error: ErrorObject) => boolean {
  const alternatives = new Set(errors.filter(({ keyword }) => keyword === "anyOf").map(({ schemaPath }) => schemaPath));
  const schemasAt = schemasByPlace(errors);
  return (error) => {
    if (isNever(error.parentSchema)) return error.keyword !== "not";
    if ([...alternatives].some((outer) => isInside(error.schemaPath, outer))) return true;
    if (error.keyword !== "anyOf") return false;
    const required = (error.schema as readonly JsonObject[]).flatMap((one) => one["required"] ?? []);
    const there = required.flatMap((name) => [...(schemasAt.get(`${error.instancePath}/${name}`) ?? [])]);
    return there.some((schemaPath) => !isInside(schemaPath, error.schemaPath));
  };
}

/** The schemas that fail at a place or below it. */
function schemasByPlace(errors: readonly ErrorObject[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { instancePath, schemaPath } of errors) {
    for (let place = instancePath; place !== ""; place = place.slice(0, place.lastIndexOf("/"))) {
      const there = found.get(place) ?? new Set();
      found.set(place, there.add(schemaPath));
    }
  }
  return found;
}

function isInside(schemaPath: string, alternatives: string): boolean {
  return schemaPath.startsWith(`${alternatives}/`);
}

function problemOf(
  error: ErrorObject,
  { contract, line }: { readonly contract: ContractDocument; readonly line: number },
): SchemaProblem {
  const { instancePath, keyword, params, data } = error;
  const at = { pointer: instancePath, line };
  const actual = shown(data);
  switch (keyword) {
    case "required":
      return { ...at, pointer: `${instancePath}/${params["missingProperty"]}`, expected: "present", actual: "absent" };
    case "not":
      return { ...at, expected: "absent in this state", actual };
    case "discriminator": {
      const states = tagsOf(error.parentSchema, contract);
      const tag = String(params["tag"]);
      const came = isObject(data) && tag in data ? shown(data[tag]) : "absent";
      return { ...at, pointer: `${instancePath}/${tag}`, expected: `one of ${states.join(", ")}`, actual: came };
    }
    case "anyOf":
      return { ...at, expected: alternatives(error.schema), actual };
    case "type":
      return { ...at, expected: [params["type"]].flat().join(" or "), actual };
    case "enum":
      return { ...at, expected: `one of ${(params["allowedValues"] as readonly unknown[]).join(", ")}`, actual };
    case "const":
      return { ...at, expected: shown(params["allowedValue"]), actual };
    case "format":
      return { ...at, expected: `a ${params["format"]}`, actual };
    case "pattern":
      return { ...at, expected: `text like ${params["pattern"]}`, actual };
    default:
      return { ...at, expected: error.message ?? keyword, actual };
  }
}

/** The values of a union's tag, in the contract's order. */
function tagsOf(union: unknown, contract: ContractDocument): readonly string[] {
  if (!isObject(union)) return [];
  const tag = isObject(union["discriminator"]) ? String(union["discriminator"]["propertyName"]) : "";
  return ((union["oneOf"] ?? []) as readonly { readonly $ref: string }[]).map(({ $ref }) => {
    const { properties } = contract.resolve($ref.slice($ref.indexOf("#") + 1)).value;
    return String(((properties as JsonObject)[tag] as JsonObject)["const"]);
  });
}

/** Alternatives in words: each is a property that has to be there, and what it has to be. */
function alternatives(schemas: unknown): string {
  return (schemas as readonly JsonObject[])
    .map(({ required, properties }) => {
      const [name = "?"] = (required ?? []) as readonly string[];
      const minimum = isObject(properties) && isObject(properties[name]) ? properties[name]["minimum"] : undefined;
      return minimum === undefined ? name : `${name} of at least ${minimum}`;
    })
    .join(", or ");
}

/** A value on part of a line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "absent";
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
