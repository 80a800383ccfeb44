import { getOwn, isObject, type JsonObject } from "../json.js";
import { explainSchemaError, type SchemaError } from "../schema-error.js";
import { UserError } from "../user-error.js";
import type { RecordedExchange } from "./exchange.js";
import { entry } from "./har-entry.gen.js";
import { notes } from "./har-notes.gen.js";

/**
 * The fields that are read from an entry of a HAR file. Tools differ in writing unknown values as null, empty or absent;
 * here they are absent.
 */
export interface HarEntry {
  readonly startedDateTime: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly HarHeader[];
    /** Whether headers may be missing. */
    readonly hasGaps?: true;
    readonly postData?: HarBody;
    readonly bodySize?: number;
  };
  readonly response?: HarResponse;
  readonly _importKit?: {
    /** The step of the run that it was sent for, as text. */
    readonly purpose?: string;
    readonly page?: string;
    readonly tokenId?: string;
    readonly isBodyLeftOut?: true;
    readonly areHeadersLeftOut?: true;
    readonly stored?: NonNullable<RecordedExchange["response"]>["stored"];
    readonly flaw?: NonNullable<RecordedExchange["response"]>["flaw"];
    readonly failure?: RecordedExchange["failure"];
  };
}

export interface HarResponse {
  /** 0 or negative without a response. */
  readonly status?: number;
  readonly headers?: readonly HarHeader[];
  readonly hasGaps?: true;
  readonly content?: HarBody & { readonly size?: number; readonly mimeType?: string; readonly comment?: string };
  /** The transferred bytes; with some tools including headers. */
  readonly bodySize?: number;
}

export interface HarBody {
  readonly text?: string | readonly string[];
  readonly encoding?: string;
  /** The file beside the recording in which Playwright stored the body. */
  readonly _file?: string;
}

export interface HarHeader {
  readonly name: string;
  readonly value: string;
}

/** A recording's settings, so that judging it later gives the same result as judging it at once. */
export interface RecordingNotes {
  readonly target?: string;
  readonly timeoutMs?: number;
  readonly interrupted?: boolean;
  readonly keep?: boolean;
}

/** Reads and validates an entry; returns the problem if it is invalid. @example readEntry({ request: 5 }); // "request must be an object" */
export function readEntry(entry: JsonObject): HarEntry | string {
  const known = {
    ...pick(entry, ["startedDateTime"]),
    ...nested(entry, "request", ["method", "url", "bodySize"], (request) => ({
      ...headersOf(request),
      ...nested(request, "postData", ["text", "encoding", "_file"]),
    })),
    ...nested(entry, "response", ["status", "bodySize"], (response) => ({
      ...headersOf(response),
      ...nested(response, "content", ["text", "encoding", "_file", "size", "mimeType", "comment"]),
    })),
    ...nested(entry, "_importKit", [
      "purpose",
      "page",
      "tokenId",
      "isBodyLeftOut",
      "areHeadersLeftOut",
      "stored",
      "flaw",
      "failure",
    ]),
  };
  return problemWith("entry", known)?.slice(1) ?? (known as unknown as HarEntry);
}

/** Reads the notes about how the recording was made, and no settings of judging. @throws UserError `recording-file` */
export function readNotes(notes: unknown, place: string): RecordingNotes {
  const problem = problemWith("notes", notes);
  if (problem !== undefined) throw unusable(place + problem);
  const { target, timeoutMs, interrupted, keep } = notes as RecordingNotes;
  return {
    ...(target !== undefined && { target }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(interrupted !== undefined && { interrupted }),
    ...(keep !== undefined && { keep }),
  };
}

export function unusable(why: string): UserError {
  return new UserError(
    "recording-file",
    `the recording cannot be used: ${why}. Record one with verify --record FILE.har.`,
  );
}

/** Returns the fields with a known value. Without lists of them: an entry has five objects, and a file many entries. */
function pick(object: JsonObject, names: readonly string[]): JsonObject {
  const known: Record<string, unknown> = {};
  for (const name of names) {
    const value = knownAt(object, name);
    if (value !== undefined) known[name] = value;
  }
  return known;
}

/** Returns a field's known value. Empty means unknown, except for `text`, which may be an empty body. */
function knownAt(object: JsonObject, name: string): unknown {
  const value = getOwn(object, name);
  return value === null || (value === "" && name !== "text") ? undefined : value;
}

/** Reads a field as an object. A value that is not an object is kept: the schema will report it. */
function nested(
  object: JsonObject,
  name: string,
  names: readonly string[],
  more: (value: JsonObject) => JsonObject = () => ({}),
): JsonObject {
  const value = knownAt(object, name);
  if (value === undefined) return {};
  return { [name]: isObject(value) ? { ...pick(value, names), ...more(value) } : value };
}

/** Reads headers; some tools write an object in place of the list. */
function headersOf(message: JsonObject): JsonObject {
  const headers = knownAt(message, "headers") ?? [];
  const list = isObject(headers) ? Object.entries(headers).flatMap(asHeaders) : headers;
  if (!Array.isArray(list)) return { headers };
  const said = list.filter((one: unknown) => !isGap(one));
  const isWhole = list.length > 0 && said.length === list.length;
  return {
    headers: said.map((one: unknown) => (isObject(one) ? { name: one["name"], value: one["value"] } : one)),
    ...(!isWhole && { hasGaps: true }),
  };
}

function asHeaders([name, value]: readonly [string, unknown]): readonly JsonObject[] {
  return (Array.isArray(value) ? value : [value]).map((one: unknown) => ({ name, value: one }));
}

/** Whether a header lacks its name or value. */
function isGap(header: unknown): boolean {
  const isKnown = (value: unknown) => value !== undefined && value !== null && value !== "";
  return isObject(header) ? !isKnown(header["name"]) || !isKnown(header["value"]) : header === null;
}

interface Validator {
  (value: unknown): boolean;
  errors?: readonly SchemaError[] | null;
}

const VALIDATORS: Readonly<Record<"entry" | "notes", Validator>> = { entry, notes };

/**
 * Explains what is wrong with an entry or with the notes of a recording. Numbers and texts are coerced to the schema's types.
 *
 * @example problemWith("entry", { request: 5 }); // ".request must be an object"
 * @see spec/har-entry.schema.json
 */
function problemWith(shape: keyof typeof VALIDATORS, value: unknown): string | undefined {
  const validate = VALIDATORS[shape];
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  if (!error) return " cannot be read";
  // Without the value, which may be a secret.
  const { pointer, rule } = explainSchemaError(error);
  return `${pointer.replace(/\/(\d+)/g, "[$1]").replaceAll("/", ".")} ${rule}`;
}
