import type { ScenarioProblem } from "./source.js";

/** What Ajv says of a value, with the value and its schema. */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly message?: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly data?: unknown;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
}

/**
 * Of everything Ajv reports, the error that names the mistake: an outer one only says that something inside is wrong,
 * and a property "does not belong" merely because its neighbour is misspelt.
 *
 * @param errors at least one
 * @param least what an empty value has to have at least
 */
export function schemaProblem(errors: readonly SchemaError[], least: string): ScenarioProblem {
  const rank = (error: SchemaError) => {
    if (["oneOf", "anyOf", "if"].includes(error.keyword)) return 0;
    return error.keyword === "false schema" ? 1 : 1 + pointerOf(error).split("/").length;
  };
  // That a value is no parameter either is not what is wrong with it.
  const own = errors.filter(({ schemaPath }) => !schemaPath.startsWith("#/$defs/parameter/"));
  // Of two forms that a value may have, the one that it has tells more than the one that it lacks: [3, 1, 0] need not be a number.
  const isOfForm = ({ instancePath }: SchemaError) =>
    own.some((one) => one.instancePath === instancePath && FORMS.includes(one.keyword));
  const telling = own.filter((error) => error.keyword !== "type" || !isOfForm(error));
  const worst = [...telling].sort((a, b) => rank(b) - rank(a))[0] as SchemaError;
  return { pointer: pointerOf(worst) || "/", message: sentenceFor(worst, least) };
}

/** What is wrong with a value only where it has the type that was wanted. */
const FORMS: readonly string[] = ["minItems", "maxItems", "minimum", "maximum"];

function pointerOf({ instancePath, keyword, params }: SchemaError): string {
  return keyword === "additionalProperties" ? `${instancePath}/${params["additionalProperty"]}` : instancePath;
}

function sentenceFor(
  { instancePath, keyword, data, params, message, parentSchema = {} }: SchemaError,
  least: string,
): string {
  const value = JSON.stringify(data);
  switch (keyword) {
    case "pattern":
      return `${value} is not a ${parentSchema["title"]}. ${parentSchema["description"]}`;
    case "type":
      if (data === null && params["type"] === "object") {
        return instancePath === "" ? `is empty. Write at least ${least}.` : "is empty. Write it out, or remove it.";
      }
      if (parentSchema["pattern"]) return `${value} is not a ${parentSchema["title"]}. ${parentSchema["description"]}`;
      return params["type"] === "array"
        ? `${value} must be a list: [${typeof data === "string" ? data : value}].`
        : `${value} ${message}.`;
    case "enum":
      return `${value} is not one of ${(params["allowedValues"] as readonly unknown[]).join(", ")}.`;
    case "additionalProperties":
      return `unknown property. Known here: ${Object.keys((parentSchema["properties"] as object) ?? {}).join(", ")}.`;
    case "minItems":
    case "maxItems":
      return listSentence(data as readonly unknown[], keyword, params["limit"] as number, parentSchema["description"]);
    case "required":
      return `${params["missingProperty"]} is missing.`;
    case "false schema":
      return "does not belong here. See the schema of scenarios: docs/scenarios.md.";
    default:
      return `${value} ${message}.`;
  }
}

function listSentence(list: readonly unknown[], keyword: string, limit: number, hint: unknown = ""): string {
  const wanted = `${keyword === "minItems" ? "at least" : "at most"} ${limit}`;
  const found = list.length === 0 ? "is an empty list" : `${JSON.stringify(list)} has ${list.length}`;
  return `${found}. Write ${wanted}. ${hint}`.trimEnd();
}
