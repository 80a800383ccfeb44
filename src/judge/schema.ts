import type { ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import { type At, type ContractDocument, isNever, readContract } from "../contract/document.js";
import { isObject, type JsonObject } from "../json.js";
import { explainSchemaError } from "../schema-error.js";
import * as generated from "./validators.gen.js";

/** One way in which a value breaks its schema. */
interface SchemaProblem {
  /** JSON pointer into the value; for a missing property, its expected place. */
  readonly pointer: string;
  readonly expected: string;
  readonly actual: string;
  /** Line of the contract. */
  readonly line: number;
}

export type Validate = (schema: At, value: unknown) => readonly SchemaProblem[];

/**
 * Validates the bodies and headers of responses against the contract's schemas.
 *
 * Ajv follows `discriminator`, so a task is validated only by the schema of its own state.
 *
 * @param contract from `readContract`
 * @returns a function from a schema's node and a value to its problems; none if the value is valid
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

/** Returns the location of the schema that an error is about. */
function placeOf({ parentSchema }: ErrorObject): string {
  return isObject(parentSchema) ? String(parentSchema["x-at"]) : "";
}

/** A schema that is included twice, as by a property and by an alternative that requires the property, fails twice. */
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
 * Whether an error repeats another one. If several alternatives fail, the problem is that no alternative matches,
 * unless a property that one requires is present and invalid.
 *
 * A body may have thousands of errors, but only from a limited number of schemas, so errors are indexed by schema and
 * place.
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

/** Renders alternatives: each is a required property with its rule. */
function alternatives(schemas: unknown): string {
  return (schemas as readonly JsonObject[])
    .map(({ required, properties }) => {
      const [name = "?"] = (required ?? []) as readonly string[];
      const minimum = isObject(properties) && isObject(properties[name]) ? properties[name]["minimum"] : undefined;
      return minimum === undefined ? name : `${name} of at least ${minimum}`;
    })
    .join(", or ");
}

/** Renders a value on part of a line. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "absent";
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

let kept: { readonly contract: ContractDocument; readonly validate: Validate } | undefined;

/**
 * The contract with its validator, created on demand and cached: it is the same for every run. A run needs it twice,
 * and compiling its schemas takes some 100 ms.
 */
export function contractInForce(): NonNullable<typeof kept> {
  if (!kept) {
    const contract = readContract();
    kept = { contract, validate: createValidator(contract) };
  }
  return kept;
}
