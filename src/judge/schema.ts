import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { type At, type ContractDocument, isNever, readContract } from "../contract/document.js";
import { isObject, type JsonObject } from "../json.js";
import { explainSchemaError } from "../schema-error.js";
import * as generated from "./validators.gen.js";

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
 * Validates values against the contract's schemas, of answers' bodies and headers.
 *
 * Ajv follows `discriminator`, so that a task is judged by the schema of its own state alone.
 *
 * @param contract from `readContract`
 * @returns a function from a schema's node and a value to its problems; none when it fits
 */
export function createValidator(contract: ContractDocument): Validate {
  const { places, ...validators } = generated as unknown as Generated;
  return ({ pointer }, value) => {
    const validate = validators[places[pointer] ?? ""];
    if (!validate) throw new Error(`No response of the contract has its schema at ${pointer}.`);
    if (validate(value)) return [];
    const errors = distinct(validate.errors ?? []);
    const isSaidByAnother = createComparison(errors);
    return errors
      .filter((error) => !isSaidByAnother(error))
      .map((error) => problemOf(error, { contract, line: contract.lineOf(`${placeOf(error)}/${error.keyword}`) }));
  };
}

/** Validators by their names, and those by the pointers of their schemas. */
type Generated = Readonly<Record<string, ValidateFunction>> & { readonly places: Readonly<Record<string, string>> };

/** Where the schema stands that an error is of. */
function placeOf({ parentSchema }: ErrorObject): string {
  return isObject(parentSchema) ? String(parentSchema["x-at"]) : "";
}

/** A schema that is referred to twice, as by a property and by an alternative that requires it, fails twice. */
function distinct(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    const key = JSON.stringify([placeOf(error), error.instancePath, error.keyword, error.params]);
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
  const explained = explainSchemaError(error);
  const at = { pointer: explained.pointer, line };
  const actual = shown(data);
  switch (keyword) {
    case "required":
      return { ...at, expected: explained.wanted, actual: "absent" };
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
    default:
      return { ...at, expected: explained.wanted, actual };
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

let kept: { readonly contract: ContractDocument; readonly validate: Validate } | undefined;

/**
 * The contract with its validator, made when it is first needed and kept: it is the same for every run. A run asks for it
 * twice, and compiling its schemas takes some 100 ms.
 */
export function contractInForce(): NonNullable<typeof kept> {
  if (!kept) {
    const contract = readContract();
    kept = { contract, validate: createValidator(contract) };
  }
  return kept;
}
