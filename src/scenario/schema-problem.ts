import { explainSchemaError, type SchemaError, schemaSentence } from "../schema-error.js";
import type { ScenarioProblem } from "./source.js";

interface Hints {
  /** What an empty value needs at least. */
  readonly least: string;
  /** Returns a better hint than the schema's, for what was probably meant at a pointer. */
  readonly meant: (pointer: string) => string | undefined;
}

/**
 * Explains the one error that names the mistake: an outer error only says that something inside is wrong, and a
 * property may be unknown only because its neighbour is misspelt.
 *
 * @param errors at least one
 */
export function schemaProblem(errors: readonly SchemaError[], { least, meant }: Hints): ScenarioProblem {
  const depth = ({ instancePath, keyword }: SchemaError) =>
    instancePath.split("/").length + (keyword === "additionalProperties" ? 1 : 0);
  const rank = (error: SchemaError) => {
    if (["oneOf", "anyOf", "if"].includes(error.keyword)) return 0;
    return error.keyword === "false schema" ? 1 : 1 + depth(error);
  };
  // Most values may also be a parameter. That a value is not a parameter is not the mistake.
  const own = errors.filter(({ schemaPath }) => !schemaPath.startsWith("#/$defs/parameter/"));
  // Of a value's possible forms, errors of the one that it has are better: [3, 1, 0] need not be a number.
  const isOfForm = ({ instancePath }: SchemaError) =>
    own.some((one) => one.instancePath === instancePath && FORMS.includes(one.keyword));
  const specific = own.filter((error) => error.keyword !== "type" || !isOfForm(error));
  const worst = [...specific].sort((a, b) => rank(b) - rank(a))[0] as SchemaError;
  const { pointer, ...explained } = explainSchemaError(worst);
  const hint = meant(pointer) ?? explained.hint ?? HINTS[worst.keyword];
  return { pointer: pointer || "/", message: emptyProblem(worst, least) ?? schemaSentence({ ...explained, hint }) };
}

/** These errors are meaningful only for a value of the right type. */
const FORMS: readonly string[] = ["minItems", "maxItems", "minimum", "maximum"];

const HINTS: Readonly<Record<string, string>> = {
  "false schema": "See the schema of scenarios: docs/scenarios.md.",
};

/** In YAML, a key or a dash with no value. */
function emptyProblem({ instancePath, keyword, data, params }: SchemaError, least: string): string | undefined {
  if (keyword !== "type" || data !== null || params["type"] !== "object") return undefined;
  return instancePath === "" ? `is empty. Write at least ${least}.` : "is empty. Write it out, or remove it.";
}
