import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { Context } from "hono";
import { shownValue } from "../../src/contract/validate.js";
import { readBody } from "../../src/simulator/read-body.js";
import type { Snapshots } from "../../src/simulator/simulator.js";
import { nearestEffect } from "../../src/task/fault/nearest-effect.js";
import { type BodyLimit, isImport, limitFor } from "./body-limit.js";
import { requireAnswers, requireFormat } from "./check-snapshot.js";
import type { ControlDocument, Parameter, Route } from "./document.js";
import { invalid, Refused } from "./refused.js";

/** The parts of a request, as the document's schemas want them. */
export interface Checked {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/**
 * Holds requests against the document.
 *
 * @returns a function that gives a request's parts @throws Refused, with each thing that is wrong
 */
export function createChecker({ root }: ControlDocument): (route: Route) => (context: Context) => Promise<Checked> {
  // In an address everything is text; in a body, "5" is no number.
  const ofAddress = once(() => createAjv(root, { coerceTypes: true }));
  const ofBody = once(() => createAjv(root, { coerceTypes: false }));
  // A snapshot may hold thousands of tasks, all of them broken: to collect what is wrong with each would take minutes.
  const ofSnapshot = once(() => createAjv(root, { coerceTypes: false, allErrors: false }));

  return ({ id, parameters, method, body }) => {
    // Compiled at the first call: most mocks live for one test, and use few routes.
    const path = once(() => ofAddress().compile(schemaOf(parameters.filter((one) => one.in === "path"))));
    const query = once(() => ofAddress().compile(schemaOf(parameters.filter((one) => one.in === "query"))));
    const ofThis = isImport(id) ? ofSnapshot : ofBody;
    const json = body && once(() => ofThis().compile({ $ref: `control#${body.pointer}` }));
    return async (context) => {
      const parts = { path: { ...context.req.param() }, query: queryOf(context), body: undefined };
      requireFit(path(), parts.path, "/path");
      requireFit(query(), parts.query, "/query");
      if (method === "GET") return parts;
      const value = await readJson(context.req.raw, { isWanted: json !== undefined, limit: limitFor(id) });
      if (isImport(id)) requireFormat(value, "/body");
      if (json) requireFit(json(), value, "/body", id === "injectAnswer" ? answerHint(value) : "");
      if (isImport(id)) requireAnswers(value, "/body");
      return { ...parts, body: value };
    };
  };
}

/**
 * Holds a whole mock's snapshot against the document.
 *
 * @returns a function that gives it back @throws Refused, with the first thing that is wrong
 */
export function createSnapshotCheck({ root }: ControlDocument): (value: unknown) => { readonly sessions: Snapshots } {
  const validate = createAjv(root, { coerceTypes: false, allErrors: false }).compile({
    $ref: "control#/components/schemas/MockSnapshot",
  });
  return (value) => {
    requireFormat(value, "");
    requireFit(validate, value, "");
    requireAnswers(value, "");
    return value as { readonly sessions: Snapshots };
  };
}

function once<Value>(create: () => Value): () => Value {
  let value: Value | undefined;
  return () => {
    value ??= create();
    return value;
  };
}

function createAjv(root: object, options: { readonly coerceTypes: boolean; readonly allErrors?: boolean }): Ajv2020 {
  // The document is no schema itself; those in it are checked when they are compiled.
  // 1e309 is JSON, and no number that can be counted to.
  const ajv = new Ajv2020({
    allErrors: true,
    strict: false,
    strictNumbers: true,
    verbose: true,
    validateSchema: false,
    ...options,
  });
  formats.default(ajv);
  return ajv.addSchema(root, "control");
}

function schemaOf(parameters: readonly Parameter[]) {
  return {
    type: "object",
    additionalProperties: false,
    required: parameters.filter(({ isRequired }) => isRequired).map(({ name }) => name),
    properties: Object.fromEntries(parameters.map(({ name, pointer }) => [name, { $ref: `control#${pointer}` }])),
  };
}

/** What is given twice is a list, which no parameter is. */
function queryOf(context: Context): Record<string, unknown> {
  const entries = Object.entries(context.req.queries()).map(([name, values]) => {
    return [name, values.length === 1 ? values[0] : values] as const;
  });
  return Object.fromEntries(entries);
}

async function readJson(
  request: Request,
  { isWanted, limit }: { readonly isWanted: boolean; readonly limit: BodyLimit },
): Promise<unknown> {
  const type = request.headers.get("content-type");
  const body = await readBody(request, limit.bytes).catch(() => {
    throw invalid([{ pointer: "/body", message: "broke off before its end." }]);
  });
  if (body.kind === "too-large") {
    throw new Refused("too-large", `The body is larger than ${limit.bytes / 1024 ** 2} MB. ${limit.next}`);
  }
  const isJson = type !== null && /^\s*application\/json\s*(;|$)/i.test(type);
  if (!isJson && (type !== null || body.kind !== "empty")) {
    const sent = type === null ? "The body has no Content-Type" : `The Content-Type is ${type.slice(0, 100)}`;
    throw new Refused("wrong-content-type", `${sent}. Send application/json.`);
  }
  if (body.kind === "empty") {
    if (!isWanted) return undefined;
    throw invalid([{ pointer: "/body", message: "is missing. Send JSON." }]);
  }
  if (body.kind === "not-json") {
    const where = `line ${body.line}, column ${body.column}`;
    throw invalid([{ pointer: "/body", message: `is not JSON: ${body.problem} in ${where}.` }]);
  }
  if (body.kind === "wrong-type") throw new Error("application/json is a type of JSON");
  if (!isWanted && !/^\s*\{\s*\}\s*$/.test(body.text)) {
    throw invalid([{ pointer: "/body", message: "is not wanted here. Leave it out." }]);
  }
  return body.value;
}

/** @param hint what to write in place of all that is wrong */
function requireFit(validate: ValidateFunction, value: unknown, place: string, hint = ""): void {
  if (validate(value)) return;
  const mistakes = telling(validate.errors ?? []).map((error) => mistake(error, place));
  // A schema that is named in two places reports its mistake twice.
  const told = [...new Map(mistakes.map((one) => [one.pointer + one.message, one])).values()];
  throw invalid(
    told.map(({ pointer, message }, index) => ({
      pointer,
      message: index === told.length - 1 ? message + hint : message,
    })),
  );
}

/** The answer in a fault's words that can have been meant. */
function answerHint(body: unknown): string {
  const meant = nearestEffect(body);
  return meant ? ` Write ${JSON.stringify(meant)}.` : "";
}

/** Of alternatives Ajv reports each branch and then the whole; people need the whole alone. */
function telling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const whole = errors.filter(({ schemaPath }) => !/\/oneOf\/\d+\//.test(schemaPath));
  return whole.length > 0 ? whole : errors;
}

function mistake(error: ErrorObject, place: string) {
  const { instancePath, keyword, params, message, parentSchema, data } = error;
  const pointer = place + instancePath;
  const { description } = (parentSchema ?? {}) as { readonly description?: string };
  switch (keyword) {
    case "additionalProperties":
      return {
        pointer: `${pointer}/${String(params["additionalProperty"]).slice(0, 100)}`,
        message: `is unknown. Known here: ${Object.keys(parentSchema?.["properties"] ?? {}).join(", ") || "nothing"}.`,
      };
    case "required":
      return { pointer: `${pointer}/${params["missingProperty"]}`, message: "is missing." };
    case "enum":
      return { pointer, message: `has to be one of ${params["allowedValues"].join(", ")}; got ${shownValue(data)}.` };
    case "const":
      return { pointer, message: `has to be ${params["allowedValue"]}.` };
    case "pattern":
    case "oneOf":
      return { pointer, message: `does not fit. It is: ${description ?? message}` };
    case "type":
      return { pointer, message: `has to be ${[params["type"]].flat().join(" or ")}; got ${shownValue(data)}.` };
    case "minItems":
    case "maxItems":
      return {
        pointer,
        message: `has to have ${quantity(keyword, params["limit"])}; got ${(data as readonly unknown[]).length}.`,
      };
    default:
      return { pointer, message: `${message?.replace(/^must/, "has to")}; got ${shownValue(data)}.` };
  }
}

function quantity(keyword: "minItems" | "maxItems", limit: number): string {
  return `${keyword === "minItems" ? "at least" : "at most"} ${limit} ${limit === 1 ? "item" : "items"}`;
}
