import type { ErrorObject } from "ajv/dist/2020.js";
import { entry } from "./entry.gen.js";
import { notes } from "./notes.gen.js";

interface Validator {
  (value: unknown): boolean;
  errors?: readonly ErrorObject[] | null;
}

const VALIDATORS: Readonly<Record<"entry" | "notes", Validator>> = { entry, notes };

/**
 * What is wrong with an entry or with the notes of a recording, whose numbers and texts are made what they have to be.
 *
 * @example problemWith("entry", { request: 5 }); // ".request has to be of type object"
 * @see spec/har-entry.schema.json
 */
export function problemWith(shape: keyof typeof VALIDATORS, value: unknown): string | undefined {
  const validate = VALIDATORS[shape];
  if (validate(value)) return undefined;
  const [error] = validate.errors ?? [];
  return error ? complaint(error) : " cannot be read";
}

function complaint({ instancePath, keyword, params, message = "is wrong" }: ErrorObject): string {
  const place = instancePath.replace(/\/(\d+)/g, "[$1]").replaceAll("/", ".");
  if (keyword === "required") return `${place}.${params["missingProperty"]} is missing`;
  if (keyword === "type") return `${place} has to be of type ${[params["type"]].flat().join(" or ")}`;
  if (keyword === "enum") return `${place} has to be one of ${params["allowedValues"].join(", ")}`;
  if (keyword === "format") return `${place} has to be ${params["format"]}`;
  return `${place} ${message.replace(/^must/, "has to")}`;
}
