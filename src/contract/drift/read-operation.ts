import { isObject, type JsonObject } from "../document.js";

/** What a request or an answer carries. */
export interface Body {
  readonly mediaTypes: readonly string[];
  /** Of its JSON form. */
  readonly schema: unknown;
}

/** An operation as far as it is compared. */
export interface Operation {
  /** The parameters of each place (path, query, header, cookie) as the properties of one object. */
  readonly parameters: Readonly<Record<string, JsonObject>>;
  readonly request: Body;
  readonly isRequestRequired: boolean;
  /** The body of each status that is a success. */
  readonly successes: ReadonlyMap<string, Body>;
  /** All other statuses, `default` among them. */
  readonly failures: readonly string[];
  /** What any failure carries. */
  readonly error: Body;
  /** Each way to identify oneself, such as `http bearer`. */
  readonly schemes: readonly string[];
  /** Scopes of which one is enough. */
  readonly scopes: readonly string[];
}

/** An operation's place in its document. */
export interface Located {
  readonly path: string;
  readonly method: string;
  /** What stands under the path. */
  readonly item: JsonObject;
}

/**
 * Reads one operation of a document.
 *
 * @param document OpenAPI 3, references resolved. What has not the form that OpenAPI gives it is taken as absent
 * @example readOperation(document, { path: "/a", method: "get", item: { get: { responses: { 404: {} } } } }).failures; // ["404"]
 */
export function readOperation(document: JsonObject, { path, method, item }: Located): Operation {
  const operation = objectAt(item, method);
  const requestBody = objectAt(operation, "requestBody");
  const responses = Object.entries(objectAt(operation, "responses")).map(
    ([status, response]) => [status, bodyOf([response])] as const,
  );
  const failures = responses.filter(([status]) => !isSuccess(status)).map(([status]) => status);
  return {
    parameters: parametersOf([...listAt(item, "parameters"), ...listAt(operation, "parameters")], path),
    request: bodyOf([requestBody]),
    isRequestRequired: requestBody["required"] === true,
    successes: new Map(responses.filter(([status]) => isSuccess(status))),
    failures,
    error: bodyOf(failures.map((status) => objectAt(operation, "responses")[status])),
    ...accessOf(document, operation),
  };
}

function isSuccess(status: string): boolean {
  return status.startsWith("2");
}

/** The bodies of several answers as one: whatever they have in common, and what only some have. */
function bodyOf(answers: readonly unknown[]): Body {
  const content = answers
    .filter(isObject)
    .flatMap((answer) => Object.entries(objectAt(answer, "content")))
    .map(([type, media]) => [type.split(";")[0]?.trim().toLowerCase() ?? "", media] as const);
  const readable = content.filter(([type]) => /json|^\*\/\*$/.test(type));
  const schemas = [...new Set(readable.map(([, media]) => (isObject(media) ? media["schema"] : undefined)))];
  return {
    mediaTypes: [...new Set(content.map(([type]) => type))],
    schema: schemas.length > 1 ? { anyOf: schemas } : schemas[0],
  };
}

function parametersOf(parameters: readonly unknown[], path: string): Operation["parameters"] {
  const declared = parameters.filter(isObject);
  const places = [...new Set(declared.map((parameter) => String(parameter["in"])))];
  // No client sends the name that a part of the path has.
  const order = [...path.matchAll(/\{([^}]*)\}/g)].map(([, name]) => name);
  const nameOf = ({ in: place, name }: JsonObject) =>
    place === "path" ? `{${order.indexOf(String(name)) + 1}}` : String(name);
  return Object.fromEntries(
    places.map((place) => {
      const here = declared.filter((parameter) => String(parameter["in"]) === place);
      const properties = Object.fromEntries(here.map((parameter) => [nameOf(parameter), parameter["schema"] ?? {}]));
      const required = here.filter((parameter) => parameter["required"] === true).map(nameOf);
      return [place, { type: "object", properties, required }];
    }),
  );
}

function accessOf(document: JsonObject, operation: JsonObject): Pick<Operation, "schemes" | "scopes"> {
  const declared = objectAt(objectAt(document, "components"), "securitySchemes");
  const alternatives = listAt("security" in operation ? operation : document, "security").filter(isObject);
  const schemes = alternatives.map((alternative) => {
    const names = Object.keys(alternative).map((name) => schemeText(objectAt(declared, name)));
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

/** A bearer scheme has no scopes in OpenAPI; our contract names them in each operation's description. */
function scopesInProse(description: string): readonly string[] {
  return [...description.matchAll(/`(files(?:\.\w+)*)`/g)].map(([, scope = ""]) => scope);
}

/** Where a key is sent is its name's business: what it is called is what a client depends on. */
function schemeText({ type, scheme, name }: JsonObject): string {
  if (type === "http") return `http ${String(scheme).toLowerCase()}`;
  return type === "apiKey" ? `apiKey ${name}` : String(type ?? "undeclared");
}

/** The object at a key, or one without keys. @example objectAt({ paths: null }, "paths"); // {} */
export function objectAt(holder: JsonObject, key: string): JsonObject {
  const value = holder[key];
  return isObject(value) ? value : {};
}

function listAt(holder: JsonObject, key: string): readonly unknown[] {
  const value = holder[key];
  return Array.isArray(value) ? value : [];
}
