import { escapePointer, isObject } from "./json.js";
import { nearestNames, shortened, shownValue } from "./text.js";
import { UserError } from "./user-error.js";

/** An error of an Ajv validator, with the value and its schema if the validator has `verbose`. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  readonly parentSchema?: unknown;
}

/** A schema error in words. */
interface Explanation {
  /** JSON pointer to the subject: to the property itself if one is missing or unknown. */
  readonly pointer: string;
  /** What the subject must be, such as `a number greater than 0`. */
  readonly wanted: string;
  /** The rule, such as `must be a number greater than 0`. */
  readonly rule: string;
  /** The value, shortened; absent if the rule says enough. */
  readonly got?: string | undefined;
  /** A sentence that says what to write. */
  readonly hint?: string | undefined;
}

/**
 * Explains an error of an Ajv validator: subject, rule and value, and the nearest name for an unknown one.
 *
 * @example schemaSentence(explainSchemaError(error)); // "must be a number greater than 0; got 0."
 */
export function explainSchemaError(error: SchemaError): Explanation {
  const { instancePath: pointer, keyword, data, message = `must match the schema's ${keyword}` } = error;
  const schema = isObject(error.parentSchema) ? error.parentSchema : {};
  const explain = RULES[keyword] ?? (() => ({ wanted: message, rule: message }));
  const explained = explain({ ...error, message, data, schema });
  const got = data === undefined ? undefined : shownValue(data);
  return { pointer, rule: `must be ${explained.wanted}`, got, ...explained };
}

/** Renders rule, value and hint as sentences, to follow the subject. */
export function schemaSentence({ rule, got, hint }: Pick<Explanation, "rule" | "got" | "hint">): string {
  return `${rule}${got === undefined ? "" : `; got ${got}`}.${hint === undefined ? "" : ` ${hint}`}`;
}

/**
 * Rejects a wrong value of an option in code. TypeScript reports it earlier; JavaScript would ignore it, or fail far away.
 *
 * @param of what the options belong to
 * @param validate a validator of Ajv's
 * @throws UserError `invalid-option`
 */
export function requireValues(of: string, given: object, validate: unknown): void {
  const judge = validate as ((given: object) => boolean) & { errors?: readonly SchemaError[] | null };
  if (judge(given)) return;
  const [error] = judge.errors ?? [];
  if (!error) return;
  const { pointer, ...explained } = explainSchemaError(error);
  const subject = pointer.slice(1).replaceAll("/", ".");
  throw new UserError("invalid-option", `${of}: ${subject} ${schemaSentence(explained)}`);
}

type Known = Required<Omit<SchemaError, "parentSchema">> & { readonly schema: Readonly<Record<string, unknown>> };
type Rule = (error: Known) => Partial<Explanation> & Pick<Explanation, "wanted">;

const RULES: Readonly<Record<string, Rule>> = {
  type: ({ params, schema, data }) => {
    if (schema["pattern"] !== undefined && schema["title"] !== undefined) return named(schema);
    const wanted = [params["type"]].flat().map(typeName).join(" or ");
    return params["type"] === "array" && typeof data === "string"
      ? { wanted, hint: `Write [${shortened(data, 100)}].` }
      : { wanted };
  },
  enum({ params, data }) {
    const allowed = (params["allowedValues"] as readonly unknown[]).map(String);
    return { wanted: `one of ${allowed.join(", ")}`, hint: nearest(data, allowed) };
  },
  const: ({ params }) => ({ wanted: JSON.stringify(params["allowedValue"]) }),
  format: ({ params }) => ({ wanted: withArticle(`${params["format"]}`) }),
  minimum: limited("of at least"),
  maximum: limited("of at most"),
  exclusiveMinimum: limited("greater than"),
  exclusiveMaximum: limited("less than"),
  minLength: sized("a string", "at least", "character"),
  maxLength: sized("a string", "at most", "character"),
  minItems: sized("an array", "at least", "item"),
  maxItems: sized("an array", "at most", "item"),
  minProperties: sized("an object", "at least", "property", "properties"),
  uniqueItems: () => ({ wanted: "an array without duplicates" }),
  pattern({ params, schema }) {
    if (schema["title"] !== undefined) return named(schema);
    return described({ wanted: `a text that matches ${params["pattern"]}` }, schema);
  },
  oneOf: ({ message, schema }) => described({ wanted: message, rule: message }, schema),
  required: ({ instancePath, params }) => ({
    pointer: `${instancePath}/${escapePointer(`${params["missingProperty"]}`)}`,
    wanted: "present",
    rule: "is missing",
    got: undefined,
  }),
  additionalProperties({ instancePath, params, schema }) {
    const name = `${params["additionalProperty"]}`.slice(0, 100);
    const known = Object.keys((schema["properties"] as object | undefined) ?? {});
    return {
      pointer: `${instancePath}/${escapePointer(name)}`,
      wanted: "absent",
      rule: `is unknown; known here: ${known.join(", ") || "nothing"}`,
      got: undefined,
      hint: nearest(name, known),
    };
  },
  "false schema": () => ({ wanted: "absent", rule: "is not allowed here", got: undefined }),
};

const TYPES: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  array: "an array",
  object: "an object",
};

function typeName(type: unknown): string {
  return TYPES[`${type}`] ?? `${type}`;
}

function limited(relation: string): Rule {
  return ({ params, schema }) => {
    return {
      wanted: `${typeName(schema["type"] === "integer" ? "integer" : "number")} ${relation} ${params["limit"]}`,
    };
  };
}

function sized(what: string, relation: string, part: string, plural = `${part}s`): Rule {
  return ({ params: { limit }, data, schema }) => {
    const wanted = `${what} of ${relation} ${limit} ${limit === 1 ? part : plural}`;
    if (!Array.isArray(data)) return { wanted };
    return {
      wanted,
      got: data.length === 0 ? "an empty array" : `an array of ${data.length}`,
      hint: instruction(schema),
    };
  };
}

/**
 * The description of a schema for users' own files begins with `Write`; in other schemas it says what the property
 * means.
 */
function instruction({ description }: Known["schema"]): string | undefined {
  return typeof description === "string" && description.startsWith("Write ") ? description : undefined;
}

/** A pattern with a title is named by it. */
function named({ title, description }: Known["schema"]): ReturnType<Rule> {
  return { wanted: withArticle(`${title}`), hint: description as string | undefined };
}

/** A description is easier to read than a pattern. */
function described(explained: ReturnType<Rule>, { description }: Known["schema"]): ReturnType<Rule> {
  if (typeof description !== "string") return explained;
  return { ...explained, rule: "is not valid", hint: description };
}

function withArticle(noun: string): string {
  return /^an? /.test(noun) ? noun : `a ${noun}`;
}

function nearest(given: unknown, known: readonly string[]): string | undefined {
  const [name] = typeof given === "string" ? nearestNames(given, known) : [];
  return name === undefined ? undefined : `Did you mean ${name}?`;
}
