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
  const worst = [...own].sort((a, b) => rank(b) - rank(a))[0] as SchemaError;
  return { pointer: pointerOf(worst) || "/", message: sentenceFor(worst, least) };
}

function pointerOf({ instancePath, keyword, params }: SchemaError): string {
  return keyword === "additionalProperties" ? `${instancePath}/${params["additionalProperty"]}` : instancePath;
}

function sentenceFor({ keyword, data, params, message, parentSchema = {} }: SchemaError, least: string): string {
  const value = JSON.stringify(data);
  switch (keyword) {
    case "pattern":
      return `${value} is not a ${parentSchema["title"]}. ${parentSchema["description"]}`;
    case "type":
      if (data === null && params["type"] === "object") return `is empty. Write at least ${least}.`;
      if (parentSchema["pattern"]) return `${value} is not a ${parentSchema["title"]}. ${parentSchema["description"]}`;
      return params["type"] === "array" ? `${value} must be a list: [${data}].` : `${value} ${message}.`;
    case "enum":
      return `${value} is not one of ${(params["allowedValues"] as readonly unknown[]).join(", ")}.`;
    case "additionalProperties":
      return `unknown property. Known here: ${Object.keys((parentSchema["properties"] as object) ?? {}).join(", ")}.`;
    case "required":
      return `${params["missingProperty"]} is missing.`;
    case "false schema":
      return "does not belong here. See the schema of scenarios: docs/scenarios.md.";
    default:
      return `${value} ${message}.`;
  }
}
