import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { parse } from "yaml";

interface Operation {
  readonly operationId: string;
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Record<string, object> }>>;
}

/** spec/control.openapi.yaml, read by the tests alone. */
export const document = parse(readFileSync("spec/control.openapi.yaml", "utf8")) as {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly responses: Operation["responses"] };
};

/** Every operation with its place in the document. */
export const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item)
    .filter(([method]) => method !== "parameters")
    .map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      pattern: patternOf(path),
      operation,
    })),
);

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, "control");

/** The operation that a request is for; undefined where the document has none. */
export function operationOf(method: string, pathname: string): (typeof operations)[number] | undefined {
  const path = pathname.replace(/^\/__mock/, "") || "/";
  const verb = method === "HEAD" ? "GET" : method;
  return operations.find((one) => one.method === verb && one.pattern.test(path));
}

function patternOf(path: string): RegExp {
  const parts = path.split("/").map((part) => (part.startsWith("{") ? "[^/]+" : part.replaceAll(".", "\\.")));
  return new RegExp(`^${parts.join("/")}$`);
}

/** How an answer departs from the document; empty where it does not. @param body the answer's, as text */
export function problemsOf(method: string, url: string, answer: Response, body: string): readonly string[] {
  const operation = operationOf(method, new URL(url).pathname);
  const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
  if (!operation || answer.status >= 400) {
    if (type !== "application/problem+json") return [`${answer.status} is ${type || "nothing"}, not a problem`];
    const schema = "control#/components/schemas/Problem";
    return ajv.validate(schema, JSON.parse(body)) ? [] : [ajv.errorsText()];
  }
  const declared = operation.operation.responses[answer.status];
  if (!declared) return [`${operation.id} declares no ${answer.status}`];
  const name = declared.$ref?.split("/").at(-1) ?? "";
  const { content } = declared.$ref === undefined ? declared : (document.components.responses[name] ?? {});
  if (!content) return body === "" ? [] : ["a body where none is declared"];
  if (!(type in content)) return [`${operation.id} declares no ${type}`];
  if (type !== "application/json") return [];
  const schema = (content[type] as { readonly schema: { readonly $ref?: string } }).schema;
  // By its name: a schema object of this call's own would be compiled at each call.
  const valid = ajv.validate(schema.$ref ? `control${schema.$ref}` : schema, JSON.parse(body));
  return valid ? [] : [`${operation.id}: ${ajv.errorsText()}`];
}
