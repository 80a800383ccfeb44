/**
 * What Spectral's own rules admit in the schemas of OpenAPI 3.1: any keyword. In YAML the unquoted comma of
 * `{ description: So many, or more. }` makes one of "or more.".
 */
const WORDS = `
  $anchor $comment $defs $dynamicAnchor $dynamicRef $id $ref $schema $vocabulary
  additionalProperties allOf anyOf const contains contentEncoding contentMediaType contentSchema default definitions
  dependencies dependentRequired dependentSchemas deprecated description discriminator else enum example examples
  exclusiveMaximum exclusiveMinimum externalDocs format if items maxContains maxItems maxLength maxProperties maximum
  minContains minItems minLength minProperties minimum multipleOf not oneOf pattern patternProperties prefixItems
  properties propertyNames readOnly required then title type unevaluatedItems unevaluatedProperties uniqueItems
  writeOnly xml`;
const KEYWORDS = new Set(WORDS.trim().split(/\s+/));
const DATA = new Set(["const", "default", "enum", "example", "examples"]);
const SCHEMAS_BY_NAME = new Set(["$defs", "definitions", "dependentSchemas", "patternProperties", "properties"]);
const SUBSCHEMAS = new Set(
  `additionalProperties allOf anyOf contains contentSchema else if items not oneOf prefixItems propertyNames then
   unevaluatedItems unevaluatedProperties`.split(/\s+/),
);

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function inSchema(schema, path) {
  if (typeof schema === "boolean") return [];
  if (!isObject(schema)) return [{ message: `${path.at(-1)} is ${JSON.stringify(schema)}, not a schema.`, path }];
  return Object.entries(schema).flatMap(([keyword, value]) => {
    const at = [...path, keyword];
    if (keyword.startsWith("x-") || DATA.has(keyword)) return [];
    if (!KEYWORDS.has(keyword)) return [{ message: `"${keyword}" is not a keyword of JSON Schema.`, path: at }];
    if (value === null) return [{ message: `${keyword} has no value.`, path: at }];
    if (SUBSCHEMAS.has(keyword) && !Array.isArray(value)) return inSchema(value, at);
    if (!SUBSCHEMAS.has(keyword) && !SCHEMAS_BY_NAME.has(keyword)) return [];
    return Object.entries(value).flatMap(([name, one]) => inSchema(one, [...at, name]));
  });
}

/** Finds the schemas of a document: those of its components, and what stands at `schema` or `itemSchema`. */
function inDocument(node, path) {
  return Object.entries(node).flatMap(([key, value]) => {
    const at = [...path, key];
    const isName = path.at(-1) === "headers" || (path[0] === "components" && path.length === 2);
    if (!isName && (key.startsWith("x-") || key === "example" || key === "examples")) return [];
    if (key === "schema" || key === "itemSchema" || path.join("/") === "components/schemas") return inSchema(value, at);
    return typeof value === "object" && value !== null ? inDocument(value, at) : [];
  });
}

/** Finds each keyword of a schema that JSON Schema does not have, or that has no value; before OpenAPI 3.1 Spectral does. */
export function schemaKeywords(document) {
  return /^3\.[1-9]/.test(document.openapi) ? inDocument(document, []) : [];
}
