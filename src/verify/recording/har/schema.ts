import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { Purpose, Refusal } from "../recording.js";
import { REFUSED_WITH } from "../refused-with.js";
import { harInstant } from "./time.js";

/**
 * What is wrong with an entry or with the notes of a recording, whose numbers and texts are made what they have to be.
 *
 * @example problemWith("entry", { request: 5 }); // ".request has to be of type object"
 */
export function problemWith(shape: "entry" | "notes", value: unknown): string | undefined {
  validators ??= createValidators();
  const validate = validators[shape];
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return error ? complaint(error) : " cannot be read";
}

let validators: Readonly<Record<"entry" | "notes", ValidateFunction>> | undefined;

function createValidators() {
  // Some tools write numbers as texts, or texts as numbers.
  const created = new Ajv2020({ allowUnionTypes: true, coerceTypes: true });
  created.addFormat("a date", (text: string) => harInstant(text) !== undefined);
  created.addFormat(
    "an http address",
    (text: string) => URL.canParse(text) && /^https?:/i.test(new URL(text).protocol),
  );
  created.addFormat("a status of HTTP", { type: "number", validate: (status: number) => status <= 0 || status >= 100 });
  return { entry: created.compile(ENTRY), notes: new Ajv2020().compile(NOTES) };
}

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
const number = { type: "number" };
const headers = {
  type: "array",
  items: { type: "object", required: ["name", "value"], properties: { name: string, value: string } },
};
// Polly.JS keeps the pieces in which a body came.
const body = { text: { type: ["string", "array"], items: string }, encoding: string, _file: string };

const flaw = { enum: ["incomplete", "not-utf-8", "not-recorded"] };

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
    request: {
      type: "object",
      required: ["method", "url"],
      properties: {
        method: string,
        url: { type: "string", format: "an http address" },
        headers,
        postData: { type: "object", properties: body },
        bodySize: number,
      },
    },
    response: {
      type: "object",
      properties: {
        status: { type: "integer", maximum: 999, format: "a status of HTTP" },
        headers,
        content: { type: "object", properties: { ...body, size: number, mimeType: string, comment: string } },
        bodySize: number,
      },
    },
    _importKit: {
      type: "object",
      properties: {
        purpose: { enum: PURPOSES },
        tokenId: string,
        isBodyLeftOut: { const: true },
        areHeadersLeftOut: { const: true },
        flaw,
        stored: {
          type: "object",
          required: ["status", "headers", "body"],
          properties: {
            status: { type: "integer" },
            headers: { type: "object", additionalProperties: string },
            body: string,
            flaw,
          },
        },
        failure: {
          type: "object",
          required: ["kind", "message"],
          properties: {
            kind: { enum: ["unreachable", "dropped", "timeout", "not-http", "client-gone"] },
            message: string,
          },
        },
      },
    },
  },
};
