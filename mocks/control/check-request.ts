import type { Ajv2020, ErrorObject, ValidateFunction } from "ajv/dist/2020.js";
import type { Context } from "hono";
import { MAX_BODY_BYTES, readBody } from "../../src/exchange/request.js";
import { escapePointer, isObject } from "../../src/json.js";
import { oncePer } from "../../src/once-per.js";
import { nearestEffect } from "../../src/scenario/nearest-effect.js";
import { readEffect } from "../../src/scenario/read-effect.js";
import { explainSchemaError, schemaSentence } from "../../src/schema-error.js";
import { SNAPSHOT_VERSION } from "../../src/session/snapshot.js";
import { MAX_TIMES } from "../../src/session/stored-task.js";
import type { Snapshots } from "../../src/simulator/simulator.js";
import { shownValue } from "../../src/text.js";
import * as generated from "./address.gen.js";
import type { ControlDocument, Route } from "./document.js";
import { CONTROL_PATH, invalid, Rejected, type Schemas } from "./operations.js";

/** Validators of addresses, in which everything is text, by the numbers in `places`. */
const { places, ...validators } = generated as unknown as {
  readonly places: Readonly<Record<Route["id"], { readonly path: number; readonly query: number }>>;
} & Readonly<Record<string, ValidateFunction>>;
const validatorAt = (number: number) => validators[`at${number}`] as ValidateFunction;

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
  const { ofBody, ofSnapshot } = compilersOf(root);

  return ({ id, method, body }) => {
    const { path, query } = places[id];
    const compile = isImport(id) ? ofSnapshot : ofBody;
    return async (context) => {
      const parts = { path: { ...context.req.param() }, query: queryOf(context), body: undefined };
      requireFit(validatorAt(path), parts.path, "/path");
      requireFit(validatorAt(query), parts.query, "/query");
      if (method === "GET") return parts;
      const value = await readJson(context.req.raw, { isWanted: body !== undefined, limit: limitFor(id) });
      if (isImport(id)) requireFormat(value, "/body");
      if (body) requireFit(await compile(body.pointer), value, "/body", hintFor(id, value));
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
export async function createSnapshotCheck({
  root,
}: ControlDocument): Promise<(value: unknown) => { readonly sessions: Snapshots }> {
  const validate = await compilersOf(root).ofSnapshot("/components/schemas/MockSnapshot");
  return (value) => {
    requireFormat(value, "");
    requireFit(validate, value, "");
    requireAnswers(value, "");
    return value as { readonly sessions: Snapshots };
  };
}

/** By the document, which all mocks of a process share. */
const compilersOf = oncePer((root: object) => ({
  ofBody: createCompiler(root),
  // A snapshot may hold thousands of tasks, all of them broken: to collect what is wrong with each would take minutes.
  ofSnapshot: createCompiler(root, { allErrors: false }),
}));

/** Compiles the schema at a pointer of the document when its first body comes: most mocks live for one test, and use few routes. */
function createCompiler(
  root: object,
  options?: { readonly allErrors: boolean },
): (pointer: string) => Promise<ValidateFunction> {
  let ajv: Promise<Ajv2020> | undefined;
  const validators = new Map<string, Promise<ValidateFunction>>();
  return (pointer) => {
    ajv ??= createAjv(root, options);
    const validator = validators.get(pointer) ?? ajv.then((one) => one.compile({ $ref: `control#${pointer}` }));
    validators.set(pointer, validator);
    return validator;
  };
}

async function createAjv(root: object, options: { readonly allErrors?: boolean } = {}): Promise<Ajv2020> {
  // Loaded with the first body: it takes a third of the time in which the control API loads, and a GET has none.
  const [{ Ajv2020 }, { default: formats }] = await Promise.all([import("ajv/dist/2020.js"), import("ajv-formats")]);
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
    throw invalid([{ pointer: "/body", message: "ended before it was complete. Send the request again." }]);
  });
  if (body.kind === "too-large") {
    throw new Rejected("too-large", `The body is larger than ${limit.bytes / 1024 ** 2} MB. ${limit.next}`);
  }
  const isJson = type !== null && /^\s*application\/json\s*(;|$)/i.test(type);
  if (!isJson && (type !== null || body.kind !== "empty")) {
    const sent = type === null ? "The body has no Content-Type" : `The Content-Type is ${type.slice(0, 100)}`;
    throw new Rejected("wrong-content-type", `${sent}. Send application/json.`);
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
    throw invalid([{ pointer: "/body", message: "is not allowed here. Remove it." }]);
  }
  return body.value;
}

/** @param hint what to write in place of all that is wrong */
function requireFit(validate: ValidateFunction, value: unknown, place: string, hint = ""): void {
  if (validate(value)) return;
  const mistakes = relevant(validate.errors ?? []).map((error) => {
    const { pointer, ...explained } = explainSchemaError(error);
    return { pointer: place + pointer, message: schemaSentence(explained) };
  });
  // A schema that is named in two places reports its mistake twice.
  const distinct = [...new Map(mistakes.map((one) => [one.pointer + one.message, one])).values()];
  throw invalid(
    distinct.map(({ pointer, message }, index) => ({
      pointer,
      message: index === distinct.length - 1 ? message + hint : message,
    })),
  );
}

/** What was probably meant by a body that does not match. */
function hintFor(id: Route["id"], body: unknown): string {
  if (id === "injectAnswer") return answerHint(body);
  if (!isObject(body)) return "";
  if (id === "importSession" && "sessions" in body)
    return ` It is a snapshot of a whole mock: send it to ${CONTROL_PATH}/snapshot.`;
  if (id === "importMock" && "tasks" in body)
    return ` It is a snapshot of one session: send it to ${CONTROL_PATH}/sessions/NAME/snapshot.`;
  return "";
}

/** The answer in a fault's words that can have been meant. */
function answerHint(body: unknown): string {
  const meant = nearestEffect(body);
  return meant ? ` Write ${JSON.stringify(meant)}.` : "";
}

/** Of alternatives Ajv reports each branch and then the whole; people only need the whole. */
function relevant(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const whole = errors.filter(({ schemaPath }) => !/\/oneOf\/\d+\//.test(schemaPath));
  return whole.length > 0 ? whole : errors;
}

/** How large a body may be, and what to do with a larger one. */
interface BodyLimit {
  readonly bytes: number;
  readonly next: string;
}

/** The limit of an operation's body. */
function limitFor(id: Route["id"]): BodyLimit {
  return isImport(id) ? OF_SNAPSHOTS : OF_OTHERS;
}

/** Whether an operation takes a snapshot. */
export function isImport(id: Route["id"]): boolean {
  return id === "importMock" || id === "importSession";
}

/** What was exported has to go in again: a thousand sessions with a hundred tasks each make 100 MB. */
export const MAX_SNAPSHOT_BYTES = 200 * 1024 * 1024;

const OF_SNAPSHOTS: BodyLimit = {
  bytes: MAX_SNAPSHOT_BYTES,
  next: `Export less: one session with GET ${CONTROL_PATH}/sessions/NAME/snapshot, or after DELETE of sessions that are done.`,
};
const OF_OTHERS: BodyLimit = { bytes: MAX_BODY_BYTES, next: "Only the import of a snapshot needs more." };

/**
 * A snapshot of another format has other properties, too: the format says it all. One without is of the first.
 *
 * @param value JSON of any shape
 * @throws Refused
 */
function requireFormat(value: unknown, pointer: string): void {
  if (!isObject(value)) return;
  const { version = 1, sessions } = value;
  if (!FORMATS.includes(version)) {
    const came = JSON.stringify(version).slice(0, 100);
    const message = `must be a format from 1 to ${SNAPSHOT_VERSION}; got ${came}. Export the snapshot with a mock of the same version.`;
    throw invalid([{ pointer: `${pointer}/version`, message }]);
  }
  if (!isObject(sessions)) return;
  for (const [name, session] of Object.entries(sessions))
    requireFormat(session, `${pointer}/sessions/${escapePointer(name)}`);
}

/** From 1 on. */
const FORMATS: readonly unknown[] = Array.from({ length: SNAPSHOT_VERSION }, (_, index) => index + 1);

/**
 * Reads each answer that waits as it was read when it was injected.
 *
 * @param value a snapshot that fits the document
 * @throws Refused
 */
function requireAnswers(value: unknown, pointer: string): void {
  const snapshot = value as Schemas["Snapshot"] | Schemas["MockSnapshot"];
  if ("sessions" in snapshot) {
    for (const [name, session] of Object.entries(snapshot.sessions))
      requireAnswers(session, `${pointer}/sessions/${escapePointer(name)}`);
    return;
  }
  for (const [task, { injected = [] }] of snapshot.tasks.entries()) {
    for (const [index, { times = 1, after = 0, ...source }] of injected.entries()) {
      const at = `${pointer}/tasks/${task}/injected/${index}`;
      const read = readEffect(source);
      if ("problem" in read) {
        throw invalid([{ pointer: at + read.problem.pointer.replace(/\/$/, ""), message: read.problem.message }]);
      }
      requireCount(times, 1, `${at}/times`);
      requireCount(after, 0, `${at}/after`);
    }
  }
}

function requireCount(value: unknown, least: number, pointer: string): void {
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= MAX_TIMES) return;
  throw invalid([
    { pointer, message: `must be a whole number from ${least} to ${MAX_TIMES}; got ${shownValue(value)}.` },
  ]);
}
