import { isObject, type JsonObject } from "../json.js";
import type { References } from "./references.js";

/** The body of a request or a response. */
export interface Body {
  readonly mediaTypes: readonly string[];
  /** The schema of its JSON form. */
  readonly schema: unknown;
}

/** The parts of an operation that are compared. */
export interface Operation {
  /** By place (path, query, header, cookie): an object schema with a property for each parameter. */
  readonly parameters: Readonly<Record<string, JsonObject>>;
  readonly request: Body;
  readonly isRequestRequired: boolean;
  /** Bodies by status 2xx. */
  readonly successes: ReadonlyMap<string, Body>;
  /** All other statuses, `default` among them. */
  readonly failures: readonly string[];
  /** The body of all failures together. */
  readonly error: Body;
  /** The alternative ways to authenticate, such as `http bearer`. */
  readonly schemes: readonly string[];
  /** Any one of these scopes is sufficient. */
  readonly scopes: readonly string[];
}

/** An operation's location in its document. */
export interface Located {
  readonly path: string;
  readonly method: string;
  /** The path item, its own reference followed. */
  readonly item: JsonObject;
}

/** A document with its resolved references. */
export interface Source {
  readonly document: JsonObject;
  readonly references: References;
}

/**
 * Reads one operation of a document.
 *
 * @param source OpenAPI 3; parts that are malformed count as absent
 * @throws UnresolvedReference
 * @example readOperation(source, { path: "/a", method: "get", item: { get: { responses: { 404: {} } } } }).failures; // ["404"]
 */
export function readOperation({ document, references }: Source, { path, method, item }: Located): Operation {
  const operation = objectAt(item, method);
  const requestBody = references.node(operation["requestBody"]);
  const responses = Object.entries(objectAt(operation, "responses"))
    .filter(([status]) => !status.startsWith("x-"))
    .map(([status, response]) => [status.toUpperCase(), references.node(response)] as const);
  const failures = responses.filter(([status]) => !isSuccess(status));
  const successes = responses.filter(([status]) => isSuccess(status));
  const parameters = [...listAt(item, "parameters"), ...listAt(operation, "parameters")].map(references.node);
  const body = (holders: readonly JsonObject[]) => bodyOf(holders, references);
  return {
    parameters: parametersOf(parameters, path, references),
    request: body([requestBody]),
    isRequestRequired: requestBody["required"] === true,
    successes: new Map(successes.map(([status, response]) => [status, body([response])])),
    failures: failures.map(([status]) => (status === "DEFAULT" ? "default" : status)),
    error: body(failures.map(([, response]) => response)),
    ...accessOf({ document, references }, operation),
  };
}

function isSuccess(status: string): boolean {
  return status.startsWith("2");
}

/** Merges the contents of several requests or responses into one body with alternatives. */
function bodyOf(holders: readonly JsonObject[], references: References): Body {
  const content = holders
    .flatMap((holder) => Object.entries(objectAt(holder, "content")))
    .map(([type, media]) => [type.split(";")[0]?.trim().toLowerCase() ?? "", media] as const);
  const readable = content.filter(([type]) => /json|^\*\/\*$/.test(type));
  const schemas = [...new Set(readable.map(([, media]) => references.schema(references.node(media)["schema"])))];
  return {
    mediaTypes: [...new Set(content.map(([type]) => type))],
    schema: schemas.length > 1 ? { anyOf: schemas } : schemas[0],
  };
}

function parametersOf(
  parameters: readonly JsonObject[],
  path: string,
  references: References,
): Operation["parameters"] {
  // A parameter of the operation overrides the same one of its path item.
  const declared = [...new Map(parameters.map((one) => [`${one["in"]} ${one["name"]}`, one])).values()].filter(
    (one) => !isIgnored(one),
  );
  const places = [...new Set(declared.map((parameter) => String(parameter["in"])))];
  // Path parameters are compared by position: no client sends their names.
  const order = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name);
  const nameOf = ({ in: place, name }: JsonObject) => {
    if (place === "path") return `{${order.indexOf(String(name)) + 1}}`;
    return place === "header" ? String(name).toLowerCase() : String(name);
  };
  const schemaOf = ({ schema, content }: JsonObject) => {
    const [media] = isObject(content) ? Object.values(content) : [];
    return references.schema(schema ?? references.node(media)["schema"]) ?? {};
  };
  return Object.fromEntries(
    places.map((place) => {
      const here = declared.filter((parameter) => String(parameter["in"]) === place);
      const properties = Object.fromEntries(here.map((parameter) => [nameOf(parameter), schemaOf(parameter)]));
      const isRequired = (parameter: JsonObject) => place === "path" || parameter["required"] === true;
      const required = here.filter(isRequired).map(nameOf);
      return [place, { type: "object", properties, required }];
    }),
  );
}

/** Whether OpenAPI ignores a parameter: one with the name of a header that other parts of the document describe. */
function isIgnored({ in: place, name }: JsonObject): boolean {
  return place === "header" && /^(accept|content-type|authorization)$/i.test(String(name));
}

function accessOf({ document, references }: Source, operation: JsonObject): Pick<Operation, "schemes" | "scopes"> {
  const declared = objectAt(objectAt(document, "components"), "securitySchemes");
  const alternatives = listAt("security" in operation ? operation : document, "security").filter(isObject);
  const schemes = alternatives.map((alternative) => {
    // OpenAPI 3.2 allows a reference in place of a name.
    const schemeOf = (name: string) => references.node(name.includes("#") ? { $ref: name } : objectAt(declared, name));
    const names = Object.keys(alternative).map((name) => schemeText(schemeOf(name)));
    return names.sort().join(" and ") || "none";
  });
  const scopes = alternatives.flatMap((alternative) =>
    Object.keys(alternative).flatMap((name) => listAt(alternative, name).map(String)),
  );
  return {
    schemes: [...new Set(schemes)],
    scopes: [...new Set(scopes.length > 0 ? scopes : scopesInProse(String(operation["description"] ?? "")))],
  };
}

/** In OpenAPI a bearer scheme has no scopes; our contract names them in each operation's description. */
function scopesInProse(description: string): readonly string[] {
  return [...description.matchAll(/`(files(?:\.\w+)*)`/g)].map(([, scope = ""]) => scope);
}

/** Renders a security scheme. For an API key, its name counts and not its place (header or query). */
function schemeText({ type, scheme, name }: JsonObject): string {
  if (type === "http") return `http ${String(scheme).toLowerCase()}`;
  return type === "apiKey" ? `apiKey ${name}` : String(type ?? "undeclared");
}

/** Returns the object at a key, or `{}`. @example objectAt({ paths: null }, "paths"); // {} */
export function objectAt(holder: JsonObject, key: string): JsonObject {
  const value = holder[key];
  return isObject(value) ? value : {};
}

function listAt(holder: JsonObject, key: string): readonly unknown[] {
  const value = holder[key];
  return Array.isArray(value) ? value : [];
}
