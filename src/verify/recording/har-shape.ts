import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import { base64ToUint8Array } from "uint8array-extras";
import { UserError } from "../../user-error.js";
import type { Purpose, RecordedExchange, Refusal } from "./recording.js";
import { REFUSED_WITH } from "./refused-with.js";

/** What is read of an entry of a HAR file. Where tools differ, it is what they agree in. */
export interface HarEntry {
  readonly startedDateTime: string;
  /** Milliseconds; negative or null where nobody knows. */
  readonly time?: number | null;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers?: readonly HarHeader[];
    readonly postData?: { readonly text?: string } | null;
  };
  readonly response?: HarResponse | null;
  readonly _importKit?: {
    readonly purpose?: Purpose;
    readonly tokenId?: string;
    readonly flaw?: NonNullable<RecordedExchange["response"]>["flaw"];
    readonly failure?: RecordedExchange["failure"];
  };
}

export interface HarResponse {
  /** 0, negative or null where no answer came. */
  readonly status?: number | null;
  readonly headers?: readonly HarHeader[];
  readonly content?: { readonly size?: number; readonly text?: string; readonly encoding?: string };
}

export interface HarHeader {
  readonly name: string;
  readonly value: string;
}

/** What a recording says beside its exchanges, so that it is judged later as it was at once. */
export interface RecordingNotes {
  readonly target?: string;
  readonly timeoutMs?: number;
  readonly interrupted?: boolean;
  readonly keep?: boolean;
}

/** @throws UserError `recording-file`, with the place of what is wrong */
export function readEntry(entry: unknown, place: string): HarEntry {
  requireShape("entry", entry, place);
  return entry as HarEntry;
}

/** Only what says how the recording was made: what is judged of it, its reader decides. @throws as `readEntry` does */
export function readNotes(notes: unknown, place: string): RecordingNotes {
  requireShape("notes", notes, place);
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

function requireShape(shape: "entry" | "notes", value: unknown, place: string): void {
  ajv ??= createAjv();
  if (ajv.validate(shape, value)) return;
  const [error] = ajv.errors ?? [];
  throw unusable(error ? place + complaint(error) : `${place} cannot be read`);
}

let ajv: Ajv2020 | undefined;

function createAjv(): Ajv2020 {
  const created = new Ajv2020({ allowUnionTypes: true });
  created.addFormat("a date", (text: string) => Date.parse(text) >= 0 && Date.parse(text) < Date.UTC(10_000, 0));
  created.addFormat(
    "an http address",
    (text: string) => URL.canParse(text) && /^https?:/i.test(new URL(text).protocol),
  );
  created.addFormat("base64", isBase64);
  return created.addSchema(NOTES, "notes").addSchema(ENTRY, "entry");
}

function isBase64(text: string): boolean {
  try {
    base64ToUint8Array(text);
    return true;
  } catch {
    return false;
  }
}

/** @example complaint(error); // ".response.headers[1].name has to be of type string" */
function complaint({ instancePath, keyword, params, message = "is wrong" }: ErrorObject): string {
  const place = instancePath.replace(/\/(\d+)/g, "[$1]").replaceAll("/", ".");
  if (keyword === "required") return `${place}.${params["missingProperty"]} is missing`;
  if (keyword === "type") return `${place} has to be of type ${[params["type"]].flat().join(" or ")}`;
  if (keyword === "enum") return `${place} has to be one of ${params["allowedValues"].join(", ")}`;
  if (keyword === "format") return `${place} has to be ${params["format"]}`;
  return `${place} ${message.replace(/^must/, "has to")}`;
}

const PURPOSES: readonly Purpose[] = [
  ...(["complete", "fail"] as const).flatMap((journey) =>
    (["import", "poll", "settle", "link"] as const).map((step): Purpose => `${journey}/${step}`),
  ),
  ...(Object.keys(REFUSED_WITH) as Refusal[]).map((refusal): Purpose => `refusal/${refusal}`),
  ...(["cleanup/poll", "cleanup/delete"] as const),
];

const string = { type: "string" };
const headers = {
  type: "array",
  items: { type: "object", required: ["name", "value"], properties: { name: string, value: string } },
};

const NOTES = {
  type: "object",
  properties: {
    target: string,
    timeoutMs: { type: "number", exclusiveMinimum: 0 },
    interrupted: { type: "boolean" },
    keep: { type: "boolean" },
  },
};

const ENTRY = {
  type: "object",
  required: ["startedDateTime", "request"],
  properties: {
    startedDateTime: { type: "string", format: "a date" },
    // No call of this API takes a day.
    time: { type: ["number", "null"], maximum: 86_400_000 },
    request: {
      type: "object",
      required: ["method", "url"],
      properties: {
        method: string,
        url: { type: "string", format: "an http address" },
        headers,
        postData: { type: ["object", "null"], properties: { text: string } },
      },
    },
    response: {
      type: ["object", "null"],
      properties: {
        status: { type: ["integer", "null"], minimum: -1, maximum: 999 },
        headers,
        content: {
          type: "object",
          properties: { size: { type: "number" }, text: string, encoding: string },
          if: { type: "object", required: ["encoding"], properties: { encoding: { const: "base64" } } },
          // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
          then: { type: "object", properties: { text: { type: "string", format: "base64" } } },
        },
      },
    },
    _importKit: {
      type: "object",
      properties: {
        purpose: { enum: PURPOSES },
        tokenId: string,
        flaw: { enum: ["incomplete", "not-utf-8", "not-recorded"] },
        failure: {
          type: "object",
          required: ["kind", "message"],
          properties: { kind: { enum: ["unreachable", "dropped", "timeout", "not-http"] }, message: string },
        },
      },
    },
  },
};
