import { isObject, type JsonObject } from "./document.js";

/** One statement of an OpenAPI document about a place in an operation. */
export interface Fact {
  readonly kind:
    | "operation"
    | "security"
    | "status"
    | "media type"
    | "parameter"
    | "property"
    | "type"
    | "enum"
    | "required";
  /** The operation and the place in it, such as `checkImportStatus 200 result.access`; `error` stands for every error. */
  readonly where: string;
  readonly value: string;
}

/** Our operations by method and by path; a dated version of the API stands where v3 does. */
const OPERATIONS: readonly (readonly [id: string, method: string, path: RegExp])[] = [
  ["importFromUrl", "post", /^\/files\/(?:v3|\d{4}-\d\d)\/files\/import-from-url\/async$/],
  ["checkImportStatus", "get", /^\/files\/(?:v3|\d{4}-\d\d)\/files\/import-from-url\/async\/tasks\/\{[^}]+\}\/status$/],
  ["deleteFile", "delete", /^\/files\/(?:v3|\d{4}-\d\d)\/files\/\{[^}]+\}$/],
];

/**
 * What a document says about the operations of the contract, as a list that can be compared. Names of components and the
 * order of keys do not show in it.
 *
 * @param document OpenAPI 3, with its references resolved
 */
export function surfaceOf(document: JsonObject): readonly Fact[] {
  const paths = isObject(document["paths"]) ? document["paths"] : {};
  return OPERATIONS.flatMap(([id, method, pattern]) => {
    const path = Object.keys(paths).find((one) => pattern.test(one) && isObject(paths[one]) && method in paths[one]);
    const item = path === undefined ? undefined : (paths[path] as JsonObject);
    return item ? operationFacts(id, item[method] as JsonObject, { document, item }) : [];
  });
}

function operationFacts(
  id: string,
  operation: JsonObject,
  { document, item }: { readonly document: JsonObject; readonly item: JsonObject },
): readonly Fact[] {
  const responses = isObject(operation["responses"]) ? operation["responses"] : {};
  const success = Object.entries(responses).find(([status]) => /^2/.test(status));
  const errors = Object.entries(responses).filter(([status]) => /^([45]|default)/.test(status));
  const error = errors.map(([, response]) => contentOf(response)).find((content) => content !== undefined);
  return [
    { kind: "operation", where: id, value: "present" },
    ...securityOf(operation, document).map(
      (scheme): Fact => ({ kind: "security", where: `${id} ${scheme}`, value: "accepted" }),
    ),
    ...Object.keys(responses).map((status): Fact => ({ kind: "status", where: `${id} ${status}`, value: "declared" })),
    ...[item["parameters"], operation["parameters"]].flat().flatMap((parameter) => parameterFact(id, parameter)),
    ...bodyFacts(`${id} request`, contentOf(operation["requestBody"])),
    ...(success ? bodyFacts(`${id} ${success[0]}`, contentOf(success[1])) : []),
    ...bodyFacts(`${id} error`, error),
  ];
}

interface Content {
  readonly mediaType: string;
  readonly schema: unknown;
}

function contentOf(holder: unknown): Content | undefined {
  const content = isObject(holder) && isObject(holder["content"]) ? holder["content"] : {};
  const [first] = Object.entries(content);
  return first && isObject(first[1]) ? { mediaType: first[0], schema: first[1]["schema"] } : undefined;
}

/** What a caller may identify itself by. OAuth's tokens are sent as bearer tokens, so the two are one. */
function securityOf(operation: JsonObject, document: JsonObject): readonly string[] {
  const required = (operation["security"] ?? document["security"] ?? []) as readonly JsonObject[];
  const components = isObject(document["components"]) ? document["components"] : {};
  const schemes = isObject(components["securitySchemes"]) ? components["securitySchemes"] : {};
  const names = required.flatMap((alternative) => Object.keys(alternative));
  const texts = names.map((name) => {
    const scheme = schemes[name];
    if (!isObject(scheme)) return `undeclared ${name}`;
    if (scheme["type"] === "oauth2" || scheme["type"] === "openIdConnect") return "bearer";
    return scheme["type"] === "http" ? String(scheme["scheme"]).toLowerCase() : `${scheme["type"]} ${name}`;
  });
  return [...new Set(texts)];
}

function parameterFact(id: string, parameter: unknown): readonly Fact[] {
  if (!isObject(parameter)) return [];
  const { name, in: place, required, schema } = parameter;
  const value = `${place} ${typeText(schema)}${required === true ? " required" : ""}`;
  return [{ kind: "parameter", where: `${id} ${place === "path" ? "{id}" : String(name)}`, value }];
}

function bodyFacts(where: string, content: Content | undefined): readonly Fact[] {
  if (!content) return [];
  return [{ kind: "media type", where, value: content.mediaType }, ...schemaFacts(`${where} `, [content.schema])];
}

/**
 * @param schemas all that describe one value: in each state of a task another
 * @param outer the schemas around them: one that contains itself is followed once
 */
function schemaFacts(prefix: string, schemas: readonly unknown[], outer: readonly unknown[] = []): readonly Fact[] {
  const around = [...outer, ...schemas];
  const variants = schemas.filter((schema) => !outer.includes(schema)).flatMap((schema) => variantsOf(schema));
  const names = [...new Set(variants.flatMap(({ properties }) => Object.keys(properties)))];
  return names.flatMap((name): readonly Fact[] => {
    const where = `${prefix}${name}`;
    const described = variants.flatMap(({ properties }) => properties[name] ?? []);
    const demanding = variants.filter(({ required }) => required.has(name)).length;
    const isRequired = demanding === 0 ? "never" : demanding === variants.length ? "always" : "sometimes";
    const values = [...new Set(described.flatMap(valuesOf))].sort();
    const items = described.flatMap((schema) =>
      isObject(schema) && isObject(schema["items"]) ? [schema["items"]] : [],
    );
    return [
      { kind: "property", where, value: "present" },
      { kind: "type", where, value: joined(described.flatMap((schema) => typesOf(schema))) },
      ...(values.length > 0 ? [{ kind: "enum", where, value: values.join(", ") } as const] : []),
      { kind: "required", where, value: isRequired },
      ...schemaFacts(`${where}.`, described, around),
      ...schemaFacts(`${where}[].`, items, around),
    ];
  });
}

interface Variant {
  readonly properties: Readonly<Record<string, readonly unknown[]>>;
  readonly required: ReadonlySet<string>;
}

/** The forms that an object can have: one, or one for each alternative of its `oneOf`. */
function variantsOf(schema: unknown, outer: readonly unknown[] = []): readonly Variant[] {
  if (!isObject(schema) || outer.includes(schema)) return [];
  const around = [...outer, schema];
  const all = [schema["allOf"], schema["anyOf"]].flat().filter(isObject);
  // Alternatives that need not hold show which properties there are, and demand none of them.
  const optional = new Set([schema["anyOf"]].flat().filter(isObject));
  const included = all.map((part) =>
    variantsOf(part, around).map((one) => (optional.has(part) ? { ...one, required: new Set<string>() } : one)),
  );
  const alternatives = [schema["oneOf"]]
    .flat()
    .filter(isObject)
    .flatMap((one) => variantsOf(one, around));
  const own: Variant = {
    properties: Object.fromEntries(
      Object.entries(isObject(schema["properties"]) ? schema["properties"] : {}).map(([name, one]) => [name, [one]]),
    ),
    required: new Set((schema["required"] ?? []) as readonly string[]),
  };
  const base = included.flat().reduce(merged, own);
  const hasProperties = Object.keys(base.properties).length > 0 || base.required.size > 0;
  if (alternatives.length > 0) return alternatives.map((one) => merged(base, one));
  return hasProperties ? [base] : [];
}

function merged(a: Variant, b: Variant): Variant {
  const names = [...new Set([...Object.keys(a.properties), ...Object.keys(b.properties)])];
  return {
    properties: Object.fromEntries(
      names.map((name) => [name, [...(a.properties[name] ?? []), ...(b.properties[name] ?? [])]]),
    ),
    required: new Set([...a.required, ...b.required]),
  };
}

function valuesOf(schema: unknown): readonly string[] {
  if (!isObject(schema)) return [];
  if (typeof schema["const"] === "string") return [schema["const"]];
  return Array.isArray(schema["enum"]) ? schema["enum"].filter((value) => value !== null).map(String) : [];
}

function typeText(schema: unknown, outer: readonly unknown[] = []): string {
  return outer.includes(schema) ? "itself" : joined(typesOf(schema, [...outer, schema]));
}

/** A type that stands with its format, too, is said once: of two statements on one property, one may be but a limit. */
function joined(types: readonly string[]): string {
  const told = types.filter((type) => !types.some((other) => other.startsWith(`${type} `)));
  return [...new Set(told)].sort().join(" or ");
}

/** Forms that HubSpot states in prose alone, if at all. */
const PROSE_FORMATS: readonly unknown[] = ["uri", "duration", undefined];

function typesOf(schema: unknown, outer: readonly unknown[] = [schema]): readonly string[] {
  if (!isObject(schema)) return ["any"];
  const declared = [schema["type"] ?? (isObject(schema["properties"]) ? "object" : "any")].flat();
  const types = declared.map((type) => {
    if (type === "array") return `array of ${typeText(schema["items"], outer)}`;
    const isMap = type === "object" && isObject(schema["additionalProperties"]) && !isObject(schema["properties"]);
    if (isMap) return `map of ${typeText(schema["additionalProperties"], outer)}`;
    const format = type === "null" || PROSE_FORMATS.includes(schema["format"]) ? "" : ` ${schema["format"]}`;
    return `${type}${format}`;
  });
  return schema["nullable"] === true ? [...types, "null"] : types;
}
